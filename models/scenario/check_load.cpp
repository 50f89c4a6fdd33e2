#include <string>

#include "models/base/quantity_text.h"
#include "models/scenario/checks.h"

namespace outagesim {
namespace {

void check_caches(const Names& names, const Service& service) {
  for (const Need& need : service.needs) {
    if (need.cache && need.cache->in) {
      names.services.check(*need.cache->in, names.mistakes);
    }
  }
}

// Retries without a time-out answer errors and refusals only; a caller that
// waits for ever is seldom meant where a queue can grow.
void check_retries(const Names& names, const Service& service) {
  for (const Need& need : service.needs) {
    if (!need.policy || need.timeout) continue;
    if (need.policy->retry.attempts < 2) continue;
    mistake_at(need.at, '"' + need.name + "\" is retried but never times out",
               "say for example timeout = \"1 s\"", names.mistakes);
  }
}

void check_hedge(const Names& names, const SourcePosition& at,
                 const CallPolicy& policy,
                 const std::optional<Seconds>& timeout) {
  if (!policy.hedge || !timeout || *policy.hedge < *timeout) return;
  mistake_at(at, "\"hedge\" is not before the time-out, so no copy is made",
             "say for example hedge = \"" + to_text(*timeout / 2) + '"',
             names.mistakes);
}

// An effect that adds requests needs somebody to serve them.
void check_added(const Names& names, const Fault& fault) {
  if (fault.effect.what != FaultEffect::What::kAdds) return;
  for (const Place& place : fault.where) {
    const size_t* index = names.services.find(place.service.name);
    if (index == nullptr || names.scenario.services[*index].serves) continue;
    mistake_at(place.service.at,
               '"' + place.service.name +
                   "\" takes whatever comes, so that more makes no difference",
               "say in [service." + place.service.name +
                   "] for example serves = { capacity = \"1000 /s\" }",
               names.mistakes);
  }
}

}  // namespace

void check_load(const Names& names) {
  for (const Service& service : names.scenario.services) {
    check_caches(names, service);
    check_retries(names, service);
    for (const Need& need : service.needs) {
      if (need.policy) check_hedge(names, need.at, *need.policy, need.timeout);
    }
    if (service.offers) {
      check_hedge(names, service.at, service.offers->policy,
                  service.offers->timeout);
    }
    if (service.offers && service.offers->profile) {
      names.profiles.check(*service.offers->profile, names.mistakes);
    }
  }
  for (const Fault& fault : names.scenario.faults) check_added(names, fault);
}

}  // namespace outagesim
