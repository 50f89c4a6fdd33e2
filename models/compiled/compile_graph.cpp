#include "models/compiled/compile_graph.h"

#include <algorithm>
#include <cassert>

#include "models/base/text.h"
#include "models/compiled/circle_walk.h"
#include "models/compiled/number_nodes.h"
#include "models/compiled/sticky.h"

namespace outagesim {
namespace {

// Nodes and needs in the author's order; number_nodes() sorts them.
class Drafter {
 public:
  Drafter(const Scenario& scenario, const IdOfName& names)
      : scenario_(scenario), names_(names) {}

  Graph draft() {
    add_services();
    reserve_needs();
    for (ServiceId id = 0; id < graph_.services.size(); ++id) {
      add_laws(scenario_.services[id]);
      for (const NodeId cell : graph_.services[id].cells) {
        add_needs(id, cell);
      }
      add_other_needs(id);
    }
    return std::move(graph_);
  }

 private:
  void add_services() {
    const IdOfName limits(scenario_.startup_limits);
    graph_.services.reserve(scenario_.services.size());
    for (const Service& service : scenario_.services) {
      const auto id = static_cast<ServiceId>(graph_.services.size());
      CompiledService compiled;
      compiled.name = service.name;
      compiled.label = service.label;
      compiled.key = name_hash(service.name);
      compiled.kind = service.kind;
      compiled.routing = service.routing;
      compiled.sticky = service.sticky;
      compiled.cells_root = root_of_cells(id);
      compiled.restart = service.restart;
      if (service.restart.limit) {
        compiled.startup_limit = limits.find(service.restart.limit->name);
      }
      if (service.sticky) {
        graph_.sticky.push_back(id);
      }
      add_cells(id, compiled);
      graph_.services.push_back(std::move(compiled));
    }
  }

  // Exactly, for growing would need three times their memory for a moment.
  void reserve_needs() {
    std::size_t needs = 0, targets = 0;
    for (ServiceId id = 0; id < graph_.services.size(); ++id) {
      const std::size_t cells = graph_.services[id].cells.size();
      for (const Need& need : scenario_.services[id].needs) {
        if (!bears_on_serving(need.kind)) continue;
        needs += cells;
        targets += cells * need.targets.size();
      }
    }
    graph_.needs.reserve(needs);
    graph_.targets.reserve(targets);
  }

  ServiceId root_of_cells(ServiceId id) const {
    while (scenario_.services[id].cells_of) {
      id = names_.find(scenario_.services[id].cells_of->name);
      assert(id != kNone && "the loader resolves every name");
    }
    return id;
  }

  void add_cells(ServiceId id, CompiledService& compiled) {
    const auto& cells = scenario_.services[compiled.cells_root].cells;
    const double capacity = 1 + scenario_.services[id].head_room.value;
    for (const Cell& cell : cells) {
      compiled.cells.push_back(static_cast<NodeId>(graph_.nodes.size()));
      compiled.cell_names.push_back(cell.name);
      compiled.cell_sizes.push_back(cell.size);
      graph_.nodes.push_back(
          {.service = id,
           .cell = static_cast<std::uint32_t>(compiled.cells.size() - 1),
           .capacity = capacity});
    }
    if (cells.size() > 1) {
      weigh(compiled);
      compiled.whole = static_cast<NodeId>(graph_.nodes.size());
      graph_.nodes.push_back({.service = id, .capacity = capacity});
    } else {
      compiled.whole = compiled.cells[0];
    }
    for (auto node = compiled.cells[0]; node < graph_.nodes.size(); ++node) {
      graph_.nodes[node].whole = compiled.whole;
    }
  }

  // Shares of the size. The last takes up the rounding, so that all add up to
  // exactly 1 in their order.
  void weigh(const CompiledService& compiled) {
    double total = 0, before_last = 0;
    for (const double size : compiled.cell_sizes) {
      total += size;
    }
    for (std::size_t i = 0; i + 1 < compiled.cells.size(); ++i) {
      const double weight = compiled.cell_sizes[i] / total;
      graph_.nodes[compiled.cells[i]].weight = weight;
      before_last += weight;
    }
    graph_.nodes[compiled.cells.back()].weight = std::max(0.0, 1 - before_last);
  }

  // What each need will find: its law, if it has one, and the key of its name.
  void add_laws(const Service& service) {
    law_of_.clear();
    key_of_.clear();
    for (const Need& need : service.needs) {
      const bool has_state = need.kind == NeedKind::kCached ||
                             need.kind == NeedKind::kAny ||
                             need.kind == NeedKind::kAsync;
      const bool kept = bears_on_serving(need.kind) &&
                        (has_state || need.timeout.has_value());
      key_of_.push_back(name_hash(need.name));
      law_of_.push_back(
          kept ? static_cast<std::uint32_t>(graph_.need_laws.size()) : kNone);
      if (kept) {
        graph_.need_laws.push_back(need);
        graph_.has_timeouts = graph_.has_timeouts || need.timeout.has_value();
      }
    }
  }

  void add_needs(ServiceId id, NodeId cell) {
    const auto& needs = scenario_.services[id].needs;
    graph_.nodes[cell].first_need = static_cast<NeedId>(graph_.needs.size());
    for (std::size_t i = 0; i < needs.size(); ++i) {
      if (bears_on_serving(needs[i].kind)) {
        add_need(needs[i], law_of_[i], cell);
        graph_.needs.back().law_key = key_of_[i];
        ++graph_.nodes[cell].needs;
      }
    }
  }

  void add_need(const Need& need, std::uint32_t law, NodeId owner) {
    CompiledNeed compiled{
        .owner = owner,
        .first_target = static_cast<std::uint32_t>(graph_.targets.size()),
        .targets = static_cast<std::uint32_t>(need.targets.size()),
        .law = law,
        .kind = need.kind,
        .share = need.share.value,
        .at_least = need.at_least};
    const bool has_state = need.kind == NeedKind::kCached ||
                           need.kind == NeedKind::kAny ||
                           need.kind == NeedKind::kAsync;
    if (has_state) {
      compiled.state = static_cast<std::uint32_t>(graph_.stateful.size());
      graph_.stateful.push_back(static_cast<NeedId>(graph_.needs.size()));
    }
    for (const Place& place : need.targets) {
      graph_.targets.push_back(target_of(place, owner));
    }
    graph_.needs.push_back(compiled);
  }

  // The whole of the place's service, its one cell named, or, where cells are
  // shared, the owner's own cell of it.
  NodeId target_of(const Place& place, NodeId owner) const {
    const ServiceId id = names_.find(place.service.name);
    assert(id != kNone && "the loader resolves every name");
    const CompiledService& service = graph_.services[id];
    if (place.cells.how == CellChoice::How::kNamed &&
        place.cells.named.size() == 1) {
      const std::uint32_t cell = cell_index(service, place.cells.named[0].name);
      assert(cell != kNone && "the loader resolves every name");
      return service.cells[cell];
    }
    const Node& asking = graph_.nodes[owner];
    return cell_of(graph_, id, asking.service, asking.cell);
  }

  void add_other_needs(ServiceId id) {
    for (const Need& need : scenario_.services[id].needs) {
      for (const Place& place : need.targets) {
        add_other_need(graph_.services[id], need.kind, place);
      }
    }
  }

  void add_other_need(CompiledService& service, NeedKind kind,
                      const Place& place) const {
    if (kind == NeedKind::kToStart) {
      service.to_start.push_back(target_of(place, service.whole));
      service.to_start_services.push_back(names_.find(place.service.name));
    } else if (kind == NeedKind::kToObserve) {
      service.to_observe.push_back(names_.find(place.service.name));
    }
  }

  const Scenario& scenario_;
  const IdOfName& names_;
  std::vector<std::uint32_t> law_of_;  // by need of the service at hand
  std::vector<std::uint64_t> key_of_;
  Graph graph_;
};

}  // namespace

Graph compile_graph(const Scenario& scenario, const IdOfName& services) {
  Graph graph = number_nodes(Drafter(scenario, services).draft());
  set_circle_depths(graph);
  find_roots(graph);
  return graph;
}

}  // namespace outagesim
