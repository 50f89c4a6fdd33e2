// outagesim backtest: recorded incidents against their scenarios.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "cli/checkpointing.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/ranks.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "viz/backtest_report.h"
#include "viz/output_files.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostVariants = 1'000'000;

MonteCarloResult simulate(const Loaded& loaded, const SimOptions& options,
                          MonteCarloWatch watch) {
  ProgressLine progress(options.quiet);
  watch.progress = progress.shower();
  return run_monte_carlo(loaded.model, options.monte_carlo, watch);
}

std::string label_of(const Model& model, std::uint32_t product) {
  const CompiledService& service =
      model.graph.services[model.products[product]];
  return service.label.empty() ? service.name : service.label;
}

// The incident's place is that of its last milestone.
void add_place(const std::vector<BacktestRow>& rows, BacktestStory& story) {
  const auto last = std::ranges::max_element(rows, {}, &BacktestRow::observed);
  if (last == rows.end()) return;
  if (last->test.percentile.defined()) {
    story.places.push_back(last->test.percentile.value);
  } else {
    ++story.beyond;
  }
}

void add_scenario(const std::string& path, const Loaded& loaded,
                  const Summary& summary, BacktestStory& story) {
  const std::string name = std::filesystem::path(path).stem().string();
  std::vector<BacktestRow> rows;
  for (std::size_t i = 0; i < loaded.model.observed.size(); ++i) {
    const CompiledObservation& observed = loaded.model.observed[i];
    rows.push_back({name, label_of(loaded.model, observed.product),
                    std::string(milestone_name(observed.milestone)),
                    observed.at.value,
                    backtest(observed, summary.milestones()[i])});
  }
  add_place(rows, story);
  story.rows.insert(story.rows.end(), rows.begin(), rows.end());
  std::string taken;
  for (const Reference& input : loaded.scenario.from_incident) {
    taken += (taken.empty() ? "" : ", ") + input.name;
  }
  story.taken_from_incident.push_back(
      name + ": " + (taken.empty() ? "nothing is marked" : taken));
}

using Incidents = std::vector<std::unique_ptr<const Loaded>>;

// All are read before the first is simulated: mistakes come early.
Incidents load_all(const Arguments& arguments, const SimOptions& options) {
  Incidents all;
  for (const std::string& path : arguments.operands()) {
    all.push_back(load(path, options.set));
    if (all.back()->model.observed.empty()) {
      throw UsageError("\"" + printable(path) +
                       "\" records nothing to test against; add a table "
                       "[[observed]]");
    }
  }
  return all;
}

// What all ranks must agree on.
std::string identity_of(const Arguments& arguments, const SimOptions& options,
                        const Incidents& all) {
  CheckpointQuestion question = question_of(arguments, options, "backtest", 0);
  for (const auto& one : all) {
    question.settings.push_back(
        {"scenario", std::to_string(one->scenario.text_hash)});
  }
  return outagesim::identity_of(std::move(question));
}

// The ranks share the replications of each incident, one after the other. True
// if it was stopped.
bool simulate_all(const Arguments& arguments, const Incidents& all,
                  const SimOptions& options, const MonteCarloWatch& watch,
                  BacktestStory& story) {
  bool partial = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const MonteCarloResult result = simulate(*all[i], options, watch);
    add_scenario(arguments.operands()[i], *all[i], result.summary, story);
    partial |= result.partial;
  }
  return partial;
}

int backtest_scenarios(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments);
  BacktestStory story;
  if (const auto text = arguments.value("variants")) {
    story.variants = whole_number("variants", *text, 0, kMostVariants);
  }
  const Incidents all = load_all(arguments, options);
  const Interrupt interrupt;
  Ranks ranks(identity_of(arguments, options, all));
  std::optional<OutputFiles> files;
  if (options.out) files.emplace(*options.out);
  MonteCarloWatch watch;
  watch.stop = interrupt.token();
  watch.ranks = ranks.link();
  const bool partial = simulate_all(arguments, all, options, watch, story);
  if (!ends_told(ranks, partial)) return interrupt.exit_code();
  if (story.places.size() >= kFewestPlaces) {
    story.uniformity = uniformity_of(story.places, options.monte_carlo.seed);
  }
  if (files) {
    files->add("backtest.csv", backtest_csv(story));
    files->commit();
  }
  print(backtest_report(story, output_style()));
  return interrupt.exit_code();
}

}  // namespace

Command backtest_command() {
  return {
      {.name = "backtest",
       .operands = "SCENARIO...",
       .summary = "Hold scenarios of recorded incidents against the record",
       .details = "Where each milestone fell in the simulated times; with 20 "
                  "incidents or more, whether the places are uniform.",
       .example = "outagesim backtest scenarios/openai-2024-12-*.toml "
                  "--replications 1000",
       .options = with_sim_options(
           {{"variants", "N",
             "how many variants were tried before; told with the result"}}),
       .least = 1,
       .most = 10000},
      backtest_scenarios};
}

}  // namespace outagesim
