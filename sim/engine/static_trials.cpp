#include "sim/engine/static_trials.h"

#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "sim/core/random.h"
#include "sim/engine/draws.h"

namespace outagesim {
namespace {

constexpr std::uint32_t kMostNeeded = 64;

// Why the process has to do with time; empty if it has not.
std::string why_timed(const Process& process) {
  const std::string who = "\"" + process.name + "\" ";
  if (!process.stationary) return who + "begins as new (stationary = true?)";
  if (process.clock != kNone) return who + "has a profile";
  if (process.severity) return who + "has a severity";
  if (process.start_to_start) return who + "runs from start to start";
  return "";
}

std::string why_timed(const Graph& graph, const CompiledNeed& need) {
  const std::string who = "a need of \"" + node_name(graph, need.owner) + "\" ";
  if (need.kind == NeedKind::kCached) return who + "is cached";
  if (need.share != 1) return who + "has a share";
  if (need.at_least > kMostNeeded) return who + "wants more than 64 answers";
  return "";
}

bool is_tolerated(NeedKind kind) {
  return kind == NeedKind::kSoft || kind == NeedKind::kAsync;
}

std::string why_timed(const Model& model) {
  const Plan& plan = model.plan;
  if (!plan.faults.empty()) {
    return "fault \"" + plan.faults.front().name + "\" happens at a time";
  }
  if (!plan.common_causes.empty()) {
    return "\"" + plan.common_causes.front().name + "\" is a common cause";
  }
  if (model.graph.nodes.size() > model.graph.services.size()) {
    return "services have cells";
  }
  if (model.graph.has_timeouts) return "needs have time-outs";
  for (const Process& process : plan.processes) {
    if (const auto why = why_timed(process); !why.empty()) return why;
  }
  for (const CompiledNeed& need : model.graph.needs) {
    if (is_tolerated(need.kind)) continue;
    if (const auto why = why_timed(model.graph, need); !why.empty()) return why;
  }
  return "";
}

void add_gates(const Graph& graph, NodeId node, StaticSystem& system) {
  StaticService& service = system.services[node];
  service.first_gate = static_cast<std::uint32_t>(system.gates.size());
  for (const CompiledNeed& need : needs_of(graph, node)) {
    if (is_tolerated(need.kind)) continue;
    const bool quorum = need.kind == NeedKind::kQuorum;
    system.gates.push_back(
        {need.first_target, need.targets, quorum ? need.at_least : 1});
    ++service.gates;
  }
}

void add_draws(const Plan& plan, NodeId node, StaticSystem& system) {
  StaticService& service = system.services[node];
  service.first_draw = static_cast<std::uint32_t>(system.draws.size());
  for (const Process& process : plan.processes) {
    if (process.nodes.front() != node) continue;
    const double up = process.mean_up.value;
    system.draws.push_back({process.key, up / (up + process.mean_down.value)});
    ++service.draws;
  }
}

// One bit a trial: at least `need` of the gate's targets, by adding one target
// at a time to the words "at least 1, 2 … of those before".
TrialBits met(const StaticSystem& system, const StaticGate& gate,
              std::span<const TrialBits> up) {
  const std::span<const NodeId> targets{system.targets.data() + gate.first,
                                        gate.count};
  if (gate.need == 1) {
    TrialBits any = 0;
    for (const NodeId target : targets) any |= up[target];
    return any;
  }
  std::array<TrialBits, kMostNeeded + 1> at_least{};
  at_least[0] = ~TrialBits{0};
  for (const NodeId target : targets) {
    for (std::uint32_t k = gate.need; k > 0; --k) {
      at_least[k] |= at_least[k - 1] & up[target];
    }
  }
  return at_least[gate.need];
}

TrialBits all_met(const StaticSystem& system, const StaticService& service,
                  std::span<const TrialBits> up) {
  TrialBits all = ~TrialBits{0};
  for (std::uint32_t i = 0; i < service.gates; ++i) {
    all &= met(system, system.gates[service.first_gate + i], up);
  }
  return all;
}

TrialBits own_bits(const StaticSystem& system, const StaticService& service,
                   std::uint64_t seed, std::uint64_t word) {
  TrialBits bits = ~TrialBits{0};
  for (std::uint32_t i = 0; i < service.draws; ++i) {
    const StaticDraw& draw = system.draws[service.first_draw + i];
    bits &= biased_bits(draw.up, seed, word, draw.key);
  }
  return bits;
}

// From all that are up by themselves down to what stays: the greatest fixed
// point.
void settle(const StaticSystem& system, const Circle& circle,
            std::span<TrialBits> up) {
  for (bool changed = true; changed;) {
    changed = false;
    for (NodeId node = circle.first; node < circle.last; ++node) {
      const TrialBits left =
          up[node] & all_met(system, system.services[node], up);
      changed = changed || left != up[node];
      up[node] = left;
    }
  }
}

}  // namespace

Parsed<StaticSystem> static_system(const Model& model) {
  if (auto why = why_timed(model); !why.empty()) {
    return not_parsed<StaticSystem>(std::move(why));
  }
  StaticSystem system;
  system.targets = model.graph.targets;
  system.circles = model.graph.circles;
  system.services.resize(model.graph.nodes.size());
  for (NodeId node = 0; node < system.services.size(); ++node) {
    add_draws(model.plan, node, system);
    add_gates(model.graph, node, system);
  }
  return parsed(std::move(system));
}

// Compares 64 uniform numbers with p, bit by bit from the first: those that
// differ from p's bit are decided.
TrialBits biased_bits(double p, std::uint64_t seed, std::uint64_t word,
                      std::uint64_t key) {
  if (p >= 1) return ~TrialBits{0};
  auto rest = static_cast<std::uint64_t>(std::ldexp(p, 64));
  Stream stream({.seed = seed,
                 .replication = word,
                 .entity = key,
                 .purpose = static_cast<std::uint64_t>(Purpose::kStaticUp)});
  TrialBits below = 0, undecided = ~TrialBits{0};
  for (; rest != 0 && undecided != 0; rest <<= 1) {
    const std::uint64_t bits = stream.next_bits();
    const bool one = rest >> 63 != 0;
    if (one) below |= undecided & ~bits;
    undecided &= one ? bits : ~bits;
  }
  return below;
}

void simulate_word(const StaticSystem& system, std::uint64_t seed,
                   std::uint64_t word, std::span<TrialBits> up) {
  std::size_t circle = 0;
  for (NodeId node = 0; node < up.size();) {
    const bool in_circle =
        circle < system.circles.size() && system.circles[circle].first == node;
    if (!in_circle) {
      const StaticService& service = system.services[node];
      up[node] =
          own_bits(system, service, seed, word) & all_met(system, service, up);
      ++node;
      continue;
    }
    const Circle& round = system.circles[circle++];
    for (; node < round.last; ++node) {
      up[node] = own_bits(system, system.services[node], seed, word);
    }
    settle(system, round, up);
  }
}

}  // namespace outagesim
