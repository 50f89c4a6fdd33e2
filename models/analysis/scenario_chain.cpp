#include "models/analysis/scenario_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "models/analysis/alike_processes.h"
#include "models/analysis/state_space.h"
#include "models/analysis/switch_rules.h"
#include "models/analysis/transient.h"
#include "models/compiled/propagation.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;
constexpr double kMostWork = 3e9;

bool is_exponential(const Distribution& law) {
  return std::holds_alternative<Exponential>(law.law()) && !law.is_cut();
}

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

// What a chain cannot say of a product.
class ChainDoubts {
 public:
  ChainDoubts(const Model& model, const std::vector<std::uint8_t>& cone)
      : model_(model), cone_(cone) {}

  std::vector<std::string> find() {
    for (const Process& process : model_.plan.processes) {
      if (touches(process.nodes)) doubt(process);
    }
    for (const CommonCauseProcess& cause : model_.plan.common_causes) {
      const bool meets = std::ranges::any_of(
          cause.members, [&](const auto& m) { return touches(m.nodes); });
      if (meets) add("common cause " + cause.name + ": not in a chain");
    }
    for (const CompiledFault& fault : model_.plan.faults) {
      const bool meets = std::ranges::any_of(
          fault.where, [&](const auto& place) { return touches(place.nodes); });
      if (meets) add("fault " + fault.name + ": not in a chain");
    }
    for (NodeId node = 0; node < cone_.size(); ++node) {
      if (cone_[node]) doubt_node(node);
    }
    return {reasons_.begin(), reasons_.end()};
  }

 private:
  void add(std::string why) { reasons_.insert(std::move(why)); }

  bool touches(const std::vector<NodeId>& nodes) const {
    return std::ranges::any_of(nodes, [&](NodeId n) { return cone_[n] != 0; });
  }

  void doubt(const Process& process) {
    if (!is_exponential(process.time_to_failure) ||
        !is_exponential(process.time_to_repair)) {
      add(process.name + ": its times are not exponential");
    }
    if (process.start_to_start) add(process.name + ": failures may overlap");
    if (process.clock != kNone) {
      add(process.name + ": its rate follows the hour and weekday");
    }
    const bool varies = process.severity &&
                        !std::holds_alternative<Fixed>(process.severity->law());
    if (varies) add(process.name + ": its severity is drawn anew each time");
    if (process.stationary) {
      add(process.name + ": begins in equilibrium, a chain begins as new");
    }
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
    const auto fits = [](const Boxed<Distribution>& time) {
      return !time || is_exponential(*time);
    };
    if (!fits(law.switch_detection) || !fits(law.switch_time)) {
      add(name + ": its switch-over times are not exponential");
    }
  }

  const Model& model_;
  const std::vector<std::uint8_t>& cone_;
  std::set<std::string> reasons_;
};

class ChainExplorer {
 public:
  ChainExplorer(const Model& model, NodeId product,
                const std::vector<std::uint8_t>& cone,
                std::vector<std::uint32_t> processes)
      : model_(model),
        product_(product),
        processes_(std::move(processes)),
        rules_(model, cone, processes_),
        alike_(alike_processes(model, processes_)) {}

  void explore_into(ProductChain& answer, std::uint32_t most) {
    SwitchState start;
    start.down.assign(processes_.size(), 0);
    start.switches.resize(rules_.switches());
    const auto moves = [this](const SwitchState& from, const auto& to) {
      for (std::uint32_t i = 0; i < processes_.size(); ++i) {
        const Process& process = model_.plan.processes[processes_[i]];
        SwitchState next = from;
        next.down[i] = from.down[i] ? 0 : 1;
        const double rate = 1 / mean(from.down[i] ? process.time_to_repair
                                                  : process.time_to_failure);
        rules_.follow(from, next, rate, to);
      }
      rules_.switch_moves(from, to);
    };
    const auto canonical = [this](SwitchState state) {
      for (const auto& group : alike_) sort_group(state.down, group);
      return state;
    };
    auto space = explore(start, moves, canonical, most);
    answer.processes = static_cast<std::uint32_t>(processes_.size());
    if (!space.whole) {
      answer.why_not.push_back("its chain has more than " +
                               std::to_string(most) + " states");
      return;
    }
    answer.chain = std::move(space.chain);
    answer.initial = surely_in(answer.chain, 0);
    const double base = model_.initial.served[product_];
    for (const SwitchState& state : space.states) {
      const double served = rules_.served(state, product_) / base;
      answer.served.push_back(served);
      answer.out.push_back(served < model_.outage.below.value - kEqual);
    }
  }

 private:
  static void sort_group(std::vector<std::uint8_t>& down,
                         const std::vector<std::uint32_t>& group) {
    std::size_t failed = 0;
    for (const std::uint32_t i : group) failed += down[i];
    for (const std::uint32_t i : group) {
      down[i] = failed > 0 ? 1 : 0;
      failed -= failed > 0 ? 1 : 0;
    }
  }

  const Model& model_;
  NodeId product_;
  std::vector<std::uint32_t> processes_;
  SwitchRules rules_;
  std::vector<std::vector<std::uint32_t>> alike_;
};

double weighted(const std::vector<double>& p, const std::vector<double>& by) {
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); ++i) sum += p[i] * by[i];
  return sum;
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

std::vector<std::uint32_t> product_processes(const Model& model,
                                             std::uint32_t product) {
  const auto cone = serving_cone(model.graph, node_of(model, product));
  std::vector<std::uint32_t> processes;
  for (std::uint32_t i = 0; i < model.plan.processes.size(); ++i) {
    const bool touches = std::ranges::any_of(
        model.plan.processes[i].nodes, [&](NodeId n) { return cone[n] != 0; });
    if (touches) processes.push_back(i);
  }
  return processes;
}

std::vector<std::string> product_chain_doubts(const Model& model,
                                              std::uint32_t product) {
  const auto cone = serving_cone(model.graph, node_of(model, product));
  return ChainDoubts(model, cone).find();
}

ProductChain product_chain(const Model& model, std::uint32_t product,
                           const ProductChainOptions& options) {
  ProductChain answer;
  answer.product = product;
  answer.why_not = product_chain_doubts(model, product);
  if (!answer.why_not.empty()) return answer;
  const NodeId node = node_of(model, product);
  ChainExplorer(model, node, serving_cone(model.graph, node),
                product_processes(model, product))
      .explore_into(answer, options.most_states);
  return answer;
}

ChainSolution solve_chain(const ProductChain& chain, Seconds horizon) {
  ChainSolution solution;
  double fastest = 0;
  for (const double rate : chain.chain.exit) fastest = std::max(fastest, rate);
  const double work = (fastest * horizon.value + 1) *
                      static_cast<double>(chain.chain.to.size() + 1);
  if (work > kMostWork) {
    solution.why_not = "its fastest step is too fast for so long a horizon";
    return solution;
  }
  ChainAnswers& a = solution.answers;
  const double t = horizon.value;
  const std::vector<double> spent = occupancy(chain.chain, chain.initial, t);
  a.availability = weighted(spent, chain.served);
  a.outages = entry_rate(chain.chain, spent, chain.out) * t;
  a.outage_probability =
      entered_by(chain.chain, chain.initial, chain.out, {t})[0];
  const bool can_fail = std::ranges::count(chain.out, 1) > 0;
  a.time_to_outage =
      can_fail ? mean_time_to(chain.chain, chain.initial, chain.out).mean
               : std::numeric_limits<double>::infinity();
  a.long_run = is_irreducible(chain.chain)
                   ? weighted(stationary(chain.chain).probability, chain.served)
                   : std::numeric_limits<double>::quiet_NaN();
  solution.solved = true;
  return solution;
}

}  // namespace outagesim
