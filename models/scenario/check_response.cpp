#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "models/scenario/checks.h"

namespace outagesim {
namespace {

void check_team(const Names& names, const std::optional<Reference>& team) {
  if (team) names.teams.check(*team, names.mistakes);
}

void check_service(const Names& names,
                   const std::optional<Reference>& service) {
  if (service) names.services.check(*service, names.mistakes);
}

void check_teams(const Names& names) {
  const auto& teams = names.scenario.teams;
  for (const Team& team : teams) {
    check_team(names, team.escalates_to);
  }
  const auto next = [&](size_t i) {
    const auto& to = teams[i].escalates_to;
    const size_t* found = to ? names.teams.find(to->name) : nullptr;
    return found ? *found : SIZE_MAX;
  };
  for (const size_t i : starts_of_circles(teams.size(), next)) {
    mistake_at(teams[i].escalates_to->at, "teams escalate in a circle", "",
               names.mistakes);
  }
}

void check_signals(const Names& names, const Response& response) {
  const bool anyone_reports = std::ranges::any_of(
      names.scenario.populations,
      [](const Population& people) { return people.reports.value > 0; });
  for (const Signal& signal : response.detect) {
    check_service(names, signal.through);
    if (signal.reports && !anyone_reports) {
      mistake_at(signal.at, "no population reports, so this never fires",
                 R"(a population says reports = "0.01 %")", names.mistakes);
    }
  }
}

// A remedy needs a response to begin, and `undo` something to undo.
void check_remedied_fault(
    const Names& names, const Remedy& remedy, const Reference& fault,
    const std::unordered_set<std::string_view>& answered) {
  if (!names.faults.check(fault, names.mistakes)) return;
  if (!answered.contains(fault.name)) {
    mistake_at(fault.at,
               "no response answers \"" + fault.name +
                   "\", so this remedy never begins",
               "add [response." + fault.name + "]", names.mistakes);
  }
  const bool is_change = std::ranges::any_of(
      names.scenario.faults,
      [&](const Fault& one) { return one.name == fault.name && one.rollout; });
  if (remedy.does.what == RemedyEffect::What::kUndo && !is_change) {
    mistake_at(fault.at,
               '"' + fault.name + "\" is not a change that could be undone",
               R"(say does = "repair")", names.mistakes);
  }
}

void check_switch(const Names& names, const Reference& subject) {
  if (!names.needs.check(subject, names.mistakes)) return;
  for (const Service& service : names.scenario.services) {
    for (const Need& need : service.needs) {
      if (need.name == subject.name && need.kind == NeedKind::kAny) return;
    }
  }
  mistake_at(subject.at,
             "the need \"" + subject.name + "\" has no alternatives",
             "only a need of kind \"any\" can be switched", names.mistakes);
}

void check_flush(const Names& names, const Reference& subject) {
  if (!names.services.check(subject, names.mistakes)) return;
  const size_t* index = names.services.find(subject.name);
  if (names.scenario.services[*index].serves) return;
  mistake_at(subject.at,
             '"' + subject.name + "\" has no queue that could be flushed",
             "say in [service." + subject.name +
                 "] for example serves = { capacity = \"1000 /s\" }",
             names.mistakes);
}

void check_effect(const Names& names, const RemedyEffect& does) {
  if (!does.subject || does.subject->name.empty()) return;
  switch (does.what) {
    case RemedyEffect::What::kSwitch:
      check_switch(names, *does.subject);
      break;
    case RemedyEffect::What::kDrop:
      names.needs.check(*does.subject, names.mistakes);
      break;
    case RemedyEffect::What::kTraffic:
      names.services.check(*does.subject, names.mistakes);
      break;
    case RemedyEffect::What::kFlush:
      check_flush(names, *does.subject);
      break;
    default:
      break;
  }
}

void check_remedy(const Names& names, const Remedy& remedy) {
  check_team(names, remedy.team);
  if (remedy.after) names.remedies.check(*remedy.after, names.mistakes);
  for (const Reference& service : remedy.order_of) {
    names.services.check(service, names.mistakes);
  }
  for (const Reference& service : remedy.needs) {
    names.services.check(service, names.mistakes);
  }
  check_effect(names, remedy.does);
  if (remedy.break_glass && remedy.needs.empty()) {
    mistake_at(remedy.at, "\"break_glass\" is a way around \"needs\"",
               "say what this remedy needs", names.mistakes);
  }
}

// The cells of a remedy are cells of its faults' places.
void check_chosen_cells(const Names& names, const Remedy& remedy) {
  if (!remedy.only) return;
  std::vector<const Service*> services;
  for (const Fault& fault : names.scenario.faults) {
    if (std::ranges::find(remedy.faults, fault.name, &Reference::name) ==
        remedy.faults.end()) {
      continue;
    }
    for (const Place& place : fault.where) {
      const size_t* index = names.services.find(place.service.name);
      if (index) services.push_back(&names.scenario.services[*index]);
    }
  }
  check_cells(names, *remedy.only, services, remedy.at);
}

void check_order(const Names& names) {
  const auto& remedies = names.scenario.remedies;
  const auto next = [&](size_t i) {
    const auto& after = remedies[i].after;
    const size_t* found = after ? names.remedies.find(after->name) : nullptr;
    return found ? *found : SIZE_MAX;
  };
  for (const size_t i : starts_of_circles(remedies.size(), next)) {
    mistake_at(remedies[i].after->at,
               "remedies wait for each other in a circle", "", names.mistakes);
  }
}

}  // namespace

void check_responses(const Names& names) {
  check_teams(names);
  std::unordered_map<std::string_view, const Response*> answered;
  for (const Response& response : names.scenario.responses) {
    check_team(names, response.team);
    check_signals(names, response);
    if (response.diagnose) check_service(names, response.diagnose->through);
    for (const Reference& fault : response.faults) {
      names.faults.check(fault, names.mistakes);
      const auto [first, is_new] = answered.emplace(fault.name, &response);
      if (is_new) continue;
      mistake_at(fault.at, "two responses answer \"" + fault.name + '"',
                 "the other is [response." + first->second->name + "]",
                 names.mistakes);
    }
  }
}

void check_remedies(const Names& names) {
  std::unordered_set<std::string_view> answered;
  for (const Response& response : names.scenario.responses) {
    for (const Reference& fault : response.faults) answered.insert(fault.name);
  }
  for (const Remedy& remedy : names.scenario.remedies) {
    check_remedy(names, remedy);
    check_chosen_cells(names, remedy);
    for (const Reference& fault : remedy.faults) {
      check_remedied_fault(names, remedy, fault, answered);
    }
  }
  check_order(names);
}

// A remedy of any kind may be what keeps people working, but only one that
// repairs or undoes ends the fault itself.
void check_endings(const Names& names) {
  std::unordered_set<std::string_view> mended;
  for (const Remedy& remedy : names.scenario.remedies) {
    if (remedy.does.what == RemedyEffect::What::kRepair ||
        remedy.does.what == RemedyEffect::What::kUndo) {
      for (const Reference& fault : remedy.faults) mended.insert(fault.name);
    }
  }
  for (const Fault& fault : names.scenario.faults) {
    const bool rolls_back =
        fault.rollout && fault.rollout->check && fault.rollout->check->rollback;
    if (fault.ends || rolls_back || mended.contains(fault.name)) continue;
    mistake_at(
        fault.at,
        '"' + fault.name +
            "\" never ends: it has no \"ends\", and no remedy repairs it",
        "add ends = \"2 h\" or [remedy.NAME] with for = \"" + fault.name + '"',
        names.mistakes);
  }
}

}  // namespace outagesim
