// outagesim backtest: recorded incidents against their scenarios.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "cli/checkpointing.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/ranks.h"
#include "cli/sim_options.h"
#include "cli/table_answer.h"
#include "cli/terminal.h"
#include "cli/wall_clock.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "sim/core/random.h"
#include "sim/experiment/same_incident.h"
#include "viz/backtest_report.h"

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
void add_place(const Model& model, const Summary& summary, std::uint64_t seed,
               BacktestStory& story) {
  const auto last = std::ranges::max_element(
      model.observed, {},
      [](const auto& observed) { return observed.at.value; });
  if (last == model.observed.end()) return;
  const MilestoneTimes& simulated =
      summary.milestones()[static_cast<std::size_t>(last -
                                                    model.observed.begin())];
  const std::uint64_t incident = story.places.size() + story.unseen;
  Stream stream({seed, incident, name_hash("place of an incident"), 0});
  const double place = place_of(*last, simulated, stream.next());
  if (std::isnan(place)) {
    ++story.unseen;
    return;
  }
  story.places.push_back(place);
  const bool cut = simulated.times.censored_counts.n > 0;
  if (cut && last->at.value >= simulated.times.longest()) ++story.beyond;
}

std::string name_of(const std::string& path) {
  return std::filesystem::path(path).stem().string();
}

void add_scenario(const std::string& name, const Loaded& loaded,
                  const Summary& summary, BacktestStory& story) {
  std::vector<BacktestRow> rows;
  for (std::size_t i = 0; i < loaded.model.observed.size(); ++i) {
    const CompiledObservation& observed = loaded.model.observed[i];
    const Survival& times = summary.milestones()[i].times;
    rows.push_back({name, label_of(loaded.model, observed.product),
                    std::string(milestone_name(observed.milestone)),
                    observed.at.value, times.n(), times.censored_counts.n,
                    backtest(observed, summary.milestones()[i])});
  }
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

std::vector<std::optional<std::size_t>> repeats_of(const Incidents& all) {
  std::vector<const Model*> models;
  models.reserve(all.size());
  for (const auto& one : all) models.push_back(&one->model);
  return told_before(models);
}

CheckpointQuestion question_of(const Arguments& arguments,
                               const SimOptions& options,
                               std::uint64_t scenarios_hash) {
  CheckpointQuestion question =
      question_of(arguments, options, "backtest", scenarios_hash);
  question.settings.push_back(
      {"scenarios", std::to_string(arguments.operands().size())});
  return question;
}

std::uint64_t hash_of(const Incidents& all) {
  std::string hashes;
  for (const auto& one : all) hashes += hash_text(one->scenario.text_hash);
  return name_hash(hashes);
}

// The ranks share the replications of each incident, one after the other. One
// that was stopped on the way is not told.
void simulate_all(const Arguments& arguments, const Incidents& all,
                  MonteCarloWatch watch, Checkpointing& checkpointing,
                  BacktestStory& story) {
  const SimOptions options = read_sim_options(arguments);
  const auto earlier = repeats_of(all);
  for (std::size_t i = 0; i < all.size() && !story.partial; ++i) {
    watch.keeper = checkpointing.keeper_of(i);
    const MonteCarloResult result = simulate(*all[i], options, watch);
    story.partial = result.partial;
    if (story.partial) continue;
    const std::string name = name_of(arguments.operands()[i]);
    add_scenario(name, *all[i], result.summary, story);
    if (earlier[i]) {
      story.repeated.push_back(
          name + " (as " + name_of(arguments.operands()[*earlier[i]]) + ")");
    } else {
      add_place(all[i]->model, result.summary, options.monte_carlo.seed, story);
    }
    ++story.told;
  }
  checkpointing.keep_now();
}

BacktestStory empty_story(const Arguments& arguments) {
  BacktestStory story;
  if (const auto text = arguments.value("variants")) {
    story.variants = whole_number("variants", *text, 0, kMostVariants);
  }
  story.asked = arguments.operands().size();
  return story;
}

RunInfo describe(const Arguments& arguments, const SimOptions& options,
                 const Incidents& all) {
  RunInfo info = describe_run(arguments, options, all.front()->scenario);
  for (std::size_t i = 1; i < all.size(); ++i) {
    info.scenario += " " + arguments.operands()[i];
  }
  if (all.size() > 1) info.scenario_hash = hash_of(all);
  info.finished = info.asked;
  return info;
}

int backtest_scenarios(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments);
  BacktestStory story = empty_story(arguments);
  const Incidents all = load_all(arguments, options);
  RunInfo info = describe(arguments, options, all);
  const CheckpointQuestion question =
      question_of(arguments, options, hash_of(all));
  Checkpointing checkpointing(
      {arguments, question, options.monte_carlo.replications});
  const Interrupt interrupt;  // before the files, so that none is left behind
  Ranks ranks(identity_of(question));
  info.ranks = ranks.size();
  TableAnswer answer(options, "backtest.csv");
  MonteCarloWatch watch;
  watch.stop = interrupt.token();
  watch.ranks = ranks.link();
  const WallClock clock;
  simulate_all(arguments, all, watch, checkpointing, story);
  if (!ends_whole(ranks, checkpointing, story.partial)) {
    return interrupt.exit_code();
  }
  info.wall_time = clock.passed();
  info.partial = story.partial;
  if (story.places.size() >= kFewestPlaces) {
    story.uniformity = uniformity_of(story.places, options.monte_carlo.seed);
  }
  answer.give(info, {[&] { return backtest_csv(story); },
                     [&] { return backtest_json(story, info); },
                     [&] { return backtest_report(story, output_style()); }});
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
       .options = with_keeping_options(with_sim_options(
           {{"variants", "N",
             "how many variants were tried before; told with the result"}})),
       .least = 1,
       .most = 10000},
      backtest_scenarios};
}

}  // namespace outagesim
