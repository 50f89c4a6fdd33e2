#include "models/analysis/scenario_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include "models/analysis/chain_explorer.h"
#include "models/analysis/strikes.h"
#include "models/analysis/transient.h"

namespace outagesim {
namespace {

bool bears_on_served(const CompiledNeed& need) {
  return need.kind != NeedKind::kSoft && need.kind != NeedKind::kAsync;
}

// What a node's serving asks directly: its cells, the targets of its needs.
std::vector<NodeId> asked_by(const Graph& graph, NodeId node) {
  std::vector<NodeId> asked;
  if (has_cells(graph, node)) {
    const auto cells = cells_beside(graph, node);
    asked.assign(cells.begin(), cells.end());
  }
  for (const CompiledNeed& need : needs_of(graph, node)) {
    if (!bears_on_served(need)) continue;
    const auto targets = targets_of(graph, need);
    asked.insert(asked.end(), targets.begin(), targets.end());
  }
  return asked;
}

bool has_phases(const Boxed<Distribution>& time) {
  return !time || has_moments(*time);
}

// What a chain cannot say of a product, and the parts that it can.
class PartsFound {
 public:
  PartsFound(const Model& model, const std::vector<std::uint8_t>& cone)
      : model_(model), cone_(cone) {}

  std::vector<std::string> doubts() {
    for (const Process& process : model_.plan.processes) {
      if (meets(process)) add(part_doubt(process));
    }
    for (const CommonCauseProcess& cause : model_.plan.common_causes) {
      if (meets(cause)) add(part_doubt(cause));
    }
    for (const CompiledFault& fault : model_.plan.faults) {
      if (meets(fault)) add(part_doubt(fault));
    }
    for (NodeId node = 0; node < cone_.size(); ++node) {
      if (cone_[node]) doubt_node(node);
    }
    return {reasons_.begin(), reasons_.end()};
  }

  // Precondition: no doubts. Nothing where one has too many states.
  std::optional<std::vector<ChainPart>> parts(std::uint32_t phases) {
    LawFits fits(phases);
    std::vector<ChainPart> parts;
    const auto all = [&](const auto& list) {
      return std::ranges::all_of(list, [&](const auto& each) {
        if (!meets(each)) return true;
        std::optional<ChainPart> part = chain_part(each, fits);
        if (part) parts.push_back(std::move(*part));
        return part.has_value();
      });
    };
    const Plan& plan = model_.plan;
    if (!all(plan.processes) || !all(plan.common_causes) || !all(plan.faults)) {
      return std::nullopt;
    }
    return parts;
  }

 private:
  void add(std::string why) {
    if (!why.empty()) reasons_.insert(std::move(why));
  }

  bool touches(const std::vector<NodeId>& nodes) const {
    return std::ranges::any_of(nodes, [&](NodeId n) { return cone_[n] != 0; });
  }
  bool meets(const Process& process) const { return touches(process.nodes); }
  bool meets(const CommonCauseProcess& cause) const {
    return std::ranges::any_of(cause.members,
                               [&](const auto& m) { return touches(m.nodes); });
  }
  bool meets(const CompiledFault& fault) const {
    return std::ranges::any_of(
        fault.where, [&](const auto& place) { return touches(place.nodes); });
  }

  void doubt_node(NodeId node) {
    const Graph& graph = model_.graph;
    const CompiledService& service = graph.services[graph.nodes[node].service];
    if (service.restart.takes || !service.to_start_services.empty()) {
      add(service.name + " takes time to restart");
    }
    for (const CompiledNeed& need : needs_of(graph, node)) doubt_need(need);
  }

  void doubt_need(const CompiledNeed& need) {
    if (need.kind != NeedKind::kAny && need.kind != NeedKind::kCached) return;
    const Need& law = model_.graph.need_laws[need.law];
    // Of the service, not of each of its cells: they have the reason in common.
    const ServiceId owner = model_.graph.nodes[need.owner].service;
    const std::string name =
        "need " + law.name + " of " + model_.graph.services[owner].name;
    if (need.kind == NeedKind::kCached) {
      add(name + ": a cache runs out by its own law");
      return;
    }
    if (law.switch_by == SwitchBy::kHand) add(name + ": is switched by hand");
    if (!has_phases(law.switch_detection) || !has_phases(law.switch_time)) {
      add(name + ": its switch-over times have no finite variance");
    }
  }

  const Model& model_;
  const std::vector<std::uint8_t>& cone_;
  std::set<std::string> reasons_;
};

double weighted(const std::vector<double>& p, const std::vector<double>& by) {
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); ++i) sum += p[i] * by[i];
  return sum;
}

// Begun out of service counts as none.
double time_to_outage(const ProductChain& chain) {
  if (std::ranges::count(chain.out, 1) == 0) {
    return std::numeric_limits<double>::infinity();
  }
  std::vector<double> initial = chain.initial;
  double up = 0;
  for (std::size_t i = 0; i < initial.size(); ++i) {
    if (chain.out[i]) initial[i] = 0;
    up += initial[i];
  }
  if (up == 0) return 0;
  for (double& p : initial) p /= up;
  return up * mean_time_to(chain.chain, initial, chain.out).mean;
}

NodeId node_of(const Model& model, std::uint32_t product) {
  return model.graph.services[model.products[product]].whole;
}

}  // namespace

std::vector<std::uint8_t> serving_cone(const Graph& graph, NodeId product) {
  std::vector<std::uint8_t> in(graph.nodes.size(), 0);
  std::vector<NodeId> open{product};
  in[product] = 1;
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    for (const NodeId next : asked_by(graph, node)) {
      if (!std::exchange(in[next], 1)) open.push_back(next);
    }
  }
  return in;
}

std::vector<std::string> product_chain_doubts(const Model& model,
                                              std::uint32_t product) {
  const auto cone = serving_cone(model.graph, node_of(model, product));
  return PartsFound(model, cone).doubts();
}

ProductChain product_chain(const Model& model, std::uint32_t product,
                           const ProductChainOptions& options) {
  ProductChain answer;
  answer.product = product;
  const auto cone = serving_cone(model.graph, node_of(model, product));
  PartsFound found(model, cone);
  answer.why_not = found.doubts();
  if (!answer.why_not.empty()) return answer;
  auto parts = found.parts(options.phases);
  if (!parts) {
    answer.why_not.push_back("what strikes it may overlap in too many ways");
    return answer;
  }
  explore_product(model, *parts, options, answer);
  return answer;
}

ChainSolution solve_chain(const ProductChain& chain, Seconds horizon,
                          double most_work) {
  ChainSolution solution;
  ChainAnswers& a = solution.answers;
  const double t = horizon.value;
  StepBudget budget{most_work};
  const std::vector<double> spent =
      occupancy(chain.chain, chain.initial, t, &budget);
  const std::vector<double> entered =
      entered_by(chain.chain, chain.initial, chain.out, {t}, &budget);
  if (budget.is_spent) {
    solution.why_not = "its fastest step is too fast for so long a horizon";
    return solution;
  }
  a.availability = weighted(spent, chain.served);
  a.outages = entry_rate(chain.chain, spent, chain.out) * t +
              probability_of(chain.initial, chain.out);
  a.outage_probability = entered[0];
  a.time_to_outage = time_to_outage(chain);
  a.long_run = is_irreducible(chain.chain)
                   ? weighted(stationary(chain.chain).probability, chain.served)
                   : std::numeric_limits<double>::quiet_NaN();
  solution.solved = true;
  return solution;
}

}  // namespace outagesim
