// outagesim slo: how surely objectives are met. A failed gate is exit code 3.
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/sim_options.h"
#include "cli/table_answer.h"
#include "cli/terminal.h"
#include "cli/wall_clock.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "viz/slo_report.h"

namespace outagesim {
namespace {

SloResult simulate(const Model& model, const SimOptions& options,
                   const Interrupt& interrupt) {
  ProgressLine progress(options.quiet);
  SloWatch watch;
  watch.stop = interrupt.token();
  watch.progress = progress.shower();
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

GateRule read_gate(const Arguments& arguments) {
  const auto word = arguments.value("gate");
  if (!word) return GateRule::kEstimate;
  for (const GateRule rule :
       {GateRule::kEstimate, GateRule::kLow, GateRule::kHigh}) {
    if (*word == gate_word(rule)) return rule;
  }
  throw UsageError("--gate takes estimate, low or high, found \"" +
                   printable(*word) + '"');
}

int slo(const Arguments& arguments) {
  const GateRule gate = read_gate(arguments);
  const SimOptions options = read_sim_options(arguments);
  const auto loaded = load_asked(arguments);
  refuse_nothing_to_judge(*loaded);
  RunInfo info = describe_run(arguments, options, loaded->scenario);
  info.strategy = arguments.value("strategy").value_or("");
  const Interrupt interrupt;  // before the files, so that none is left behind
  TableAnswer answer(options, "slo.csv");
  const WallClock clock;
  const SloResult result = simulate(loaded->model, options, interrupt);
  info.wall_time = clock.passed();
  info.finished = result.tally.replications();
  info.partial = result.partial;
  const SloStory story{loaded->model, result, info, gate};
  answer.give(info,
              {[&] { return slo_csv(story); }, [&] { return slo_json(story); },
               [&] { return slo_report(story, output_style()); }});
  if (const int stopped = interrupt.exit_code()) return stopped;
  return any_gate_failed(result.tally.verdicts(gate)) ? kGateFailed : kFine;
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
           .options = with_few_replications(
               "10000", "how many runs to simulate",
               {{.name = "gate",
                 .value = "RULE",
                 .meaning = "what must reach the probability asked "
                            "for: estimate; low, the lower end of its "
                            "95 % interval, so that only what is "
                            "surely kept passes; high, so that only "
                            "what is surely missed fails",
                 .fallback = "estimate"},
                strategy_option()}),
           .least = 1,
           .most = 1},
          slo};
}

}  // namespace outagesim
