// A remedy's list of cells in its stated order, and what bars it.
#include <algorithm>
#include <cmath>
#include <span>
#include <unordered_set>

#include "models/base/text.h"
#include "models/compiled/compile_graph.h"
#include "models/compiled/compile_plan.h"
#include "models/compiled/places.h"

namespace outagesim {
namespace {

using What = RemedyEffect::What;

// A cell to act on, and the need of it that is switched or dropped.
struct Target {
  NodeId cell = 0;
  NeedId need = kNone;
};

class RemedyCompiler {
 public:
  RemedyCompiler(const PlanSource& source,
                 const std::vector<CompiledFault>& faults)
      : source_(source), graph_(source.graph), faults_(faults) {}

  CompiledRemedy compile(const Remedy& remedy) {
    CompiledRemedy compiled;
    compiled.name = remedy.name;
    compiled.key = name_hash(remedy.name);
    compiled.team = team_of(remedy);
    compiled.after =
        remedy.after ? source_.remedies.find(remedy.after->name) : kNone;
    compiled.first = remedy.first;
    compiled.rest = remedy.rest;
    compiled.effect = remedy.does;
    compiled.works = remedy.works;
    compiled.random_order = remedy.order == CellOrder::kRandom;
    set_targets(remedy, compiled);
    add_lock_outs(remedy, compiled);
    return compiled;
  }

 private:
  std::uint32_t team_of(const Remedy& remedy) const {
    if (remedy.team || remedy.faults.empty()) {
      return source_.team_named(remedy.team);
    }
    const std::uint32_t fault = source_.faults.find(remedy.faults[0].name);
    const std::uint32_t response =
        fault == kNone ? kNone : source_.response_of_fault[fault];
    return response == kNone
               ? kNone
               : source_.team_named(source_.scenario.responses[response].team);
  }

  void set_targets(const Remedy& remedy, CompiledRemedy& compiled) {
    if (remedy.does.what == What::kTraffic) {
      compiled.cells = {source_.whole_of_service(remedy.does.subject)};
      return;
    }
    const bool by_need =
        remedy.does.what == What::kSwitch || remedy.does.what == What::kDrop;
    std::vector<Target> targets =
        by_need ? needs_meant(remedy) : cells_of(remedy);
    cut_to_only(remedy, targets, compiled);
    sort(remedy, targets);
    for (const Target& target : targets) {
      compiled.cells.push_back(target.cell);
      if (by_need) {
        compiled.needs.push_back(target.need);
      }
    }
  }

  std::vector<NodeId> places_of(const Remedy& remedy) const {
    std::vector<PlaceChoice> places;
    for (const Reference& name : remedy.faults) {
      if (const auto fault = source_.faults.find(name.name); fault != kNone) {
        const auto& where = faults_[fault].where;
        places.insert(places.end(), where.begin(), where.end());
      }
    }
    return candidates(places);
  }

  // The cells of the faults' places. A remedy of load or capacity may also
  // name, in its order, services that the faults do not touch.
  std::vector<Target> cells_of(const Remedy& remedy) const {
    std::vector<NodeId> cells = places_of(remedy);
    if (remedy.does.what == What::kLoad ||
        remedy.does.what == What::kCapacity) {
      std::unordered_set<NodeId> known(cells.begin(), cells.end());
      for (const Reference& name : remedy.order_of) {
        for (const NodeId cell :
             graph_.services[source_.services.find(name.name)].cells) {
          if (known.insert(cell).second) {
            cells.push_back(cell);
          }
        }
      }
    }
    std::vector<Target> targets;
    for (const NodeId cell : cells) {
      targets.push_back({cell, kNone});
    }
    return targets;
  }

  // Needs of the subject's name, "need" or "service.need", that have a place of
  // the fault among their targets; all of that name if none has.
  std::vector<Target> needs_meant(const Remedy& remedy) const {
    const std::vector<NodeId> places = places_of(remedy);
    std::unordered_set<NodeId> touched(places.begin(), places.end());
    for (const NodeId place : places) {
      touched.insert(whole_of(graph_, place));
    }
    std::vector<Target> named;
    for (ServiceId id = 0; id < graph_.services.size(); ++id) {
      add_needs_named(remedy, id, named);
    }
    std::vector<Target> meant;
    std::ranges::copy_if(named, std::back_inserter(meant), [&](Target target) {
      const CompiledNeed& need = graph_.needs[target.need];
      const auto begin = graph_.targets.begin() + need.first_target;
      return std::any_of(begin, begin + need.targets,
                         [&](NodeId node) { return touched.contains(node); });
    });
    return meant.empty() ? named : meant;
  }

  void add_needs_named(const Remedy& remedy, ServiceId id,
                       std::vector<Target>& named) const {
    const Service& service = source_.scenario.services[id];
    const std::string& subject = remedy.does.subject->name;
    for (std::size_t i = 0; i < service.needs.size(); ++i) {
      const Need& need = service.needs[i];
      const bool is_meant =
          (need.name == subject || service.name + "." + need.name == subject) &&
          bears_on_serving(need.kind) &&
          (remedy.does.what == What::kDrop || need.kind == NeedKind::kAny);
      if (is_meant) {
        for (const NodeId cell : graph_.services[id].cells) {
          named.push_back({cell, need_at(graph_, service, cell, i)});
        }
      }
    }
  }

  void cut_to_only(const Remedy& remedy, std::vector<Target>& targets,
                   CompiledRemedy& compiled) const {
    if (!remedy.only) {
      return;
    }
    std::vector<NodeId> cells;
    for (const Target& target : targets) {
      cells.push_back(target.cell);
    }
    const PlaceChoice only = choose_cells(graph_, *remedy.only, cells);
    const std::unordered_set<NodeId> kept(only.nodes.begin(), only.nodes.end());
    std::erase_if(targets,
                  [&](Target target) { return !kept.contains(target.cell); });
    if (only.count < only.nodes.size()) {
      compiled.at_most = only.count;
    }
  }

  // Services in `order_of` first, in its order; the others as they come.
  std::vector<std::uint32_t> ranks(const Remedy& remedy) const {
    std::vector<std::uint32_t> rank(graph_.services.size(), kNone);
    for (std::uint32_t i = 0; i < remedy.order_of.size(); ++i) {
      rank[source_.services.find(remedy.order_of[i].name)] = i;
    }
    return rank;
  }

  void sort(const Remedy& remedy, std::vector<Target>& targets) const {
    const std::vector<std::uint32_t> rank = ranks(remedy);
    std::ranges::stable_sort(targets, {}, [&](Target target) {
      return rank[graph_.nodes[target.cell].service];
    });
    if (remedy.order == CellOrder::kMixed) {
      mix(targets);
    } else if (remedy.order == CellOrder::kLargestFirst) {
      std::ranges::stable_sort(targets, std::ranges::greater{},
                               [&](Target target) { return size_of(target); });
    } else if (remedy.order == CellOrder::kSmallestFirst) {
      std::ranges::stable_sort(targets, {},
                               [&](Target target) { return size_of(target); });
    }
  }

  double size_of(Target target) const {
    const Node& node = graph_.nodes[target.cell];
    return graph_.services[node.service].cell_sizes[node.cell];
  }

  // Round robin: the first of each service, then the second of each, ….
  void mix(std::vector<Target>& targets) const {
    std::vector<std::uint32_t> seen(graph_.services.size(), 0);
    std::vector<std::pair<std::uint32_t, Target>> rounds;
    for (const Target& target : targets) {
      rounds.emplace_back(seen[graph_.nodes[target.cell].service]++, target);
    }
    std::ranges::stable_sort(rounds, {}, [](const auto& r) { return r.first; });
    std::ranges::transform(rounds, targets.begin(),
                           [](const auto& r) { return r.second; });
  }

  // What the remedy itself needs, and what those it acts on need to be
  // repaired; each service once, the remedy's own word first.
  void add_lock_outs(const Remedy& remedy, CompiledRemedy& compiled) const {
    std::vector<ServiceId> acted_on;
    std::vector<std::uint8_t> seen(graph_.services.size(), 0);
    for (const NodeId cell : compiled.cells) {
      const ServiceId id = graph_.nodes[cell].service;
      if (!seen[id]) {
        seen[id] = 1;
        acted_on.push_back(id);
      }
    }
    for (const Reference& name : remedy.needs) {
      add_lock_out(source_.services.find(name.name), acted_on,
                   remedy.break_glass, compiled);
    }
    for (const ServiceId id : acted_on) {
      for (const Need& need : source_.scenario.services[id].needs) {
        if (need.kind != NeedKind::kToRepair) {
          continue;
        }
        for (const Place& target : need.targets) {
          add_lock_out(source_.services.find(target.service.name), {&id, 1},
                       need.break_glass, compiled);
        }
      }
    }
  }

  void add_lock_out(ServiceId service, std::span<const ServiceId> acted_on,
                    const std::optional<Distribution>& break_glass,
                    CompiledRemedy& compiled) const {
    if (std::ranges::count(compiled.lock_outs, service, &LockOut::service) >
        0) {
      return;
    }
    const CompiledService& lock = graph_.services[service];
    const bool per_cell =
        lock.cells.size() > 1 && std::ranges::all_of(acted_on, [&](auto id) {
          return graph_.services[id].cells_root == lock.cells_root;
        });
    compiled.lock_outs.push_back({service, per_cell, break_glass});
  }

  const PlanSource& source_;
  const Graph& graph_;
  const std::vector<CompiledFault>& faults_;
};

}  // namespace

std::vector<CompiledRemedy> compile_remedies(
    const PlanSource& source, const std::vector<CompiledFault>& faults) {
  std::vector<CompiledRemedy> remedies;
  RemedyCompiler compiler(source, faults);
  for (const Remedy& remedy : source.scenario.remedies) {
    remedies.push_back(compiler.compile(remedy));
  }
  return remedies;
}

}  // namespace outagesim
