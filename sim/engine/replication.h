// What one replication yields: plain data, a pure function of (model, key).
// Times are seconds from the scenario's start; NaN = did not happen.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "models/compiled/user_impact.h"

namespace outagesim {

inline constexpr double kNever = std::numeric_limits<double>::quiet_NaN();

struct OutageRecord {
  std::uint32_t product = 0;
  std::uint32_t cause = 0;       // of the fault it belongs to; kNone: unknown
  double onset = kNever;         // served fell below the threshold
  double detected = kNever;      // its fault was noticed
  double first_word = kNever;    // the operator's first public word
  double worst = kNever;         // first moment of the minimum
  double first_cell = kNever;    // first cell restored
  double substantial = kNever;   // back at `substantial` for good; not told
                                 // where that has yet to last
  double end = kNever;           // recovered; where censored, not before this
  double full = kNever;          // nothing degraded; the same
  double lowest = 1;             // served fraction over baseline at `worst`
  double lost = 0;               // ∫ (1 − served / baseline) dt over the outage
  bool was_substantial = false;  // fell below `substantial` at all
  bool censored = false;         // still open at the horizon, or well for too
                                 // short a time to count as over
  bool full_censored = false;
  bool shared = false;  // another fault struck during it
};

// One incident of a fault that has a response: where the time went.
struct IncidentRecord {
  std::uint32_t fault = 0;
  double start = kNever;
  double detected = kNever;
  double engaged = kNever;
  double diagnosed = kNever;
  double mitigated = kNever;     // first cell restored
  double restored = kNever;      // last cell restored, or the horizon
  double acknowledged = kNever;  // the operator's public words
  double cause_said = kNever;
  double estimate_said = kNever;
  double resolved_said = kNever;
  bool censored = false;
};

struct ProductRecord {
  double served_time = 0;    // ∫ served / baseline dt
  double degraded_time = 0;  // ∫ share degraded dt
  double outage_time = 0;    // total length of its outages
  std::uint32_t outages = 0;
};

struct PopulationRecord {
  Harm harm;
  double users_affected = 0;
  double reports_peak = 0;  // in 15 min
  double reports_total = 0;
};

// A step of a product's served fraction: holds from `t` to the next step.
struct ServedStep {
  double t = 0;
  std::uint32_t product = 0;
  float served = 1;  // of baseline
};

struct Replication {
  std::uint64_t index = 0;
  std::vector<OutageRecord> outages;      // by onset
  std::vector<IncidentRecord> incidents;  // by start
  std::vector<ProductRecord> products;
  std::vector<PopulationRecord> populations;
  std::vector<ServedStep> steps;    // changes only, by time
  std::vector<std::uint8_t> fell;   // by service: below `substantial`
  std::vector<double> failed_time;  // by process: s for which it was failed
  double users_peak_share = 0;  // largest share of all users failing at once
  double first_word = kNever;   // of the first incident
  double first_detected = kNever;
  std::uint64_t events = 0;
  bool endless = false;    // given up: its faults cause one another without end
  bool abandoned = false;  // given up: a stop was requested
};

}  // namespace outagesim
