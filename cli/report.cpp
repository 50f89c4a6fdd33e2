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

namespace outagesim {
namespace {

CompareResult simulate_all(const Contest& contest, const SimOptions& options,
                           const Interrupt& interrupt) {
  ProgressLine progress(options.quiet);
  HarmSoFar harm(models_of(contest));
  CompareWatch watch;
  watch.stop = interrupt.token();
  watch.progress = [&](std::uint64_t finished, std::uint64_t of) {
    progress.show(finished, of, harm.text());
  };
  if (progress.visible()) {
    watch.look = [&](const std::vector<const Replication*>& all) {
      harm.add(all);
    };
  }
  return run_comparison(contest.candidates,
                        {options.monte_carlo.replications,
                         options.monte_carlo.seed, options.monte_carlo.threads},
                        watch);
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
  const Model& model = *contest.models.front();
  const Interrupt interrupt;

  Picker picker(model);
  RunInfo info = describe_run(arguments, options, set.baseline);
  const MonteCarloResult result =
      simulate_baseline(model, options, picker, interrupt.token());
  info.finished = result.summary.replications();
  info.partial = result.partial;
  const PageBaseline baseline{set.baseline, result.summary, info,
                              picker.picked()};
  const PageOptions page{path, options.monte_carlo.threads, interrupt.token()};
  if (set.strategies.empty() || result.partial) {
    write_page(baseline, {}, page);
  } else {
    const CompareResult compared = simulate_all(contest, options, interrupt);
    const ComparisonStory story{compared.comparison, {}, compared.partial};
    write_page(baseline, PageStrategies{story, set, models_of(contest)}, page);
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
                   {"set",
                    "PATH=VALUE",
                    "override a value of the scenario; repeatable",
                    {},
                    true},
                   {"quiet", {}, "no progress line and no word"}},
       .least = 1,
       .most = 1},
      report};
}

}  // namespace outagesim
