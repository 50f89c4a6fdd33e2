#include "models/analysis/product_moves.h"

#include <algorithm>
#include <limits>

#include "models/analysis/cut_sets.h"
#include "models/analysis/scenario_chain.h"
#include "models/analysis/served_function.h"
#include "models/analysis/static_tree.h"
#include "models/analysis/strikes.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;
constexpr std::uint32_t kMostOrder = 16;

NodeId node_of(const Model& model, std::uint32_t product) {
  return model.graph.services[model.products[product]].whole;
}

std::vector<SwitchRules::PartLosses> losses_by_process(
    const Model& model, const std::vector<std::uint32_t>& processes) {
  std::vector<SwitchRules::PartLosses> losses;
  losses.reserve(processes.size());
  for (const std::uint32_t i : processes) {
    const Process& process = model.plan.processes[i];
    const double left = health_left(process.severity).value_or(0);
    losses.push_back({{}, losses_of(process.nodes, left)});
  }
  return losses;
}

bool is_plain(const Boxed<Distribution>& time) {
  return !time || is_exponential(*time);
}

// What a chain can do and a walk cannot.
std::string walk_doubt(const Process& process) {
  if (!is_exponential(process.time_to_failure) ||
      !is_exponential(process.time_to_repair)) {
    return process.name + ": its times are not exponential";
  }
  if (process.start_to_start) return process.name + ": failures may overlap";
  if (process.stationary) {
    return process.name + ": begins in equilibrium, a walk begins as new";
  }
  return {};
}

void add_switch_doubts(const Model& model,
                       const std::vector<std::uint8_t>& cone,
                       std::vector<std::string>& doubts) {
  for (const NeedId id : model.graph.stateful) {
    const CompiledNeed& need = model.graph.needs[id];
    if (need.kind != NeedKind::kAny || !cone[need.owner]) continue;
    const Need& law = model.graph.need_laws[need.law];
    if (is_plain(law.switch_detection) && is_plain(law.switch_time)) continue;
    doubts.push_back("need " + law.name +
                     ": its switch-over times are not exponential");
  }
}

}  // namespace

std::vector<std::string> product_walk_doubts(const Model& model,
                                             std::uint32_t product) {
  std::vector<std::string> doubts = product_chain_doubts(model, product);
  for (const std::uint32_t i : product_processes(model, product)) {
    std::string doubt = walk_doubt(model.plan.processes[i]);
    if (!doubt.empty()) doubts.push_back(std::move(doubt));
  }
  const auto cone = serving_cone(model.graph, node_of(model, product));
  const auto meets = [&](const std::vector<NodeId>& nodes) {
    return std::ranges::any_of(nodes, [&](NodeId n) { return cone[n] != 0; });
  };
  for (const CommonCauseProcess& cause : model.plan.common_causes) {
    for (const auto& member : cause.members) {
      if (!meets(member.nodes)) continue;
      doubts.push_back("common cause " + cause.name + ": not in a walk");
      break;
    }
  }
  for (const CompiledFault& fault : model.plan.faults) {
    for (const PlaceChoice& place : fault.where) {
      if (!meets(place.nodes)) continue;
      doubts.push_back("fault " + fault.name + ": not in a walk");
      break;
    }
  }
  add_switch_doubts(model, cone, doubts);
  return doubts;
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

ProductWalk::ProductWalk(const Model& model, std::uint32_t product)
    : model_(model),
      node_(model.graph.services[model.products[product]].whole),
      processes_(product_processes(model, product)),
      rules_(model, serving_cone(model.graph, node_),
             losses_by_process(model, processes_)) {
  SwitchState start;
  start.down.assign(processes_.size(), 0);
  start.switches.resize(rules_.switches());
  number_of(start);
}

std::uint32_t ProductWalk::number_of(const SwitchState& state) {
  const auto [at, is_new] =
      numbers_.try_emplace(state, static_cast<std::uint32_t>(states_.size()));
  if (is_new) states_.push_back(state);
  return at->second;
}

const ChainStand& ProductWalk::at(std::uint32_t state) {
  if (!stands_.contains(state)) work_out(state);
  return stands_.at(state);
}

void ProductWalk::work_out(std::uint32_t number) {
  const SwitchState state = states_[number];  // a copy: the list may move
  ChainStand stand;
  const auto to = [&](const SwitchState& next, double rate) {
    const auto down = std::ranges::count(next.down, 1);
    stand.steps.push_back(
        {number_of(next), rate, down > std::ranges::count(state.down, 1)});
    stand.exit += rate;
  };
  for (std::uint32_t i = 0; i < processes_.size(); ++i) {
    const Process& process = model_.plan.processes[processes_[i]];
    SwitchState next = state;
    next.down[i] = state.down[i] ? 0 : 1;
    rules_.follow(state, next,
                  1 / mean(state.down[i] ? process.time_to_repair
                                         : process.time_to_failure),
                  to);
  }
  rules_.switch_moves(state, to);
  const double base = model_.initial.served[node_];
  stand.out =
      rules_.served(state, node_) / base < model_.outage.below.value - kEqual;
  stand.down = static_cast<std::uint32_t>(std::ranges::count(state.down, 1));
  stand.whole = stand.down == 0 &&
                std::ranges::none_of(state.switches, [](const SwitchStand& s) {
                  return s.phase == SwitchPhase::kTurns ||
                         s.phase == SwitchPhase::kNotices;
                });
  moves_found_ += stand.steps.size();
  stands_.emplace(number, std::move(stand));
}

OutageDistance::OutageDistance(const Model& model, std::uint32_t product,
                               const std::vector<std::uint32_t>& processes) {
  const Model timeless = without_time(model);
  const FailureSources sources = failure_sources(timeless);
  const ServedFunctions functions = served_functions(timeless, sources);
  const NodeId node = model.graph.services[model.products[product]].whole;
  DecisionDiagram diagram(static_cast<std::uint32_t>(sources.known.size()));
  const double bound =
      model.outage.below.value * model.initial.served[node] - kEqual;
  const DiagramRef out =
      functions.diagram.below(functions.served[node], bound, diagram);
  const auto process_of = [&](std::uint32_t event) {
    const auto at = std::ranges::find_if(processes, [&](std::uint32_t p) {
      return model.plan.processes[p].name == sources.known[event].name;
    });
    return static_cast<std::uint32_t>(at - processes.begin());
  };
  cuts_ = minimal_cut_sets(diagram, out, {.most_order = kMostOrder}).sets;
  for (CutSet& cut : cuts_)
    std::ranges::transform(cut, cut.begin(), process_of);
}

std::uint32_t OutageDistance::of(const std::vector<std::uint16_t>& down) const {
  std::uint32_t least = std::numeric_limits<std::uint32_t>::max();
  for (const auto& cut : cuts_) {
    std::uint32_t missing = 0;
    for (const std::uint32_t i : cut) {
      missing += i < down.size() && down[i] ? 0 : 1;
    }
    least = std::min(least, missing);
  }
  return least;
}

}  // namespace outagesim
