#include "models/compiled/remedy_targets.h"

#include <algorithm>
#include <unordered_set>

#include "models/compiled/compile_graph.h"
#include "models/compiled/places.h"

namespace outagesim {
namespace {

using What = RemedyEffect::What;
using Targets = std::vector<RemedyTarget>;

Targets without_needs(const std::vector<NodeId>& cells) {
  Targets targets(cells.size());
  std::ranges::transform(cells, targets.begin(),
                         [](NodeId cell) { return RemedyTarget{cell, kNone}; });
  return targets;
}

std::vector<NodeId> places_of(const PlanSource& source,
                              const std::vector<CompiledFault>& faults,
                              const Remedy& remedy) {
  std::vector<PlaceChoice> places;
  for (const Reference& name : remedy.faults) {
    if (const auto fault = source.faults.find(name.name); fault != kNone) {
      const auto& where = faults[fault].where;
      places.insert(places.end(), where.begin(), where.end());
    }
  }
  return candidates(places);
}

// A remedy of load or capacity may also name, in its order, services that the
// faults do not touch.
std::vector<NodeId> with_listed(const PlanSource& source, const Remedy& remedy,
                                const std::vector<NodeId>& places) {
  std::vector<PlaceChoice> all{{places, 0, false}};
  for (const Reference& name : remedy.order_of) {
    const ServiceId id = source.services.find(name.name);
    all.push_back({source.graph.services[id].cells, 0, false});
  }
  return candidates(all);
}

// Whether the remedy's subject, "need" or "service.need", means this one.
bool is_meant(const Remedy& remedy, const Service& service, const Need& need) {
  const std::string& subject = remedy.does.subject->name;
  const bool named =
      need.name == subject || service.name + "." + need.name == subject;
  return named && bears_on_serving(need.kind) &&
         (remedy.does.what == What::kDrop || need.kind == NeedKind::kAny);
}

// The service's `declared`-th need.
void add_at_each_cell(const PlanSource& source, ServiceId id,
                      std::size_t declared, Targets& targets) {
  const Service& service = source.scenario.services[id];
  for (const NodeId cell : source.graph.services[id].cells) {
    targets.push_back({cell, need_at(source.graph, service, cell, declared)});
  }
}

Targets needs_named(const PlanSource& source, const Remedy& remedy) {
  Targets named;
  for (ServiceId id = 0; id < source.graph.services.size(); ++id) {
    const Service& service = source.scenario.services[id];
    for (std::size_t i = 0; i < service.needs.size(); ++i) {
      const bool meant = is_meant(remedy, service, service.needs[i]);
      if (meant) add_at_each_cell(source, id, i, named);
    }
  }
  return named;
}

// Of the needs so named, those that have a place of the fault among their
// targets; all of them if none has.
Targets needs_meant(const PlanSource& source, const Remedy& remedy,
                    const std::vector<NodeId>& places) {
  std::unordered_set<NodeId> touched(places.begin(), places.end());
  for (const NodeId place : places) {
    touched.insert(whole_of(source.graph, place));
  }
  const Targets named = needs_named(source, remedy);
  Targets meant;
  std::ranges::copy_if(
      named, std::back_inserter(meant), [&](RemedyTarget target) {
        return std::ranges::any_of(
            targets_of(source.graph, source.graph.needs[target.need]),
            [&](NodeId node) { return touched.contains(node); });
      });
  return meant.empty() ? named : meant;
}

RemedyTargets cut_to_only(const Graph& graph, const Remedy& remedy,
                          Targets targets) {
  if (!remedy.only) {
    return {std::move(targets), kNone};
  }
  std::vector<NodeId> cells(targets.size());
  std::ranges::transform(targets, cells.begin(), &RemedyTarget::cell);
  const PlaceChoice only = choose_cells(graph, *remedy.only, cells);
  const std::unordered_set<NodeId> kept(only.nodes.begin(), only.nodes.end());
  std::erase_if(targets, [&](RemedyTarget target) {
    return !kept.contains(target.cell);
  });
  return {std::move(targets), only.random ? only.count : kNone};
}

double size_of(const Graph& graph, RemedyTarget target) {
  const Node& node = graph.nodes[target.cell];
  return graph.services[node.service].cell_sizes[node.cell];
}

// Round robin: the first of each service, then the second of each, ….
void mix(const Graph& graph, Targets& targets) {
  std::vector<std::uint32_t> seen(graph.services.size(), 0);
  std::vector<std::pair<std::uint32_t, RemedyTarget>> rounds(targets.size());
  std::ranges::transform(targets, rounds.begin(), [&](RemedyTarget target) {
    return std::pair(seen[graph.nodes[target.cell].service]++, target);
  });
  std::ranges::stable_sort(rounds, {}, [](const auto& r) { return r.first; });
  std::ranges::transform(rounds, targets.begin(),
                         [](const auto& r) { return r.second; });
}

// Services in `order_of` first, in its order; the others as they come.
void sort(const PlanSource& source, const Remedy& remedy, Targets& targets) {
  const Graph& graph = source.graph;
  std::vector<std::uint32_t> rank(graph.services.size(), kNone);
  for (std::uint32_t i = 0; i < remedy.order_of.size(); ++i) {
    rank[source.services.find(remedy.order_of[i].name)] = i;
  }
  std::ranges::stable_sort(targets, {}, [&](RemedyTarget target) {
    return rank[graph.nodes[target.cell].service];
  });
  const auto size = [&](RemedyTarget target) { return size_of(graph, target); };
  if (remedy.order == CellOrder::kMixed) {
    mix(graph, targets);
  } else if (remedy.order == CellOrder::kLargestFirst) {
    std::ranges::stable_sort(targets, std::ranges::greater{}, size);
  } else if (remedy.order == CellOrder::kSmallestFirst) {
    std::ranges::stable_sort(targets, {}, size);
  }
}

}  // namespace

RemedyTargets remedy_targets(const PlanSource& source,
                             const std::vector<CompiledFault>& faults,
                             const Remedy& remedy) {
  const std::vector<NodeId> places = places_of(source, faults, remedy);
  const What what = remedy.does.what;
  Targets targets;
  if (what == What::kSwitch || what == What::kDrop) {
    targets = needs_meant(source, remedy, places);
  } else if (what == What::kLoad || what == What::kCapacity) {
    targets = without_needs(with_listed(source, remedy, places));
  } else {
    targets = without_needs(places);
  }
  RemedyTargets cut = cut_to_only(source.graph, remedy, std::move(targets));
  sort(source, remedy, cut.in_order);
  return cut;
}

}  // namespace outagesim
