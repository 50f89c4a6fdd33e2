// outagesim check: exact answers beside the simulation's.
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
#include "sim/experiment/check.h"
#include "sim/experiment/rare_check.h"
#include "viz/check_report.h"
#include "viz/output_files.h"
#include "viz/rare_report.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostOrder = 12;
constexpr std::uint64_t kMostJudged = 1'000'000;

std::vector<std::string> subjects_of(const Model& model) {
  std::vector<std::string> names;
  for (const ServiceId id : model.products) {
    names.push_back(model.graph.services[id].name);
  }
  for (const CompiledFault& fault : model.plan.faults) {
    names.push_back("fault " + fault.name);
  }
  return names;
}

void expect_same_subjects(const Model& a, const Model& b,
                          const std::string& path) {
  if (subjects_of(a) == subjects_of(b)) return;
  throw UsageError("--against: \"" + printable(path) +
                   "\" has not the same products and faults in the same order");
}

MonteCarloResult simulate(const Model& model, const SimOptions& options,
                          const Interrupt& interrupt, FirstOutages& first) {
  ProgressLine progress(options.quiet);
  MonteCarloWatch watch;
  watch.stop = interrupt.token();
  watch.progress = progress.shower();
  watch.look = [&first](const Replication& seen) { first.look(seen); };
  return run_monte_carlo(model, options.monte_carlo, watch);
}

void write_files(const std::string& folder, const CheckStory& story,
                 std::span<const RareRow> rare) {
  OutputFiles files(folder);
  files.add("check.csv", check_csv(story));
  files.add("cut_sets.csv", cut_sets_csv(story));
  files.add("importance.csv", importance_csv(story));
  if (!rare.empty()) files.add("rare.csv", rare_csv(story.model, rare));
  files.commit();
}

// A check that compares nothing must not let anything through.
int gate(const CheckReport& report, std::uint64_t least) {
  return report.agrees() && report.judged() >= least ? kFine : kGateFailed;
}

int check(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments);
  const std::uint64_t least = whole_number(
      "least", arguments.value("least").value_or("0"), 0, kMostJudged);
  CutSetOptions cuts;
  if (const auto text = arguments.value("cut-sets")) {
    cuts.most_order = static_cast<std::uint32_t>(
        whole_number("cut-sets", *text, 1, kMostOrder));
  }
  const std::string& path = arguments.operands().front();
  const auto loaded = load(path, options.set, options.quiet);
  const auto against = arguments.value("against");
  std::unique_ptr<const Loaded> other;
  if (against) {
    other = load(*against, options.set, options.quiet);
    expect_same_subjects(loaded->model, other->model, *against);
  }
  const Interrupt interrupt;
  FirstOutages first(loaded->model);
  const MonteCarloResult result =
      simulate(loaded->model, options, interrupt, first);
  const CheckReport report = lay_beside(other ? other->model : loaded->model,
                                        result.summary, cuts, &first);
  const CheckStory story{loaded->model, report, path, against.value_or("")};
  std::vector<RareRow> rare;
  if (arguments.has("rare")) {
    rare = rare_outages(loaded->model, {.seed = options.monte_carlo.seed,
                                        .stop = interrupt.token()});
  }
  if (options.out) write_files(*options.out, story, rare);
  if (options.format == OutputFormat::kJson) {
    std::cout << check_json(story);
  } else {
    print(check_text(story, output_style()));
    if (arguments.has("rare")) {
      print(rare_text(loaded->model, rare, output_style()));
    }
  }
  if (const int code = interrupt.exit_code(); code != kFine) return code;
  return gate(report, least);
}

}  // namespace

Command check_command() {
  return {
      {.name = "check",
       .operands = "SCENARIO",
       .summary = "Lay exact answers beside the simulation's",
       .details =
           "What can be solved is solved (availability by decision "
           "diagram, switch-over, people and first outages by Markov chain, "
           "stages of a response by their laws) and compared; for "
           "the rest it says why not. Exit code 3 when a number "
           "differs, which of a right engine happens once in a "
           "thousand checks, and when nothing could be judged.",
       .example = "outagesim check scenarios/three-tier.toml "
                  "--replications 20000",
       .options = with_sim_options(
           {{"rare",
             {},
             "sample outages too rare for plain simulation; what cannot be "
             "sampled is named"},
            {"against", "FILE",
             "solve this scenario instead: is a difference noticed?"},
            {"least", "N",
             "exit code 3 unless so many numbers were judged, for a gate", "0"},
            {"cut-sets", "N", "minimal cut sets of at most N events", "4"}}),
       .least = 1,
       .most = 1},
      check};
}

}  // namespace outagesim
