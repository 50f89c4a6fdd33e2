#include <string>

#include "models/base/text.h"
#include "models/scenario/checks.h"

namespace outagesim {

void check_product(const Names& names, const Reference& product) {
  if (!names.services.check(product, names.mistakes)) return;
  const size_t index = *names.services.find(product.name);
  const Service& service = names.scenario.services[index];
  if (service.kind == ServiceKind::kProduct) return;
  mistake_at(product.at, '"' + product.name + "\" is not a product",
             "say kind = \"product\" in [service." + product.name + "]",
             names.mistakes);
}

namespace {

// Keys that mean nothing without another one.
void check_stakes(const Population& people, Mistakes& mistakes) {
  const Stakes& stakes = people.stakes;
  const auto wrong = [&](const std::string& message, const std::string& hint) {
    mistakes.add({people.at, display_width(people.name),
                  "population \"" + people.name + "\" " + message, hint});
  };
  const bool gives_up = stakes.alternative || stakes.leaves.value > 0;
  if (gives_up && !stakes.patience) {
    wrong("turns elsewhere or leaves, but never gives up",
          "say patience = \"10 min\"");
  }
  if (stakes.alternative && stakes.turns_to_it.value == 0) {
    wrong("has an alternative that nobody turns to",
          "say turns_to_it = \"40 %\"");
  }
  if (!stakes.alternative && stakes.turns_to_it.value > 0) {
    wrong("turns to an alternative that is not named",
          "say alternative = \"another assistant\"");
  }
  if (!stakes.sla.empty() && stakes.pays.value == 0) {
    wrong("is promised credits, but pays nothing", "say pays = \"20 USD\"");
  }
}

}  // namespace

void check_people(const Names& names) {
  const Scenario& scenario = names.scenario;
  for (const Population& people : scenario.populations) {
    check_product(names, people.uses);
    check_stakes(people, names.mistakes);
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
