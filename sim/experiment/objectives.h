// Objectives held against a replication, window by window. Windows follow each
// other from the scenario's start; a horizon shorter than one is a single
// window in which nothing else happens. What is cut off at the horizon while it
// could still be missed is undecided, and does not count as met.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"

namespace outagesim {

struct JudgedWindow {
  bool met = true;
  bool undecided = false;  // then not met
  // With an error budget only: the share of it that is used up (1: all), and
  // how long it lasts from the window's start; censored where it does not end.
  std::optional<double> used = {};
  Seconds lasts{0};
  bool outlasts = true;
};

std::uint32_t window_count(const Model& model, const Objective& objective);

// What must not be exceeded in a window, of objectives that have such a budget:
// availability and downtime.
std::optional<Seconds> error_budget(const Objective& objective);

// "99.9 % available each 30 d", "MTTR at most 1 h", …
std::string objective_text(const Objective& objective);

// Every window of the replication. O(steps + outages + windows).
std::vector<JudgedWindow> judge(const Model& model,
                                const Replication& replication,
                                const CompiledObjective& objective);

// The windows of each objective of the model.
using JudgedObjectives = std::vector<std::vector<JudgedWindow>>;
JudgedObjectives judge_all(const Model& model, const Replication& replication);

// All objectives at once: the share of the time whose windows are met, of every
// objective the one that the moment lies in. So of windows of one length it is
// the share of them in which all is met, and 1 or 0 where there is but one.
// What lies behind the last whole window of any objective is not counted; 1
// without objectives. O(windows × objectives).
double met_together(const Model& model, const JudgedObjectives& judged);

}  // namespace outagesim
