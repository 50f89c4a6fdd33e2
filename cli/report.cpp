// outagesim report: one page for the browser, of a scenario and its strategies.
#include <filesystem>
#include <iostream>

#include "cli/commands.h"
#include "cli/contest.h"
#include "cli/harm_so_far.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/page.h"
#include "cli/progress.h"
#include "cli/sim_options.h"
#include "models/base/text.h"
#include "models/scenario/load.h"

namespace outagesim {
namespace {

CompareResult simulate_all(const Contest& contest, const SimOptions& options,
                           PageWatch& page, const Interrupt& interrupt) {
  ProgressLine progress(options.quiet);
  HarmSoFar harm(models_of(contest));
  CompareWatch watch;
  watch.stop = interrupt.token();
  watch.progress = [&](std::uint64_t finished, std::uint64_t of) {
    progress.show(finished, of, harm.text());
  };
  watch.look = [&](const std::vector<const Replication*>& all) {
    page.look(all);
    if (progress.visible()) harm.add(all);
  };
  return run_comparison(contest.candidates,
                        {options.monte_carlo.replications,
                         options.monte_carlo.seed, options.monte_carlo.threads},
                        watch);
}

struct ReportWays {
  const PageOptions& page;
  const Interrupt& interrupt;
};

// The scenario alone, and its page.
void report_alone(const Contest& contest, const SimOptions& options,
                  const Scenario& scenario, RunInfo info,
                  const PageOptions& page) {
  PageWatch looks({contest.models.front().get()});
  const MonteCarloResult result =
      simulate_baseline(*contest.models.front(), options, looks, page.stop);
  info.finished = result.summary.replications();
  info.partial = result.partial;
  write_page({scenario, result.summary, info, looks.findings()}, {}, page);
}

// The baseline is one of the candidates: it is simulated once.
void report_strategies(const Contest& contest, const SimOptions& options,
                       const StrategySet& set, RunInfo info,
                       const ReportWays& ways) {
  PageWatch looks(models_of(contest));
  const CompareResult compared =
      simulate_all(contest, options, looks, ways.interrupt);
  info.finished = compared.comparison.replications();
  info.partial = compared.partial;
  const Summary summary = looks.summary();
  const ComparisonStory story{compared.comparison, {}, compared.partial};
  write_page({set.baseline, summary, info, looks.findings()},
             PageStrategies{story, set, models_of(contest)}, ways.page);
}

int report(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments);
  const std::string path = checked_page_path(
      "output", arguments.value("output").value_or("report.html"));
  LoadOptions load;
  load.set = options.set;
  StrategySet set =
      load_with_strategies(scenario_path(arguments.operands().front()), load);
  if (arguments.has("no-strategies")) set.strategies.clear();
  const Contest contest = contest_of(set);
  const Interrupt interrupt;
  const RunInfo info = describe_run(arguments, options, set.baseline);
  const PageOptions page{path, options.monte_carlo.threads, interrupt.token()};
  if (set.strategies.empty()) {
    report_alone(contest, options, set.baseline, info, page);
  } else {
    report_strategies(contest, options, set, info, {page, interrupt});
  }
  if (!options.quiet) {
    std::cout << "wrote " << printable(path) << " ("
              << std::filesystem::file_size(path) / 1000
              << " kB); open it in a browser\n";
  }
  return interrupt.exit_code();
}

}  // namespace

Command report_command() {
  return {
      {.name = "report",
       .operands = "SCENARIO",
       .summary = "Write a page for the browser: what fails, who is hurt, "
                  "what to do",
       .details = "One file without a single request to the network: the "
                  "system as a graph to click and to play, bands over "
                  "time, where the time goes, people, strategies with "
                  "their prices, and where it all comes from.",
       .example = "outagesim report scenarios/openai-2024-12-26-supplier-"
                  "power.toml -o report.html",
       .options = {{"output", "FILE", "the page; -o for short", "report.html"},
                   {"no-strategies", {}, "the scenario as it is, alone"},
                   {"replications", "N", "how many runs to simulate", "10000"},
                   {"seed", "N", "of all random numbers", "1"},
                   {"threads", "N", "how many at once; the result is the same",
                    "all cores"},
                   set_option(),
                   {"quiet", {}, "no progress line and no word"}},
       .least = 1,
       .most = 1},
      report};
}

}  // namespace outagesim
