#include "models/analysis/switch_rules.h"

#include <algorithm>

#include "models/analysis/erlang_fit.h"

namespace outagesim {

SwitchRules::SwitchRules(const Model& model,
                         const std::vector<std::uint8_t>& nodes,
                         std::vector<PartLosses> losses, std::uint32_t phases)
    : model_(model),
      losses_(std::move(losses)),
      health_(model.initial),
      propagation_(model.graph),
      left_(model.graph.nodes.size()) {
  for (const PartLosses& part : losses_) {
    for (const auto& level : part) {
      for (const NodeLoss& loss : level) touched_.push_back(loss.node);
    }
  }
  std::ranges::sort(touched_);
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  for (const NeedId id : model.graph.stateful) {
    const CompiledNeed& need = model.graph.needs[id];
    if (need.kind != NeedKind::kAny || !nodes[need.owner]) continue;
    needs_.push_back(id);
    noticing_.push_back(
        phases_of(law(needs_.size() - 1).switch_detection, phases));
    turning_.push_back(phases_of(law(needs_.size() - 1).switch_time, phases));
  }
}

PhaseType SwitchRules::phases_of(const Boxed<Distribution>& time,
                                 std::uint32_t phases) {
  if (!time) return {};
  if (phases == 1) return {{1}, {1}, {1}};
  PhaseTypeFit fit = fit_erlangs(*time, phases);
  if (!fit.exact) fit_error_ = std::max(fit_error_, fit.largest_difference);
  return std::move(fit.phases);
}

const Need& SwitchRules::law(std::size_t i) const {
  return model_.graph.need_laws[model_.graph.needs[needs_[i]].law];
}

void SwitchRules::settle(const SwitchState& state) {
  const Graph& graph = model_.graph;
  for (const NodeId node : touched_) left_[node] = {node, 1, 1};
  for (std::size_t i = 0; i < losses_.size(); ++i) {
    for (const NodeLoss& loss : losses_[i][state.down[i]]) {
      left_[loss.node].health *= loss.health;
      left_[loss.node].served *= loss.served;
    }
  }
  for (const NodeId node : touched_) {
    const bool shares =
        is_one_cell(graph, node) &&
        graph.services[graph.nodes[node].service].routing == Routing::kBalanced;
    const double capacity = shares ? 1 : graph.nodes[node].capacity;
    health_.own[node] =
        std::min(1.0, left_[node].health * capacity) * left_[node].served;
    propagation_.mark(node);
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
  if (needs_.empty()) return to(next, rate);
  react({seen(from), std::move(next), rate}, to);
}

// The first switch whose alternatives have changed, or that has just turned,
// acts; what it does is seen by the others.
void SwitchRules::react(Reaction about, const To& to) {
  const Seen now = seen(about.state);
  for (std::size_t i = about.first; i < needs_.size(); ++i) {
    SwitchStand& stand = about.state.switches[i];
    if (now.serves[i] == about.before.serves[i] ||
        stand.phase == SwitchPhase::kTurns) {
      continue;
    }
    if (!wants(i, now, stand)) {
      stand.phase = SwitchPhase::kRests;
      stand.step = 0;
      continue;
    }
    if (stand.phase != SwitchPhase::kRests) continue;
    if (!law(i).switch_detection) {
      return noticed(i, now, std::move(about.state), about.rate, to);
    }
    stand.phase = SwitchPhase::kNotices;
    const std::vector<double>& start = noticing_[i].start;
    for (std::size_t k = 0; k < start.size(); ++k) {
      if (start[k] == 0) continue;
      Reaction rest{about.before, about.state, about.rate * start[k], i + 1};
      rest.state.switches[i].step = static_cast<std::uint8_t>(k);
      react(std::move(rest), to);
    }
    return;
  }
  to(about.state, about.rate);
}

// The switch turns, starts to turn, finds nowhere to go, or is stuck.
void SwitchRules::noticed(std::size_t i, const Seen& now, SwitchState state,
                          double rate, const To& to) {
  SwitchStand& stand = state.switches[i];
  stand.phase = SwitchPhase::kRests;
  stand.step = 0;
  const std::uint32_t wanted =
      wants(i, now, stand) ? choice(i, now, stand) : kNone;
  if (wanted == kNone) {
    // Its own alternatives are looked at: only others may still react.
    return react({now, std::move(state), rate}, to);
  }
  const double coverage = law(i).coverage.value;
  if (coverage < 1) {
    SwitchState stuck = state;
    stuck.switches[i].phase = SwitchPhase::kStuck;
    react({now, std::move(stuck), rate * (1 - coverage)}, to);
  }
  if (coverage == 0) return;
  if (!law(i).switch_time) {
    stand.active = static_cast<std::uint8_t>(wanted);
    return react({now, std::move(state), rate * coverage}, to);
  }
  stand.phase = SwitchPhase::kTurns;
  stand.wanted = static_cast<std::uint8_t>(wanted);
  const std::vector<double>& start = turning_[i].start;
  for (std::size_t k = 0; k < start.size(); ++k) {
    if (start[k] == 0) continue;
    SwitchState begun = state;
    begun.switches[i].step = static_cast<std::uint8_t>(k);
    react({now, std::move(begun), rate * coverage * start[k]}, to);
  }
}

void SwitchRules::turned(std::size_t i, const Seen& now, SwitchState state,
                         double rate, const To& to) {
  SwitchStand& then = state.switches[i];
  then = {then.wanted, 0, SwitchPhase::kRests, 0};
  // It looks again at once: what it turned to may have failed meanwhile.
  Seen before = now;
  before.serves[i].clear();
  react({std::move(before), std::move(state), rate}, to);
}

void SwitchRules::switch_moves(const SwitchState& from, const To& to) {
  for (std::size_t i = 0; i < needs_.size(); ++i) {
    const SwitchPhase phase = from.switches[i].phase;
    if (phase == SwitchPhase::kNotices || phase == SwitchPhase::kTurns) {
      switch_move(i, from, to);
    }
  }
}

void SwitchRules::switch_move(std::size_t i, const SwitchState& from,
                              const To& to) {
  const SwitchStand& stand = from.switches[i];
  const bool notices = stand.phase == SwitchPhase::kNotices;
  const PhaseType& time = notices ? noticing_[i] : turning_[i];
  const double rate = time.leave[stand.step];
  const std::uint32_t next = time.next[stand.step];
  if (next < time.phases()) {
    SwitchState later = from;
    later.switches[i].step = static_cast<std::uint8_t>(next);
    to(later, rate);
  } else if (notices) {
    noticed(i, seen(from), from, rate, to);
  } else {
    turned(i, seen(from), from, rate, to);
  }
}

}  // namespace outagesim
