// What can happen, by index: faults with their places resolved to nodes,
// background processes, responses and remedies. Read-only; the engine keeps the
// state. Laws stay as the author wrote them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/compiled/model.h"
#include "models/parts/background.h"
#include "models/parts/fault.h"
#include "models/parts/response.h"

namespace outagesim {

// Cell nodes to act on. `nodes` holds all candidates, ascending by cell; where
// `how` is kNumber or kShare the engine picks `count` of them at random
// without replacement; otherwise all of them (names and sizes are resolved).
struct PlaceChoice {
  std::vector<NodeId> nodes;
  std::uint32_t count = 0;  // how many of them
  bool random = false;      // count < nodes.size(), chosen by draw
  bool overlaps = false;    // may choose what an earlier place has chosen
};

struct CompiledTrigger {
  enum class Kind : std::uint8_t {
    kAtTime,
    kAtRate,
    kServedBelow,
    kRemedyDone,
    kFaultStarted,
    kFaultEnded
  };
  Kind kind = Kind::kAtTime;
  Seconds at{0};
  PerSecond rate{0};
  NodeId node = kNone;  // kServedBelow: the whole node watched
  Fraction below{0.5};
  Seconds lasting{0};
  std::uint32_t subject = kNone;  // remedy or fault index
  std::optional<Distribution> delay;
  Probability happens{1};
};

struct CompiledWave {
  PlaceChoice cells;  // a subset of the change's places; engine skips those
  Seconds over{0};    // already changed
  Seconds bake{0};
};
struct CompiledCheck {
  std::vector<ServiceId> services;
  Fraction below{0.95};
  Probability catches{1};
  SwitchBy halt = SwitchBy::kAutomatic;
  std::optional<Distribution> rollback;
};
struct CompiledRollout {
  std::vector<CompiledWave> waves;
  std::optional<Distribution> takes_effect;
  std::optional<CompiledCheck> check;
};

struct CompiledFault {
  std::string name;
  std::uint64_t key = 0;  // name_hash
  CompiledTrigger trigger;
  std::vector<PlaceChoice> where;
  FaultEffect effect;
  std::optional<Distribution> ends;
  std::optional<RestartAfter> then;
  Visibility visible = AtOnce{};
  std::optional<CompiledRollout> rollout;
  std::uint32_t response = kNone;
  std::vector<std::uint32_t> remedies;  // in the author's order
};

// A renewal process: background failures of one service, or of one cell of it.
struct Process {
  std::string name;  // "fails of api", "fails of db.3"
  std::uint64_t key = 0;
  std::vector<NodeId> nodes;
  Distribution time_to_failure, time_to_repair;
  Seconds mean_up{0}, mean_down{0};  // of the two; stationary ones only
  std::optional<Distribution> severity;
  bool start_to_start = false, stationary = false;
  std::uint32_t clock = kNone;  // into Plan::clocks: operational time
};

struct CommonCauseProcess {
  struct Member {
    std::vector<NodeId> nodes;
    Probability struck{1};
    std::uint64_t key = 0;  // hash of the member's name
  };
  std::string name;
  std::uint64_t key = 0;
  Distribution time_between, time_to_repair;
  Seconds mean_up{0}, mean_down{0};  // of the two; stationary ones only
  bool shared_repair = true, stationary = false;
  std::optional<Distribution> severity;
  std::vector<Member> members;
  std::uint32_t clock = kNone;
};

// How many members a strike hits on average.
double struck_on_average(const CommonCauseProcess& common);

// Operational time: factor of each hour of the horizon and its running sum.
struct Clock {
  std::vector<double> factor;      // by hour from `origin`
  std::vector<double> cumulative;  // s of operational time at each hour; n + 1
  Seconds origin{0};  // from the scenario's start: where a local hour begins
};
// Precondition: not empty.
Clock make_clock(std::vector<double> factor, Seconds origin = {0});
// The beginning of the clock's next hour. Result > t.
Seconds next_hour(const Clock& clock, Seconds t);
// The factor of the hour in which `t` lies. Before the first hour the first
// goes back for ever, after the last the last goes on.
double factor_at(const Clock& clock, Seconds t);
// The first real time at which operational time `target` is reached, and back.
// Infinite where the clock stands still for good. O(log hours), and O(1).
Seconds real_time(const Clock& clock, Seconds operational);
Seconds operational_time(const Clock& clock, Seconds real);

struct CompiledSignal {
  std::string name;
  std::uint64_t key = 0;
  std::optional<Distribution> time;
  NodeId through = kNone;  // whole node whose served fraction is its speed
  Fraction blind{0};
  std::optional<double> reports;  // crowd: reports in 15 min
};

struct CompiledResponse {
  std::string name;
  std::uint64_t key = 0;
  std::uint32_t team = kNone;
  std::vector<CompiledSignal> detect;  // empty: detected at once
  std::optional<Distribution> engage;
  std::optional<Diagnosis> diagnose;
  NodeId diagnose_through = kNone;
};

struct LockOut {
  ServiceId service = 0;
  bool per_cell = false;  // shares its cells with those the remedy acts on
  std::optional<Distribution> break_glass;
};

struct CompiledRemedy {
  std::string name;
  std::uint64_t key = 0;
  std::uint32_t team = kNone;
  std::uint32_t after = kNone;  // remedy index
  Distribution first;
  std::optional<Distribution> rest;
  RemedyEffect effect;  // subject resolved below
  // What it may act on, in its stated order: cells for repair, undo, load and
  // capacity; the owners' needs for switch and drop; whole node for traffic.
  std::vector<NodeId> cells;
  std::vector<NeedId> needs;  // switch, drop: parallel to cells
  bool random_order = false;
  std::uint32_t at_most = kNone;  // only the first so many of the affected
  std::vector<LockOut> lock_outs;
  Probability works{1};
};

struct CompiledTeam {
  std::string name;
  std::uint64_t key = 0;
  std::uint32_t responders = 1;
  std::optional<OnCall> on_call;
  std::uint32_t on_call_clock = kNone;  // factor 1 in hours on call, else 0
  std::uint32_t escalates_to = kNone;
  Seconds escalates_after{0};
  std::optional<Seconds> shift;
  Seconds hand_over{0};
  Money per_hour{0};
};

struct CompiledCommunication {
  NodeId page = kNone;
  std::optional<Distribution> acknowledged, cause_found, estimate, resolved;
};

struct Plan {
  std::vector<CompiledFault> faults;
  std::vector<Process> processes;
  std::vector<CommonCauseProcess> common_causes;
  std::vector<CompiledResponse> responses;
  std::vector<CompiledRemedy> remedies;
  std::vector<CompiledTeam> teams;
  std::vector<std::uint32_t> startup_at_once;  // by startup limit
  std::vector<Clock> clocks;
  std::optional<CompiledCommunication> communication;
  double parallel_correlation = 0.5;
};

// Causes are numbered faults first, then processes, then common causes.
std::uint32_t cause_count(const Plan& plan);
const std::string& cause_name(const Plan& plan, std::uint32_t cause);

}  // namespace outagesim
