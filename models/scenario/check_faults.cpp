#include <algorithm>
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

// The number of cells that fail on their own.
double processes_of(const Names& names, const Service& service,
                    const BackgroundFailure& failure) {
  const std::vector<Cell>* cells = cells_of(names, service);
  return failure.per_cell && cells ? static_cast<double>(cells->size()) : 1;
}

double expected_failures(const Names& names, const Service& service,
                         const BackgroundFailure& failure) {
  double cycle = median(failure.time_to_failure);
  if (cycle == 0 && !names.mistakes.empty()) return 0;  // it was not read
  if (!failure.start_to_start) cycle += median(failure.time_to_repair);
  return names.scenario.horizon.value / cycle *
         processes_of(names, service, failure);
}

void check_failure(const Names& names, const Service& service,
                   const BackgroundFailure& failure) {
  check_profile(names, failure.profile);
  check_event_count(expected_failures(names, service, failure), "failures",
                    failure.at, names.mistakes);
  if (failure.stationary) {
    check_stationary(failure.time_to_failure, failure.time_to_repair,
                     failure.at, names.mistakes);
  }
}

double expected_strikes(const Names& names, const CommonCause& cause) {
  const double between = median(cause.time_between);
  if (between == 0 && !names.mistakes.empty()) return 0;  // it was not read
  return names.scenario.horizon.value / between;
}

void check_common_cause(const Names& names, const CommonCause& cause) {
  check_profile(names, cause.profile);
  for (const CommonCauseMember& member : cause.members) {
    check_place(names, member.place);
  }
  check_event_count(expected_strikes(names, cause), "strikes", cause.at,
                    names.mistakes);
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

// A condition may come true any number of times; once is the least.
double expected_strikes(const Names& names, const Fault& fault) {
  const auto* at_rate = std::get_if<AtRate>(&fault.trigger.when);
  return at_rate ? at_rate->rate.value * names.scenario.horizon.value : 1;
}

// Of one strike: episodes, or the steps of a gradual fault.
double expected_changes(const Names& names, const Fault& fault) {
  constexpr double kSteps = 64;
  if (const auto* comes = std::get_if<Intermittent>(&fault.visible)) {
    return names.scenario.horizon / comes->every;
  }
  return std::holds_alternative<Gradual>(fault.visible) ? kSteps : 1;
}

void check_visibility(const Names& names, const Fault& fault) {
  const double strikes = expected_strikes(names, fault);
  if (strikes > kMostEvents) return;  // said already
  const bool comes = std::holds_alternative<Intermittent>(fault.visible);
  check_event_count(std::max(1.0, strikes) * expected_changes(names, fault),
                    comes ? "episodes" : "steps of a gradual fault", fault.at,
                    names.mistakes);
}

// Each alone may be bearable and all together not. Said where most are.
void check_all_events(const Names& names) {
  double total = 0, most = 0;
  SourcePosition where;
  const auto add = [&](double events, const SourcePosition& at) {
    if (events > kMostEvents) return;  // said already
    total += events;
    if (events > most) where = at;
    most = std::max(most, events);
  };
  for (const Service& service : names.scenario.services) {
    for (const BackgroundFailure& failure : service.fails) {
      add(expected_failures(names, service, failure), failure.at);
    }
  }
  for (const CommonCause& cause : names.scenario.common_causes) {
    add(expected_strikes(names, cause), cause.at);
  }
  for (const Fault& fault : names.scenario.faults) {
    add(expected_strikes(names, fault) * expected_changes(names, fault),
        fault.at);
  }
  if (total <= kMostEvents) return;
  mistake_at(where,
             "more than ten million failures, strikes and steps of all kinds "
             "together would happen until the horizon; most of them are of "
             "this one",
             "the times are too short, the cells too many, or the horizon is "
             "too long",
             names.mistakes);
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
      check_failure(names, service, failure);
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
  check_all_events(names);
}

}  // namespace outagesim
