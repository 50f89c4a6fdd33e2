#include "sim/engine/plain_model.h"

#include <algorithm>

namespace outagesim {
namespace {

constexpr std::size_t kMostTaken = 100'000;  // entries of all lists

bool is_plain_need(const CompiledNeed& need) {
  return (need.kind == NeedKind::kHard || need.kind == NeedKind::kSoft) &&
         need.share == 1;
}

bool is_plain_service(const CompiledService& service) {
  return service.cells.size() == 1 && !service.restart.takes &&
         service.startup_limit == kNone && service.to_start_services.empty();
}

bool is_plain_process(const Process& process) {
  return process.nodes.size() == 1 && !process.severity &&
         !process.start_to_start;
}

bool is_plain(const Plan& plan) {
  return plan.faults.empty() && plan.common_causes.empty() &&
         !plan.processes.empty() &&
         std::ranges::all_of(plan.processes, is_plain_process);
}

bool is_plain(const Graph& graph) {
  return graph.circles.empty() && graph.sticky.empty() &&
         graph.stateful.empty() && !graph.has_timeouts &&
         std::ranges::all_of(graph.needs, is_plain_need) &&
         std::ranges::all_of(graph.services, is_plain_service);
}

bool is_plain(const Model& model) {
  const auto is_whole = [](double share) { return share == 1; };
  return is_plain(model.graph) && is_plain(model.plan) && model.load.empty() &&
         model.outage.substantial.value > 0 &&
         std::ranges::all_of(model.initial.served, is_whole) &&
         std::ranges::all_of(model.initial.full, is_whole);
}

// A set of nodes, in the order in which they were found.
class Found {
 public:
  explicit Found(std::size_t nodes) : is_in_(nodes, 0) {}

  void clear() {
    for (const NodeId node : list) is_in_[node] = 0;
    list.clear();
  }
  void add(NodeId node) {
    if (is_in_[node] != 0) return;
    is_in_[node] = 1;
    list.push_back(node);
  }

  std::vector<NodeId> list;

 private:
  std::vector<std::uint8_t> is_in_;
};

// Calls `reached(owner)` for the owner of each need of the node of a kind.
template <class Reached>
void each_dependent(const Graph& graph, NodeId node, NeedKind kind,
                    Reached reached) {
  for (auto i = graph.first_dependent[node];
       i < graph.first_dependent[node + 1]; ++i) {
    const CompiledNeed& need = graph.needs[graph.dependents[i]];
    if (need.kind == kind) reached(need.owner);
  }
}

// All that serves nothing while `node` is down, and what needs one of it
// softly.
void follow_down(const Graph& graph, NodeId node, Found& down,
                 Found& degraded) {
  down.add(node);
  for (std::size_t i = 0; i < down.list.size(); ++i) {
    const NodeId at = down.list[i];
    each_dependent(graph, at, NeedKind::kHard,
                   [&](NodeId owner) { down.add(owner); });
    each_dependent(graph, at, NeedKind::kSoft,
                   [&](NodeId owner) { degraded.add(owner); });
  }
}

// And all whose answers are not full where theirs are not.
void follow_degraded(const Graph& graph, Found& degraded) {
  const auto add = [&](NodeId owner) { degraded.add(owner); };
  for (std::size_t i = 0; i < degraded.list.size(); ++i) {
    const NodeId at = degraded.list[i];
    each_dependent(graph, at, NeedKind::kHard, add);
    each_dependent(graph, at, NeedKind::kSoft, add);
  }
}

std::uint32_t size_of(const std::vector<std::uint32_t>& list) {
  return static_cast<std::uint32_t>(list.size());
}

PlainProcesses::Range append_products(const Model& model, const Found& found,
                                      std::vector<std::uint32_t>& to) {
  const std::uint32_t first = size_of(to);
  for (const NodeId node : found.list) {
    const std::uint32_t product =
        model.product_of[model.graph.nodes[node].service];
    if (product != kNone) to.push_back(product);
  }
  std::sort(to.begin() + first, to.end());  // in which they are measured
  return {first, size_of(to)};
}

// False if it gets too large.
bool list_taken(const Model& model, PlainProcesses& plain) {
  Found down(model.graph.nodes.size()), degraded(model.graph.nodes.size());
  for (const Process& process : model.plan.processes) {
    down.clear();
    degraded.clear();
    follow_down(model.graph, process.nodes.front(), down, degraded);
    follow_degraded(model.graph, degraded);
    plain.takes_down.push_back(append_products(model, down, plain.products));
    plain.degrades.push_back(append_products(model, degraded, plain.products));
    const std::uint32_t first = size_of(plain.services);
    for (const NodeId node : down.list) {
      plain.services.push_back(model.graph.nodes[node].service);
    }
    plain.fells.push_back({first, size_of(plain.services)});
    if (plain.services.size() + plain.products.size() > kMostTaken) {
      return false;
    }
  }
  return true;
}

bool is_empty(PlainProcesses::Range range) { return range.first == range.last; }

// Whether a product is either all there or in an outage that is substantial.
bool knows_all_or_nothing(const Model& model) {
  const auto parts = [](Fraction f) { return f.value > 1e-6 && f.value <= 1; };
  return parts(model.outage.below) && parts(model.outage.substantial);
}

}  // namespace

PlainProcesses::PlainProcesses(const Model& model)
    : down(model.products.size()), degraded(model.products.size()) {
  for (const ServiceId product : model.products) {
    nodes.push_back(model.graph.services[product].whole);
  }
}

std::unique_ptr<PlainProcesses> plain_processes(const Model& model) {
  if (!is_plain(model)) return nullptr;
  auto plain = std::make_unique<PlainProcesses>(model);
  if (!list_taken(model, *plain)) return nullptr;
  plain->is_total = model.populations.empty() && knows_all_or_nothing(model) &&
                    std::ranges::all_of(plain->degrades, is_empty);
  return plain;
}

}  // namespace outagesim
