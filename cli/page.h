// The HTML report as the commands write it: what `report` shows, and what
// --report adds to `run` and `compare`.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/contest.h"
#include "cli/sim_options.h"
#include "sim/experiment/picks.h"
#include "viz/comparison_report.h"
#include "viz/report_data.h"
#include "viz/run_info.h"

namespace outagesim {

// Where the page goes: refused early, before anything is simulated. Throws
// UsageError.
std::string checked_page_path(std::string_view option, const std::string& path);

// Makes the folder if need be, and puts the text there whole; into what is no
// file (a device, a pipe) it is written as it is. Throws SurroundingsError.
void write_where_asked(const std::string& path, const std::string& text);

// That of --report, if it is given.
std::optional<std::string> checked_page(const Arguments& arguments);

// The scenario as simulated.
struct PageBaseline {
  const Scenario& scenario;
  const Summary& summary;
  RunInfo info;
  Picked picked;
};

// Runs the scenario with the progress line, and a picker that looks on.
MonteCarloResult simulate_baseline(const Model& model,
                                   const SimOptions& options, Picker& picker,
                                   const std::stop_token& stop);

// The same with its picks. If the picker has not seen all of the run, which
// then went on from a checkpoint, the finished ones are simulated again.
PageBaseline with_picks(PageBaseline baseline, const Picker& seen,
                        const std::stop_token& stop);

// The comparison, if there is one; `models` by candidate.
struct PageStrategies {
  const ComparisonStory& story;
  const StrategySet& set;
  std::vector<const Model*> models;
};

std::vector<const Model*> models_of(const Contest& contest);

struct PageOptions {
  std::string path;
  unsigned threads = 0;
  std::stop_token stop;
};

// Simulates what only the page shows (the recommended strategy, the runs to be
// played, each service) and writes it, whole or not at all. Throws
// SurroundingsError.
void write_page(const PageBaseline& baseline,
                const std::optional<PageStrategies>& strategies,
                const PageOptions& options);

}  // namespace outagesim
