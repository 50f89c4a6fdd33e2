#include <cmath>
#include <string>
#include <vector>

#include "models/base/text.h"
#include "models/parts/distribution.h"
#include "models/scenario/checks.h"

namespace outagesim {
namespace {

void check_profile(const Names& names, const std::optional<Reference>& name) {
  if (name) names.profiles.check(*name, names.mistakes);
}

// The median stands for the mean: it is cheap and always finite.
double median(const Distribution& law) { return quantile(law, {0.5}); }

// A process without a mean time has no equilibrium.
void check_stationary(const Distribution& between, const Distribution& repair,
                      const SourcePosition& at, Mistakes& mistakes) {
  const double up = mean(between), down = mean(repair);
  if (!std::isfinite(up) || !std::isfinite(down)) {
    mistake_at(at, "a law without a mean time has no equilibrium",
               "leave out `stationary`, or cut the law off with \"at most\"",
               mistakes);
    return;
  }
  check_event_count(down / up, "repairs at once", at, mistakes);
}

void check_failure(const Names& names, const BackgroundFailure& failure) {
  check_profile(names, failure.profile);
  double cycle = median(failure.time_to_failure);
  if (!failure.start_to_start) cycle += median(failure.time_to_repair);
  check_event_count(names.scenario.horizon.value / cycle, "failures",
                    failure.at, names.mistakes);
  if (failure.stationary) {
    check_stationary(failure.time_to_failure, failure.time_to_repair,
                     failure.at, names.mistakes);
  }
}

void check_common_cause(const Names& names, const CommonCause& cause) {
  check_profile(names, cause.profile);
  for (const CommonCauseMember& member : cause.members) {
    check_place(names, member.place);
  }
  check_event_count(names.scenario.horizon.value / median(cause.time_between),
                    "strikes", cause.at, names.mistakes);
  if (cause.stationary) {
    check_stationary(cause.time_between, cause.time_to_repair, cause.at,
                     names.mistakes);
  }
}

struct CheckCondition {
  const Names& names;
  const Fault& fault;

  void operator()(const ServedBelow& served) const {
    names.services.check(served.service, names.mistakes);
  }
  void operator()(const AfterEvent& event) const {
    if (event.what == AfterEvent::What::kRemedyDone) {
      names.remedies.check(event.subject, names.mistakes);
    } else if (event.subject.name == fault.name) {
      mistake_at(event.subject.at, '"' + fault.name + "\" waits for itself", "",
                 names.mistakes);
    } else {
      names.faults.check(event.subject, names.mistakes);
    }
  }
};

struct CheckTrigger {
  const Names& names;
  const Fault& fault;

  void operator()(const AtTime&) const {}
  void operator()(const AtRate& at) const {
    check_event_count(at.rate.value * names.scenario.horizon.value, "strikes",
                      fault.at, names.mistakes);
  }
  void operator()(const When& when) const {
    std::visit(CheckCondition{names, fault}, when.condition);
  }
};

std::vector<const Service*> services_of(const Names& names,
                                        const std::vector<Place>& places) {
  std::vector<const Service*> services;
  for (const Place& place : places) {
    if (const size_t* index = names.services.find(place.service.name)) {
      services.push_back(&names.scenario.services[*index]);
    }
  }
  return services;
}

void check_rollout(const Names& names, const Fault& fault) {
  for (const Wave& wave : fault.rollout->waves) {
    check_cells(names, wave.cells, services_of(names, fault.where), fault.at);
  }
  if (!fault.rollout->check) return;
  for (const Reference& service : fault.rollout->check->services) {
    names.services.check(service, names.mistakes);
  }
}

void check_visibility(const Names& names, const Fault& fault) {
  if (const auto* comes = std::get_if<Intermittent>(&fault.visible)) {
    check_event_count(names.scenario.horizon / comes->every, "episodes",
                      fault.at, names.mistakes);
  }
}

}  // namespace

void check_event_count(double expected, std::string_view what,
                       const SourcePosition& at, Mistakes& mistakes) {
  if (expected <= kMostEvents) return;
  mistake_at(at,
             "more than ten million " + std::string(what) +
                 " would happen until the horizon",
             "the times are too short, or the horizon is too long", mistakes);
}

void check_failures(const Names& names) {
  for (const Service& service : names.scenario.services) {
    for (const BackgroundFailure& failure : service.fails) {
      check_failure(names, failure);
    }
  }
  for (const CommonCause& cause : names.scenario.common_causes) {
    check_common_cause(names, cause);
  }
}

void check_faults(const Names& names) {
  for (const Fault& fault : names.scenario.faults) {
    for (const Place& place : fault.where) check_place(names, place);
    std::visit(CheckTrigger{names, fault}, fault.trigger.when);
    check_visibility(names, fault);
    if (fault.rollout) check_rollout(names, fault);
  }
}

}  // namespace outagesim
