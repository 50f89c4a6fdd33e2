#include "cli/compare_budget.h"

#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/table_answer.h"
#include "cli/terminal.h"
#include "cli/wall_clock.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "sim/experiment/budget.h"
#include "viz/budget_report.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostBudget = 1'000'000'000'000;

BudgetOptions read_budget(const Arguments& arguments, const SimOptions& options,
                          std::size_t candidates) {
  const MonteCarloOptions& run = options.monte_carlo;
  if (run.precision || arguments.value("replications")) {
    throw UsageError(
        "--budget says how many replications there are in all: it takes "
        "neither --replications nor --precision, but --sure");
  }
  BudgetOptions budget;
  budget.budget = whole_number("budget", *arguments.value("budget"),
                               least_budget(candidates), kMostBudget);
  if (const auto sure = read_sure(arguments)) budget.sure = sure->value;
  budget.seed = run.seed;
  budget.threads = run.threads;
  return budget;
}

BudgetResult watched_budget(const std::vector<Candidate>& candidates,
                            const BudgetOptions& budget,
                            const Interrupt& interrupt, bool quiet) {
  ProgressLine progress(quiet);
  CompareWatch watch;
  watch.stop = interrupt.token();
  watch.progress = progress.shower();
  return run_budget(candidates, budget, watch);
}

}  // namespace

std::optional<Probability> read_sure(const Arguments& arguments) {
  const auto text = arguments.value("sure");
  if (!text) return std::nullopt;
  const Parsed<Probability> sure = parse_probability(*text);
  if (!sure || sure->value <= 0 || sure->value >= 1) {
    throw UsageError(
        "--sure: expected a probability between 0 % and 100 %, such as "
        "\"95 %\", found \"" +
        printable(*text) + '"');
  }
  return sure.value;
}

int spend_budget(const Arguments& arguments, const SimOptions& options,
                 const std::vector<Candidate>& candidates,
                 const Scenario& baseline) {
  const BudgetOptions budget =
      read_budget(arguments, options, candidates.size());
  RunInfo info = describe_run(arguments, options, baseline);
  info.asked = budget.budget;
  const Interrupt interrupt;  // before the files, so that none is left behind
  TableAnswer answer(options, "budget.csv");
  const WallClock clock;
  const BudgetResult result =
      watched_budget(candidates, budget, interrupt, options.quiet);
  info.wall_time = clock.passed();
  info.finished = result.allocation.spent;
  info.partial = result.allocation.partial;
  answer.give(info, {[&] { return budget_csv(result); },
                     [&] { return budget_json(result, info); },
                     [&] { return budget_report(result, output_style()); }});
  return interrupt.exit_code();
}

}  // namespace outagesim
