#include <string>

#include "models/scenario/checks.h"

namespace outagesim {
namespace {

void check_product(const Names& names, const Reference& product) {
  if (!names.services.check(product, names.mistakes)) return;
  const size_t index = *names.services.find(product.name);
  const Service& service = names.scenario.services[index];
  if (service.kind == ServiceKind::kProduct) return;
  mistake_at(product.at, '"' + product.name + "\" is not a product",
             "say kind = \"product\" in [service." + product.name + "]",
             names.mistakes);
}

}  // namespace

void check_people(const Names& names) {
  const Scenario& scenario = names.scenario;
  for (const Population& people : scenario.populations) {
    check_product(names, people.uses);
    if (people.profile) names.profiles.check(*people.profile, names.mistakes);
  }
  for (const Observed& observed : scenario.observed) {
    check_product(names, observed.product);
  }
  if (scenario.communication && scenario.communication->page) {
    names.services.check(*scenario.communication->page, names.mistakes);
  }
}

}  // namespace outagesim
