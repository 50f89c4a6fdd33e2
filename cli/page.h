// The HTML report as the commands write it: what `report` shows, and what
// --report adds to `run` and `compare`.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/contest.h"
#include "cli/sim_options.h"
#include "sim/experiment/page_watch.h"
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
  PageFindings found;
};

// Runs the scenario with the progress line, and the page looking on.
MonteCarloResult simulate_baseline(const Model& model,
                                   const SimOptions& options, PageWatch& page,
                                   const std::stop_token& stop);

// The same with what the page found. If it has not seen all of the run, which
// then went on from a checkpoint, the finished ones are simulated again.
PageBaseline with_findings(PageBaseline baseline, const PageWatch& seen,
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

// Simulates what only the page shows (the runs to be played, each service, and
// the recommended strategy if it was not found) and writes it, whole or not at
// all. Throws SurroundingsError.
void write_page(const PageBaseline& baseline,
                const std::optional<PageStrategies>& strategies,
                const PageOptions& options);

}  // namespace outagesim
