#include "sim/engine/incidents.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/conditions.h"
#include "sim/engine/remedies.h"
#include "sim/engine/rollouts.h"
#include "sim/engine/teams.h"

namespace outagesim {
namespace {

const CompiledFault& fault_of(const World& world, const Incident& incident) {
  return world.model.plan.faults[incident.fault];
}

// Nullptr for a fault that nobody responds to.
const CompiledResponse* response_of(const World& world,
                                    const Incident& incident) {
  const std::uint32_t id = fault_of(world, incident).response;
  return id == kNone ? nullptr : &world.model.plan.responses[id];
}

Seconds age(const World& world, const Incident& incident, Seconds at) {
  const double start = world.result.incidents[incident.record].start;
  return at + world.model.begins - Seconds{start};
}

double speed_of(const World& world, const CompiledSignal& signal) {
  if (signal.through == kNone) return 1;
  const double served = world.health.served[signal.through] /
                        world.model.initial.served[signal.through];
  return signal.blind.value + (1 - signal.blind.value) * served;
}

// Brings the hazard that each signal has used up to the present.
void consume(World& world, Incident& incident) {
  const CompiledResponse& response = *response_of(world, incident);
  const Seconds from = age(world, incident, incident.signals_at);
  const Seconds to = age(world, incident, world.now);
  for (std::uint32_t i = 0; i < incident.signals; ++i) {
    SignalState& state = world.signals[incident.first_signal + i];
    const auto& law = response.detect[i].time;
    if (law && to > from) {
      state.consumed += state.speed * (cumulative_hazard(*law, to.value) -
                                       cumulative_hazard(*law, from.value));
    }
    state.speed = speed_of(world, response.detect[i]);
  }
  incident.signals_at = world.now;
}

// When the signal goes off if its speed stays as it is: the drawn uniform is
// kept and the remaining hazard rescaled by the speed.
Seconds time_of_signal(const World& world, const Incident& incident,
                       std::uint32_t i) {
  const CompiledSignal& signal = response_of(world, incident)->detect[i];
  const SignalState& state = world.signals[incident.first_signal + i];
  if (state.speed <= 0) return kForever;
  if (signal.reports) {
    CompiledPopulation everyone;
    everyone.reports = {1};
    return time_of_reports(everyone, world.crowd_rate, *signal.reports,
                           world.crowd);
  }
  const Seconds begun = world.now - age(world, incident, world.now);
  if (state.consumed == 0 && state.speed == 1) {
    return std::max(world.now,
                    begun + Seconds{quantile(*signal.time, state.u)});
  }
  const double used =
      cumulative_hazard(*signal.time, age(world, incident, world.now).value);
  const double left =
      std::max(0.0, state.threshold - state.consumed) / state.speed;
  if (used + left <= 0) return world.now;
  return std::max(world.now, begun + Seconds{inverse_cumulative_hazard(
                                         *signal.time, used + left)});
}

void race(World& world, std::uint32_t id) {
  Incident& incident = world.incidents[id];
  ++incident.epoch;
  Seconds first = kForever;
  std::uint32_t winner = kNone;
  for (std::uint32_t i = 0; i < incident.signals; ++i) {
    const Seconds at = time_of_signal(world, incident, i);
    if (at < first) {
      first = at;
      winner = i;
    }
  }
  if (winner == kNone) return;
  schedule(world, first, {EventKind::kSignal, id, winner, incident.epoch});
}

void schedule_word(World& world, EventKind kind, std::uint32_t incident,
                   const std::optional<Distribution>& law) {
  if (!law) return;
  const std::uint64_t key =
      mixed(world.incidents[incident].key, static_cast<std::uint64_t>(kind));
  schedule(world, world.now + draw_time(world, *law, key, Purpose::kSaid),
           {kind, incident, 0, 0});
}

void detected(World& world, std::uint32_t id, const std::string& how) {
  Incident& incident = world.incidents[id];
  const CompiledResponse& response = *response_of(world, incident);
  incident.detected = true;
  ++incident.epoch;
  world.result.incidents[incident.record].detected = stamp(world);
  if (world.trace) {
    tell(world, fault_of(world, incident).name + " is detected", how);
  }
  if (world.model.plan.communication) {
    schedule_word(world, EventKind::kSaidAcknowledged, id,
                  world.model.plan.communication->acknowledged);
  }
  Seconds takes{0};
  if (response.engage) {
    takes = draw_time(world, *response.engage, incident.key, Purpose::kEngage);
  }
  takes += off_hours_delay(world, response.team, incident.key);
  schedule(world, world.now + takes, {EventKind::kEngage, id, 0, 0});
}

// Telemetry that is down makes diagnosis longer and errors likelier.
Seconds time_to_diagnose(const World& world, const Incident& incident,
                         const CompiledResponse& response) {
  if (!response.diagnose) return {0};
  const Diagnosis& law = *response.diagnose;
  double factor = 1;
  if (response.diagnose_through != kNone) {
    const double served = world.health.served[response.diagnose_through] /
                          world.model.initial.served[response.diagnose_through];
    factor += (law.blind_factor - 1) * (1 - served);
  }
  Seconds takes =
      draw_time(world, law.time, incident.key, Purpose::kDiagnose) * factor;
  const double u = draw(world, incident.key, Purpose::kWrong).value;
  if (law.wrong_costs && u < std::min(1.0, law.wrong.value * factor)) {
    takes +=
        draw_time(world, *law.wrong_costs, incident.key, Purpose::kWrongCosts);
  }
  return with_hand_overs(world, response.team, takes);
}

// The race of every incident that listens to a signal whose speed has changed.
template <class IsConcerned>
void race_again(World& world, IsConcerned is_concerned) {
  const auto is_through = [&](std::uint32_t id) {
    return !world.incidents[id].open || world.incidents[id].detected;
  };
  std::erase_if(world.listening, is_through);
  for (const std::uint32_t id : world.listening) {
    Incident& incident = world.incidents[id];
    if (!std::ranges::any_of(response_of(world, incident)->detect,
                             is_concerned)) {
      continue;
    }
    consume(world, incident);
    race(world, id);
  }
}

}  // namespace

void start_detection(World& world, std::uint32_t id) {
  Incident& incident = world.incidents[id];
  const CompiledResponse* response = response_of(world, incident);
  if (response == nullptr || !incident.open) return;
  if (response->detect.empty()) return detected(world, id, "at once");
  incident.first_signal = static_cast<std::uint32_t>(world.signals.size());
  incident.signals = static_cast<std::uint32_t>(response->detect.size());
  incident.signals_at = world.now;
  for (const CompiledSignal& signal : response->detect) {
    SignalState state;
    state.u = draw(world, mixed(incident.key, signal.key), Purpose::kSignal);
    state.threshold = -std::log1p(-state.u.value);
    state.speed = speed_of(world, signal);
    world.signals.push_back(state);
  }
  world.listening.push_back(id);
  race(world, id);
}

void signals_changed(World& world, NodeId node) {
  race_again(world, [&](const CompiledSignal& s) { return s.through == node; });
}

void crowd_changed(World& world) {
  race_again(world,
             [](const CompiledSignal& s) { return s.reports.has_value(); });
}

void signal_goes_off(World& world, std::uint32_t id, std::uint32_t signal) {
  const Incident& incident = world.incidents[id];
  if (!incident.open || incident.detected) return;
  detected(world, id, response_of(world, incident)->detect[signal].name);
}

void ready_to_engage(World& world, std::uint32_t id) {
  Incident& incident = world.incidents[id];
  if (!incident.open) return;
  const std::uint32_t team = response_of(world, incident)->team;
  if (team == kNone) return engaged(world, id);
  incident.task = ask_for_responder(world, {true, id, team, true});
}

void engaged(World& world, std::uint32_t id) {
  Incident& incident = world.incidents[id];
  incident.engaged = true;
  world.result.incidents[incident.record].engaged = stamp(world);
  if (world.trace) {
    tell(world, "responders work on " + fault_of(world, incident).name);
  }
  const CompiledResponse& response = *response_of(world, incident);
  schedule(world, world.now + time_to_diagnose(world, incident, response),
           {EventKind::kDiagnosed, id, 0, 0});
}

void diagnosed(World& world, std::uint32_t id) {
  Incident& incident = world.incidents[id];
  if (!incident.open) return;
  incident.diagnosed = true;
  world.result.incidents[incident.record].diagnosed = stamp(world);
  if (world.trace) {
    tell(world, "the cause is known: " + fault_of(world, incident).name);
  }
  if (world.model.plan.communication) {
    schedule_word(world, EventKind::kSaidCause, id,
                  world.model.plan.communication->cause_found);
  }
  if (incident.team != kNone) release_responder(world, incident.team);
  halt_rollout(world, id);
  if (world.incidents[id].open) start_remedies(world, id);
}

void note_mitigated(World& world, std::uint32_t id) {
  IncidentRecord& record = world.result.incidents[world.incidents[id].record];
  if (std::isnan(record.mitigated)) record.mitigated = stamp(world);
}

void close_incident(World& world, std::uint32_t id) {
  Incident& incident = world.incidents[id];
  incident.open = false;
  ++incident.epoch;
  if (world.trace) {
    tell(world, "incident " + fault_of(world, incident).name + " is over");
  }
  cancel_task(world, incident.task);
  if (incident.engaged && !incident.diagnosed && incident.team != kNone) {
    release_responder(world, incident.team);
  }
  end_remedies(world, id);
  if (world.model.plan.communication) {
    schedule_word(world, EventKind::kSaidResolved, id,
                  world.model.plan.communication->resolved);
  }
  fire_after(world, CompiledTrigger::Kind::kFaultEnded,
             world.incidents[id].fault);
}

void say(World& world, const Word& word) {
  const CompiledCommunication& communication = *world.model.plan.communication;
  if (communication.page != kNone && !is_up(world, communication.page)) {
    world.words.push_back(word);
    return;
  }
  IncidentRecord& record =
      world.result.incidents[world.incidents[word.incident].record];
  if (word.kind == EventKind::kSaidAcknowledged) {
    record.acknowledged = stamp(world);
    if (world.trace) tell(world, "operator: we are investigating");
  } else if (word.kind == EventKind::kSaidCause) {
    record.cause_said = stamp(world);
    if (world.trace) tell(world, "operator: the cause is identified");
    schedule_word(world, EventKind::kSaidEstimate, word.incident,
                  communication.estimate);
  } else if (word.kind == EventKind::kSaidEstimate) {
    record.estimate_said = stamp(world);
    if (world.trace) tell(world, "operator: an estimate is given");
  } else {
    record.resolved_said = stamp(world);
    if (world.trace) tell(world, "operator: resolved");
  }
}

void page_changed(World& world) {
  if (!is_up(world, world.model.plan.communication->page)) return;
  std::vector<Word>& words = world.words;
  const std::size_t due = words.size();
  for (std::size_t i = 0; i < due; ++i) say(world, Word{words[i]});
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(due));
}

}  // namespace outagesim
