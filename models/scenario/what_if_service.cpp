// A service doubled, or taken out with all that speaks of it.
#include <algorithm>
#include <optional>
#include <utility>

#include "models/scenario/what_if_parts.h"

namespace outagesim {
namespace {

bool has_service(const Scenario& scenario, const std::string& name) {
  return std::ranges::find(scenario.services, name, &Service::name) !=
         scenario.services.end();
}

std::string free_name(const Scenario& scenario, const std::string& base) {
  std::string name = base;
  for (int i = 3; has_service(scenario, name); ++i) {
    name = base + '-' + std::to_string(i);
  }
  return name;
}

bool shares_cells(const Scenario& scenario, const std::string& with) {
  return std::ranges::any_of(scenario.services, [&](const Service& one) {
    return one.cells_of && one.cells_of->name == with;
  });
}

// The place with the cells of `from`, in a service that has the same.
Place moved(Place place, const std::string& service) {
  place.service.name = service;
  return place;
}

// What stands for either of two services, for needs that are more than hard.
Service front_of(const Scenario& scenario, const Service& first,
                 const std::string& second) {
  Service front;
  front.name = free_name(scenario, first.name + "-either");
  front.at = first.at;
  front.cells_of = Reference{first.name, first.at};
  Need& need = front.needs.emplace_back();
  need.name = "either";
  need.at = first.at;
  need.kind = NeedKind::kAny;
  need.targets = {Place{{first.name, first.at}, {}},
                  Place{{second, first.at}, {}}};
  return front;
}

struct Doubling {
  std::string service, copy;
  std::string front;        // stands for either
  bool uses_front = false;  // whether a need does
};

// Others keep their kind, or the hands that switch them, behind a front.
bool turns_by_itself(const Need& need) {
  return need.kind == NeedKind::kHard ||
         (need.kind == NeedKind::kAny &&
          need.switch_by == SwitchBy::kAutomatic);
}

void double_targets(Need& need, Doubling& in) {
  std::vector<Place> targets;
  bool found = false;
  const bool turns = turns_by_itself(need);
  for (Place& place : need.targets) {
    const bool is_it = place.service.name == in.service;
    found = found || is_it;
    targets.push_back(is_it && !turns ? moved(place, in.front) : place);
    if (is_it && turns) targets.push_back(moved(place, in.copy));
  }
  if (!found) return;
  in.uses_front = in.uses_front || !turns;
  need.targets = std::move(targets);
  if (need.kind == NeedKind::kHard) need.kind = NeedKind::kAny;
}

bool names(const Place& place, const std::string& service) {
  return place.service.name == service;
}
bool names(const Reference& reference, const std::string& service) {
  return reference.name == service;
}
bool names(const CommonCauseMember& member, const std::string& service) {
  return names(member.place, service);
}

// True if nothing is left of a list that named the service.
template <class T>
bool drop_from(std::vector<T>& list, const std::string& service) {
  const size_t dropped =
      std::erase_if(list, [&](const T& one) { return names(one, service); });
  return dropped > 0 && list.empty();
}

void drop_from(std::optional<Reference>& reference,
               const std::string& service) {
  if (reference && reference->name == service) reference.reset();
}

bool needs_nothing_else(Need& need, const std::string& service) {
  if (drop_from(need.targets, service)) return true;
  if (need.targets.size() == 1 &&
      (need.kind == NeedKind::kAny || need.kind == NeedKind::kQuorum)) {
    need.kind = NeedKind::kHard;
  }
  need.at_least =
      std::min(need.at_least, static_cast<std::uint32_t>(need.targets.size()));
  return false;
}

// Those that shared its cells share those of the first among them.
void leave_cells(Scenario& scenario, const Service& gone) {
  std::optional<Reference> heir;
  for (Service& service : scenario.services) {
    if (!service.cells_of || service.cells_of->name != gone.name) continue;
    if (heir) {
      service.cells_of = heir;
    } else {
      service.cells = gone.cells;
      service.cells_of = gone.cells_of;
      heir = gone.cells_of.value_or(Reference{service.name, service.at});
    }
  }
}

bool waits_for(const Fault& fault, const std::string& service,
               const std::vector<std::string>& gone) {
  const auto* when = std::get_if<When>(&fault.trigger.when);
  if (!when) return false;
  if (const auto* below = std::get_if<ServedBelow>(&when->condition)) {
    return below->service.name == service;
  }
  const auto& after = std::get<AfterEvent>(when->condition);
  return std::ranges::find(gone, after.subject.name) != gone.end();
}

// What strikes nothing else, or only after such a thing, strikes no more. The
// names of what is gone.
std::vector<std::string> drop_faults(Scenario& scenario,
                                     const std::string& service) {
  std::vector<std::string> gone;
  for (size_t before = 1; before != 0;) {
    before = std::erase_if(scenario.faults, [&](Fault& fault) {
      const bool is_gone =
          drop_from(fault.where, service) || waits_for(fault, service, gone);
      if (is_gone) gone.push_back(fault.name);
      return is_gone;
    });
  }
  std::erase_if(scenario.common_causes, [&](CommonCause& cause) {
    const bool is_gone = drop_from(cause.members, service);
    if (is_gone) gone.push_back(cause.name);
    return is_gone;
  });
  return gone;
}

template <class T>
void drop_answers(std::vector<T>& answers,
                  const std::vector<std::string>& gone) {
  std::erase_if(answers, [&](T& answer) {
    std::erase_if(answer.faults, [&](const Reference& fault) {
      return std::ranges::find(gone, fault.name) != gone.end();
    });
    return answer.faults.empty();
  });
}

void forget_in_responses(Scenario& scenario, const std::string& service) {
  for (Response& response : scenario.responses) {
    for (Signal& signal : response.detect) drop_from(signal.through, service);
    if (response.diagnose) drop_from(response.diagnose->through, service);
  }
  std::erase_if(scenario.remedies, [&](const Remedy& remedy) {
    const bool acts_on_service =
        remedy.does.what == RemedyEffect::What::kTraffic ||
        remedy.does.what == RemedyEffect::What::kFlush;
    return acts_on_service && remedy.does.subject->name == service;
  });
  for (Remedy& remedy : scenario.remedies) {
    drop_from(remedy.needs, service);
    drop_from(remedy.order_of, service);
    if (remedy.needs.empty()) remedy.break_glass.reset();
  }
  if (scenario.communication) drop_from(scenario.communication->page, service);
}

void forget_checks(Scenario& scenario, const std::string& service) {
  for (Fault& fault : scenario.faults) {
    if (!fault.rollout || !fault.rollout->check) continue;
    if (drop_from(fault.rollout->check->services, service)) {
      fault.rollout->check.reset();
    }
  }
}

}  // namespace

void make_redundant(Scenario& scenario, const std::string& service) {
  const auto original =
      std::ranges::find(scenario.services, service, &Service::name);
  Service copy = *original;
  copy.name = free_name(scenario, service + "-2");
  if (!copy.label.empty()) copy.label += " (second)";
  if (!copy.cells_of && shares_cells(scenario, service)) {
    copy.cells_of = Reference{service, copy.at};
  }
  Service front = front_of(scenario, *original, copy.name);
  Doubling in{service, copy.name, front.name};
  for (Service& one : scenario.services) {
    for (Need& need : one.needs) double_targets(need, in);
  }
  if (in.uses_front && !copy.cells_of) {
    copy.cells_of = Reference{service, copy.at};
  }
  scenario.services.push_back(std::move(copy));
  if (in.uses_front) scenario.services.push_back(std::move(front));
}

void remove_service(Scenario& scenario, const std::string& service) {
  const auto found =
      std::ranges::find(scenario.services, service, &Service::name);
  const Service gone = std::move(*found);
  scenario.services.erase(found);
  leave_cells(scenario, gone);
  for (Service& one : scenario.services) {
    std::erase_if(one.needs, [&](Need& need) {
      return needs_nothing_else(need, service);
    });
  }
  const std::vector<std::string> faults = drop_faults(scenario, service);
  drop_answers(scenario.responses, faults);
  drop_answers(scenario.remedies, faults);
  forget_in_responses(scenario, service);
  forget_checks(scenario, service);
}

}  // namespace outagesim
