// outagesim slo: how surely objectives are met. A failed gate is exit code 3.
#include <chrono>
#include <iostream>
#include <optional>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "viz/output_files.h"
#include "viz/result_json.h"
#include "viz/slo_report.h"

namespace outagesim {
namespace {

SloResult simulate(const Model& model, const SimOptions& options,
                   const Interrupt& interrupt) {
  ProgressLine progress(options.quiet);
  SloWatch watch;
  watch.stop = interrupt.token();
  watch.progress = [&](std::uint64_t finished, std::uint64_t of) {
    progress.show(finished, of);
  };
  return run_slo(model,
                 {options.monte_carlo.replications, options.monte_carlo.seed,
                  options.monte_carlo.threads},
                 watch);
}

void refuse_nothing_to_judge(const Loaded& loaded) {
  if (!loaded.scenario.objectives.empty()) return;
  throw UsageError("\"" + printable(loaded.scenario.path) +
                   "\" has no objectives; add a table [objective.NAME], for "
                   "example with of = \"shop\" and availability = \"99.9 %\"");
}

int slo(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments);
  const auto loaded = load(arguments.operands().front(), options.set);
  refuse_nothing_to_judge(*loaded);
  RunInfo info = describe_run(arguments, options, loaded->scenario);
  const Interrupt interrupt;  // before the files, so that none is left behind
  std::optional<OutputFiles> files;
  if (options.out) files.emplace(*options.out);
  const auto began = std::chrono::steady_clock::now();
  const SloResult result = simulate(loaded->model, options, interrupt);
  const std::chrono::duration<double> spent =
      std::chrono::steady_clock::now() - began;
  info.wall_time = Seconds{spent.count()};
  info.finished = result.tally.replications();
  info.partial = result.partial;
  const SloStory story{loaded->model, result, info};
  if (files) {
    files->add("slo.csv", slo_csv(story));
    files->add("run.json", run_json(info, {"slo.csv", "run.json"}));
    files->commit();
  }
  std::cout << (options.format == OutputFormat::kJson
                    ? slo_json(story)
                    : slo_report(story, output_style()));
  if (const int stopped = interrupt.exit_code()) return stopped;
  return any_gate_failed(result.tally.verdicts()) ? kGateFailed : kFine;
}

}  // namespace

Command slo_command() {
  return {{.name = "slo",
           .operands = "SCENARIO",
           .summary = "Say how surely objectives are met; gate a pipeline",
           .details = "Objectives are tables [objective.NAME] of the scenario. "
                      "Exit code 3 if one with a probability is met less "
                      "surely than that.",
           .example = "outagesim slo scenarios/openai-year.toml --replications "
                      "1000",
           .options = with_few_replications("10000", {}),
           .least = 1,
           .most = 1},
          slo};
}

}  // namespace outagesim
