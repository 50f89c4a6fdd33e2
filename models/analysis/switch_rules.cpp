#include "models/analysis/switch_rules.h"

#include <algorithm>

namespace outagesim {

SwitchRules::SwitchRules(const Model& model,
                         const std::vector<std::uint8_t>& nodes,
                         std::vector<std::uint32_t> processes)
    : model_(model),
      processes_(std::move(processes)),
      health_(model.initial),
      propagation_(model.graph),
      left_(model.graph.nodes.size(), 1) {
  for (const NeedId id : model.graph.stateful) {
    const CompiledNeed& need = model.graph.needs[id];
    if (need.kind == NeedKind::kAny && nodes[need.owner]) needs_.push_back(id);
  }
}

const Need& SwitchRules::law(std::size_t i) const {
  return model_.graph.need_laws[model_.graph.needs[needs_[i]].law];
}

void SwitchRules::settle(const SwitchState& state) {
  const Graph& graph = model_.graph;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    for (const NodeId node : model_.plan.processes[processes_[i]].nodes) {
      left_[node] = 1;
    }
  }
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    const Process& process = model_.plan.processes[processes_[i]];
    if (!state.down[i]) continue;
    const double lost = process.severity ? mean(*process.severity) : 1;
    for (const NodeId node : process.nodes) {
      left_[node] *= 1 - std::clamp(lost, 0.0, 1.0);
    }
  }
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    for (const NodeId node : model_.plan.processes[processes_[i]].nodes) {
      const bool shares = is_one_cell(graph, node) &&
                          graph.services[graph.nodes[node].service].routing ==
                              Routing::kBalanced;
      const double capacity = shares ? 1 : graph.nodes[node].capacity;
      health_.own[node] = std::min(1.0, left_[node] * capacity);
      propagation_.mark(node);
    }
  }
  for (std::size_t i = 0; i < needs_.size(); ++i) {
    const CompiledNeed& need = graph.needs[needs_[i]];
    NeedState& now = health_.needs[need.state];
    now.active = state.switches[i].active;
    now.switching = state.switches[i].phase == SwitchPhase::kTurns;
    propagation_.mark(need.owner);
  }
  propagation_.settle(health_);
  propagation_.clear_changed();
}

double SwitchRules::served(const SwitchState& state, NodeId node) {
  settle(state);
  return health_.served[node];
}

SwitchRules::Seen SwitchRules::seen(const SwitchState& state) {
  settle(state);
  Seen now;
  for (const NeedId id : needs_) {
    const CompiledNeed& need = model_.graph.needs[id];
    std::vector<double> serves;
    for (const NodeId target : targets_of(model_.graph, need)) {
      serves.push_back(health_.served[target]);
    }
    now.serves.push_back(std::move(serves));
  }
  return now;
}

bool SwitchRules::works(std::size_t i, const Seen& now,
                        std::uint32_t alternative) const {
  return now.serves[i][alternative] >= law(i).switch_below.value;
}

bool SwitchRules::wants(std::size_t i, const Seen& now,
                        const SwitchStand& stand) const {
  if (!works(i, now, stand.active)) return true;
  return law(i).switch_back && stand.active != 0 && works(i, now, 0);
}

std::uint32_t SwitchRules::choice(std::size_t i, const Seen& now,
                                  const SwitchStand& stand) const {
  for (std::uint32_t a = 0; a < now.serves[i].size(); ++a) {
    if (a != stand.active && works(i, now, a)) return a;
  }
  return kNone;
}

void SwitchRules::follow(const SwitchState& from, SwitchState next, double rate,
                         const To& to) {
  react(seen(from), std::move(next), rate, to);
}

// The first switch whose alternatives have changed, or that has just turned,
// acts; what it does is seen by the others.
void SwitchRules::react(const Seen& before, SwitchState state, double rate,
                        const To& to) {
  const Seen now = seen(state);
  for (std::size_t i = 0; i < needs_.size(); ++i) {
    SwitchStand& stand = state.switches[i];
    if (now.serves[i] == before.serves[i] ||
        stand.phase == SwitchPhase::kTurns) {
      continue;
    }
    if (!wants(i, now, stand)) {
      stand.phase = SwitchPhase::kRests;
      continue;
    }
    if (stand.phase != SwitchPhase::kRests) continue;
    if (!law(i).switch_detection) {
      return noticed(i, now, std::move(state), rate, to);
    }
    stand.phase = SwitchPhase::kNotices;
  }
  to(state, rate);
}

// The switch turns, starts to turn, finds nowhere to go, or is stuck.
void SwitchRules::noticed(std::size_t i, const Seen& now, SwitchState state,
                          double rate, const To& to) {
  SwitchStand& stand = state.switches[i];
  stand.phase = SwitchPhase::kRests;
  const std::uint32_t wanted =
      wants(i, now, stand) ? choice(i, now, stand) : kNone;
  if (wanted == kNone) {
    // Its own alternatives are looked at: only others may still react.
    return react(now, std::move(state), rate, to);
  }
  const double coverage = law(i).coverage.value;
  if (coverage < 1) {
    SwitchState stuck = state;
    stuck.switches[i].phase = SwitchPhase::kStuck;
    react(now, std::move(stuck), rate * (1 - coverage), to);
  }
  if (law(i).switch_time) {
    stand.phase = SwitchPhase::kTurns;
    stand.wanted = static_cast<std::uint8_t>(wanted);
  } else {
    stand.active = static_cast<std::uint8_t>(wanted);
  }
  if (coverage > 0) {
    react(now, std::move(state), rate * coverage, to);
  }
}

void SwitchRules::switch_moves(const SwitchState& from, const To& to) {
  const Seen now = seen(from);
  for (std::size_t i = 0; i < needs_.size(); ++i) {
    const SwitchStand& stand = from.switches[i];
    if (stand.phase == SwitchPhase::kNotices) {
      noticed(i, now, from, 1 / mean(*law(i).switch_detection), to);
    }
    if (stand.phase != SwitchPhase::kTurns) continue;
    SwitchState next = from;
    SwitchStand& then = next.switches[i];
    then.active = stand.wanted;
    then.wanted = 0;
    then.phase = SwitchPhase::kRests;
    // It looks again at once: what it turned to may have failed meanwhile.
    Seen before = now;
    before.serves[i].clear();
    react(before, std::move(next), 1 / mean(*law(i).switch_time), to);
  }
}

}  // namespace outagesim
