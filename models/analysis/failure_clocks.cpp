#include "models/analysis/failure_clocks.h"

#include <algorithm>
#include <cmath>

#include "models/analysis/scenario_chain.h"
#include "models/analysis/strikes.h"

namespace outagesim {
namespace {

constexpr int kMostAtOnce = 8;  // repairs of one part that are told apart

NodeId node_of(const Model& model, std::uint32_t product) {
  return model.graph.services[model.products[product]].whole;
}

// What is lost while 0, 1, 2 … repairs are under way.
SwitchRules::PartLosses by_number(const std::vector<NodeLoss>& losses) {
  const bool all = std::ranges::all_of(losses, [](const NodeLoss& loss) {
    return loss.health == 0 || loss.served == 0;
  });
  SwitchRules::PartLosses levels{{}};
  for (int k = 1; k <= (all ? 1 : kMostAtOnce); ++k) {
    std::vector<NodeLoss> level = losses;
    for (NodeLoss& loss : level) {
      loss.health = std::pow(loss.health, k);
      loss.served = std::pow(loss.served, k);
    }
    levels.push_back(std::move(level));
  }
  return levels;
}

std::string severity_doubt(const std::optional<Distribution>& severity) {
  if (health_left(severity)) return {};
  return "its severity is drawn anew each time; give it as one number";
}

std::string doubt_of(const Process& process) {
  if (process.stationary && process.start_to_start) {
    return "repairs may be going on at the beginning and failures overlap; "
           "leave out `stationary`";
  }
  return severity_doubt(process.severity);
}

std::string doubt_of(const CommonCauseProcess& cause) {
  if (cause.stationary) {
    return "repairs may be going on at the beginning; leave out `stationary`";
  }
  return severity_doubt(cause.severity);
}

std::string doubt_of(const CompiledFault& fault) {
  using Kind = CompiledTrigger::Kind;
  const Kind kind = fault.trigger.kind;
  if (kind != Kind::kAtTime && kind != Kind::kAtRate) {
    return "it strikes on a condition; let it strike at a time or at a rate";
  }
  if (fault.rollout) return "a change spreads in waves; let it strike at once";
  if (!fault.ends) return "it ends by repair; give it a time in `ends`";
  if (!fault.remedies.empty()) return "a remedy may end it; leave out remedies";
  if (fault.then) return "a restart follows it; leave out `then`";
  if (!std::holds_alternative<AtOnce>(fault.visible)) {
    return "it is not there at once; leave out `visible`";
  }
  const auto what = fault.effect.what;
  if (what == FaultEffect::What::kLoad || what == FaultEffect::What::kLatency) {
    return "its effect is load or latency; let it take health";
  }
  if (std::ranges::any_of(fault.where, &PlaceChoice::random)) {
    return "its cells are chosen at random; name them";
  }
  return {};
}

FailureClock clock_of(const Process& process) {
  FailureClock clock;
  clock.name = process.name;
  clock.until = process.time_to_failure;
  clock.repair = process.time_to_repair;
  clock.clock = process.clock;
  clock.alternates = !process.start_to_start;
  clock.stationary = process.stationary;
  clock.mean_up = process.mean_up;
  clock.mean_down = process.mean_down;
  const double left = health_left(process.severity).value_or(0);
  clock.members.push_back({1, by_number(losses_of(process.nodes, left))});
  return clock;
}

FailureClock clock_of(const CommonCauseProcess& cause) {
  FailureClock clock;
  clock.name = "common cause " + cause.name;
  clock.until = cause.time_between;
  clock.repair = cause.time_to_repair;
  clock.clock = cause.clock;
  clock.one_repair = cause.shared_repair;
  const double left = health_left(cause.severity).value_or(0);
  for (const auto& member : cause.members) {
    clock.members.push_back(
        {member.struck.value, by_number(losses_of(member.nodes, left))});
  }
  return clock;
}

FailureClock clock_of(const Model& model, const CompiledFault& fault) {
  FailureClock clock;
  clock.name = "fault " + fault.name;
  clock.once = fault.trigger.kind == CompiledTrigger::Kind::kAtTime;
  clock.until =
      clock.once ? Distribution(Fixed{(fault.trigger.at - model.begins).value})
                 : Distribution(Exponential{1 / fault.trigger.rate.value});
  clock.repair = fault.ends.value_or(Distribution{});
  std::vector<NodeLoss> losses;
  for (const PlaceChoice& place : fault.where) {
    for (const NodeId node : place.nodes) {
      losses.push_back(loss_by(fault.effect, node));
    }
  }
  clock.members.push_back({1, by_number(losses)});
  return clock;
}

// The nodes that a product's serving depends on.
class Cone {
 public:
  Cone(const Model& model, std::uint32_t product)
      : in_(serving_cone(model.graph, node_of(model, product))) {}

  bool meets(const Process& process) const { return touches(process.nodes); }
  bool meets(const CommonCauseProcess& cause) const {
    return std::ranges::any_of(cause.members,
                               [&](const auto& m) { return touches(m.nodes); });
  }
  bool meets(const CompiledFault& fault) const {
    return std::ranges::any_of(
        fault.where, [&](const auto& place) { return touches(place.nodes); });
  }
  // By a remedy that does more than to end the fault.
  bool is_changed_by(const Model& model, const CompiledFault& fault) const {
    return std::ranges::any_of(fault.remedies, [&](std::uint32_t id) {
      const CompiledRemedy& remedy = model.plan.remedies[id];
      return touches(remedy.cells) ||
             std::ranges::any_of(remedy.needs, [&](NeedId need) {
               return in_[model.graph.needs[need].owner] != 0;
             });
    });
  }

 private:
  bool touches(const std::vector<NodeId>& nodes) const {
    return std::ranges::any_of(nodes, [&](NodeId n) { return in_[n] != 0; });
  }
  std::vector<std::uint8_t> in_;
};

}  // namespace

std::vector<std::string> failure_clock_doubts(const Model& model,
                                              std::uint32_t product) {
  const Cone cone(model, product);
  std::vector<std::string> doubts = serving_doubts(model, product);
  const auto doubt = [&](const std::string& name, const std::string& why) {
    if (!why.empty()) doubts.push_back(name + ": " + why);
  };
  for (const Process& process : model.plan.processes) {
    if (cone.meets(process)) doubt(process.name, doubt_of(process));
  }
  for (const CommonCauseProcess& cause : model.plan.common_causes) {
    if (cone.meets(cause)) doubt("common cause " + cause.name, doubt_of(cause));
  }
  for (const CompiledFault& fault : model.plan.faults) {
    if (cone.meets(fault)) {
      doubt("fault " + fault.name, doubt_of(fault));
    } else if (cone.is_changed_by(model, fault)) {
      doubt("fault " + fault.name,
            "its remedies change what is served; leave out `remedies`");
    }
  }
  return doubts;
}

std::vector<FailureClock> failure_clocks(const Model& model,
                                         std::uint32_t product) {
  const Cone cone(model, product);
  std::vector<FailureClock> clocks;
  for (const Process& process : model.plan.processes) {
    if (cone.meets(process)) clocks.push_back(clock_of(process));
  }
  for (const CommonCauseProcess& cause : model.plan.common_causes) {
    if (cone.meets(cause)) clocks.push_back(clock_of(cause));
  }
  for (const CompiledFault& fault : model.plan.faults) {
    if (cone.meets(fault)) clocks.push_back(clock_of(model, fault));
  }
  return clocks;
}

}  // namespace outagesim
