// outagesim compare: strategies against the baseline, on the same random
// numbers.
#include <iostream>
#include <memory>

#include "cli/asked_strategies.h"
#include "cli/checkpointing.h"
#include "cli/commands.h"
#include "cli/compare_budget.h"
#include "cli/contest.h"
#include "cli/harm_so_far.h"
#include "cli/interrupt.h"
#include "cli/page.h"
#include "cli/progress.h"
#include "cli/ranks.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "cli/wall_clock.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "sim/experiment/compared_row.h"
#include "sim/experiment/until_known.h"
#include "viz/comparison_report.h"
#include "viz/output_files.h"
#include "viz/result_json.h"

namespace outagesim {
namespace {

double positive_number(const std::string& text) {
  const Parsed<double> number = parse_number(text);
  if (!number || *number <= 0) {
    throw UsageError("--incidents-per-year takes a number above 0, found \"" +
                     printable(text) + "\"");
  }
  return *number;
}

// What tells this comparison from others, whoever computes which part of it.
CheckpointQuestion question_of(const Arguments& arguments,
                               const SimOptions& options,
                               const StrategySet& set) {
  CheckpointQuestion question =
      question_of(arguments, options, "compare", set.baseline.text_hash);
  for (const char* option :
       {"strategy", "what-if", "all-subsets", "incidents-per-year"}) {
    for (const std::string& value : arguments.values(option)) {
      question.settings.push_back({option, value});
    }
  }
  if (arguments.has("pairs")) question.settings.push_back({"pairs", ""});
  return question;
}

// How a comparison is cut up, kept, and ended.
struct CompareWays {
  const Checkpointing& checkpointing;
  const Ranks& ranks;
  KnownEnough enough;
  PageWatch* page = nullptr;  // looks on if there is one
};

CompareResult simulate(const Contest& contest, const SimOptions& options,
                       const Interrupt& interrupt, const CompareWays& ways) {
  ProgressLine progress(options.quiet);
  HarmSoFar harm(models_of(contest));
  CompareWatch watch;
  watch.stop = interrupt.token();
  watch.progress = [&](std::uint64_t finished, std::uint64_t of) {
    progress.show(finished, of, harm.text());
  };
  if (progress.visible() || ways.page != nullptr) {
    watch.look = [&](const std::vector<const Replication*>& all) {
      if (ways.page != nullptr) ways.page->look(all);
      if (progress.visible()) harm.add(all);
    };
  }
  watch.keeper = ways.checkpointing.keeper();
  watch.ranks = ways.ranks.link();
  const MonteCarloOptions& run = options.monte_carlo;
  const CompareOptions all{run.replications, run.seed, run.threads,
                           ways.checkpointing.part()};
  if (!ways.enough.precision && !ways.enough.sure) {
    return run_comparison(contest.candidates, all, watch);
  }
  if (all.part || watch.keeper != nullptr || watch.ranks != nullptr) {
    throw UsageError(
        "--precision and --sure stop a comparison by what it finds; take "
        "neither with checkpoints, shards or several processes");
  }
  return run_until_known(contest.candidates, all, ways.enough, watch);
}

void write_files(OutputFiles& files, const ComparisonStory& story,
                 const RunInfo& info) {
  files.add("comparison.csv", comparison_csv(story));
  std::vector<std::string> names = files.names();
  names.emplace_back("run.json");
  files.add("run.json", run_json(info, names));
  files.commit();
}

KnownEnough read_enough(const Arguments& arguments, const SimOptions& options) {
  KnownEnough enough;
  if (const auto share = options.monte_carlo.precision) {
    enough.precision = Fraction{*share};
  }
  enough.sure = read_sure(arguments);
  return enough;
}

PriceBasis basis_of(const Arguments& arguments) {
  PriceBasis basis;
  if (const auto text = arguments.value("incidents-per-year")) {
    basis.incidents_per_year = positive_number(*text);
  }
  return basis;
}

// The page of what was compared. Where it has not looked on, since what was
// compared came from checkpoints or other processes, the baseline is simulated
// again.
void write_comparison_page(const PageStrategies& strategies, RunInfo info,
                           const SimOptions& options, const PageWatch& looks,
                           const PageOptions& page) {
  const Scenario& scenario = strategies.set.baseline;
  if (looks.has_seen(info.finished)) {
    const Summary summary = looks.summary();
    write_page({scenario, summary, info, looks.findings()}, strategies, page);
    return;
  }
  PageWatch again({strategies.models.front()});
  const MonteCarloResult result =
      simulate_baseline(*strategies.models.front(), options, again, page.stop);
  info.finished = result.summary.replications();
  info.partial = result.partial || info.partial;
  write_page({scenario, result.summary, info, again.findings()}, strategies,
             page);
}

// The lines of the comparison that its table is to tell.
std::vector<std::size_t> rows_of(const Arguments& arguments,
                                 const Contest& contest) {
  const std::vector<std::string> names = different_values(arguments, "metric");
  if (!names.empty() && arguments.has("budget")) {
    throw UsageError(
        "--budget ranks by one metric alone: leave out --metric or --budget");
  }
  const Comparison comparison(contest.candidates);
  std::vector<std::size_t> rows;
  for (const std::string& name : names) {
    rows.push_back(compared_row(comparison, name, "--metric"));
  }
  return rows;
}

int compare(const Arguments& arguments) {
  return answer_compare(arguments, nullptr);
}

}  // namespace

int answer_compare(const Arguments& arguments, const Checkpoint* merged) {
  const SimOptions options = read_sim_options(arguments);
  const auto page = checked_page(arguments);
  const StrategySet set = asked_strategies(arguments, options.set);
  const Contest contest = contest_of(set);
  const std::vector<std::size_t> rows = rows_of(arguments, contest);
  if (arguments.value("budget")) {
    return spend_budget(arguments, options, contest.candidates, set.baseline);
  }
  const KnownEnough enough = read_enough(arguments, options);
  const PriceBasis basis = basis_of(arguments);
  const CheckpointQuestion question = question_of(arguments, options, set);
  const Checkpointing checkpointing(
      {arguments, question, options.monte_carlo.replications, merged});
  const Interrupt interrupt;  // before the files, so that none is left behind
  Ranks ranks(identity_of(question));
  RunInfo info = describe_run(arguments, options, set.baseline);
  info.ranks = ranks.size();
  std::optional<OutputFiles> files;
  if (options.out) files.emplace(*options.out);
  PageWatch looks(models_of(contest));
  const WallClock clock;
  const CompareResult result =
      simulate(contest, options, interrupt,
               {checkpointing, ranks, enough, page ? &looks : nullptr});
  if (!ends_whole(ranks, checkpointing, result.partial)) {
    return interrupt.exit_code();
  }
  info.wall_time = clock.passed();
  info.finished = result.comparison.replications();
  info.partial = result.partial;
  const ComparisonStory story{result.comparison, basis, result.partial,
                              set.left_out, rows};
  if (files) write_files(*files, story, info);
  if (page) {
    write_comparison_page(
        {story, set, models_of(contest)}, info, options, looks,
        {*page, options.monte_carlo.threads, interrupt.token()});
  }
  if (options.format == OutputFormat::kJson) {
    std::cout << comparison_json(story, info);
  } else {
    print(comparison_report(story, output_style()));
  }
  return interrupt.exit_code();
}

Command compare_command() {
  return {
      {.name = "compare",
       .operands = "SCENARIO",
       .summary = "Compare strategies and say which is worth its price",
       .details = {},
       .example = "outagesim compare scenarios/openai-2024-12-26-supplier-"
                  "power.toml --replications 2000 --out results",
       .options = with_checkpoint_options(with_sim_options(
           {{.name = "strategy",
             .value = "NAME",
             .meaning = "only this one; may be repeated",
             .repeatable = true},
            {.name = "what-if",
             .value = "QUESTION",
             .meaning = "without a file: redundant:SERVICE, remove:SERVICE, "
                        "improve:SERVICE:availability:0.9999, "
                        "faster:STAGE:FACTOR or set:PATH=VALUE; may be "
                        "repeated",
             .repeatable = true},
            {.name = "pairs",
             .value = {},
             .meaning = "all combinations of two as well"},
            {.name = "all-subsets",
             .value = "N",
             .meaning = "all combinations of two up to N, from 2 to 12; at "
                        "most 79 in all"},
            {.name = "budget",
             .value = "N",
             .meaning = "so many replications of all strategies together, "
                        "spent where the ranking is open"},
            {.name = "sure",
             .value = "PROBABILITY",
             .meaning = "stop once the best is known this surely: \"95 %\""},
            {.name = "incidents-per-year",
             .value = "X",
             .meaning = "how often such an incident happens, for prices",
             .fallback = "1"},
            {.name = "metric",
             .value = "[NAME:]METRIC",
             .meaning = "what the table tells, such as chatgpt:mttr; may be "
                        "repeated",
             .fallback = "user_minutes_lost",
             .repeatable = true},
            {.name = "report",
             .value = "FILE",
             .meaning = "also write a page for the browser"}})),
       .least = 1,
       .most = 1},
      compare};
}

}  // namespace outagesim
