#include <algorithm>
#include <span>

#include "models/base/text.h"
#include "models/compiled/compile_plan.h"
#include "models/compiled/remedy_targets.h"

namespace outagesim {
namespace {

using What = RemedyEffect::What;

// Its own, or that of the response to its first fault.
std::uint32_t team_of(const PlanSource& source, const Remedy& remedy) {
  if (remedy.team || remedy.faults.empty()) {
    return source.team_named(remedy.team);
  }
  const std::uint32_t fault = source.faults.find(remedy.faults[0].name);
  const std::uint32_t response =
      fault == kNone ? kNone : source.response_of_fault[fault];
  return response == kNone
             ? kNone
             : source.team_named(source.scenario.responses[response].team);
}

void set_targets(const PlanSource& source,
                 const std::vector<CompiledFault>& faults, const Remedy& remedy,
                 CompiledRemedy& compiled) {
  if (remedy.does.what == What::kTraffic) {
    compiled.cells = {source.whole_of_service(remedy.does.subject)};
    return;
  }
  if (remedy.does.what == What::kFlush) {
    const NodeId whole = source.whole_of_service(remedy.does.subject);
    const ServiceId id = source.graph.nodes[whole].service;
    compiled.cells = source.graph.services[id].cells;
    return;
  }
  const RemedyTargets targets = remedy_targets(source, faults, remedy);
  compiled.at_most = targets.at_most;
  for (const RemedyTarget& target : targets.in_order) {
    compiled.cells.push_back(target.cell);
    if (target.need != kNone) compiled.needs.push_back(target.need);
  }
}

// What bars a remedy: what it needs itself, and what those it acts on need to
// be repaired; each service once, the remedy's own word first.
class LockOutFinder {
 public:
  LockOutFinder(const PlanSource& source, const std::vector<NodeId>& cells)
      : source_(source) {
    std::vector<std::uint8_t> seen(source.graph.services.size(), 0);
    for (const NodeId cell : cells) {
      const ServiceId id = source.graph.nodes[cell].service;
      if (!seen[id]) acted_on_.push_back(id);
      seen[id] = 1;
    }
  }

  std::vector<LockOut> find(const Remedy& remedy) {
    for (const Reference& name : remedy.needs) {
      add(name, acted_on_, remedy.break_glass);
    }
    for (const ServiceId& id : acted_on_) {
      for (const Need& need : source_.scenario.services[id].needs) {
        if (need.kind == NeedKind::kToRepair) add_need(need, {&id, 1});
      }
    }
    return std::move(found_);
  }

 private:
  void add_need(const Need& need, std::span<const ServiceId> owner) {
    for (const Place& target : need.targets) {
      add(target.service, owner, need.break_glass.copy());
    }
  }

  void add(const Reference& name, std::span<const ServiceId> owners,
           const std::optional<Distribution>& break_glass) {
    const ServiceId id = source_.services.find(name.name);
    if (std::ranges::count(found_, id, &LockOut::service) > 0) {
      return;
    }
    const CompiledService& lock = source_.graph.services[id];
    const bool per_cell =
        lock.cells.size() > 1 &&
        std::ranges::all_of(owners, [&](ServiceId owner) {
          return source_.graph.services[owner].cells_root == lock.cells_root;
        });
    found_.push_back({id, per_cell, break_glass});
  }

  const PlanSource& source_;
  std::vector<ServiceId> acted_on_;
  std::vector<LockOut> found_;
};

CompiledRemedy compile_remedy(const PlanSource& source,
                              const std::vector<CompiledFault>& faults,
                              const Remedy& remedy) {
  CompiledRemedy compiled;
  compiled.name = remedy.name;
  compiled.key = name_hash(remedy.name);
  compiled.team = team_of(source, remedy);
  compiled.after =
      remedy.after ? source.remedies.find(remedy.after->name) : kNone;
  compiled.first = remedy.first;
  compiled.rest = remedy.rest;
  compiled.effect = remedy.does;
  compiled.works = remedy.works;
  compiled.random_order = remedy.order == CellOrder::kRandom;
  set_targets(source, faults, remedy, compiled);
  compiled.lock_outs = LockOutFinder(source, compiled.cells).find(remedy);
  return compiled;
}

}  // namespace

std::vector<CompiledRemedy> compile_remedies(
    const PlanSource& source, const std::vector<CompiledFault>& faults) {
  std::vector<CompiledRemedy> remedies;
  remedies.reserve(source.scenario.remedies.size());
  for (const Remedy& remedy : source.scenario.remedies) {
    remedies.push_back(compile_remedy(source, faults, remedy));
  }
  return remedies;
}

}  // namespace outagesim
