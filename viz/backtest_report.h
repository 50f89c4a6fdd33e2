// Several recorded incidents against their scenarios: where each milestone fell
// in the simulated times, and whether the places are those of honest forecasts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/experiment/milestones.h"
#include "sim/experiment/uniformity.h"
#include "viz/run_info.h"
#include "viz/table.h"

namespace outagesim {

// One milestone of one incident.
struct BacktestRow {
  std::string scenario;
  std::string product;
  std::string milestone;
  double observed = 0;  // s
  std::uint64_t n = 0;  // simulated times, of which so many cut off
  std::uint64_t censored = 0;
  Backtest test;
};

struct BacktestStory {
  std::vector<BacktestRow> rows;
  // By scenario: "supplier-power: fault.power.where".
  std::vector<std::string> taken_from_incident;
  // One place an incident, of its last milestone: milestones of one incident
  // depend on each other.
  std::vector<double> places;
  // Scenarios of an incident that an earlier one tells, which have no place of
  // their own: "power-2 (as power)".
  std::vector<std::string> repeated;
  std::size_t beyond = 0;  // of them, drawn beyond what was simulated
  std::size_t unseen = 0;  // incidents whose milestone never came: no place
  std::optional<Uniformity> uniformity;   // if there are kFewestPlaces
  std::optional<std::uint64_t> variants;  // tried before, as the person says
  std::size_t told = 0;                   // incidents
  std::size_t asked = 0;
  bool partial = false;  // stopped before all that were asked
};

std::string backtest_report(const BacktestStory& story, const TextStyle& style);
std::string backtest_csv(const BacktestStory& story);
std::string backtest_json(const BacktestStory& story, const RunInfo& info);

}  // namespace outagesim
