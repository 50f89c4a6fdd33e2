// outagesim attribute: the harm shared out over causes, or over strategies.
#include <algorithm>
#include <memory>
#include <optional>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/sim_options.h"
#include "cli/table_answer.h"
#include "cli/terminal.h"
#include "cli/wall_clock.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "models/compiled/causes.h"
#include "models/scenario/load.h"
#include "models/scenario/strategy.h"
#include "sim/experiment/attribution.h"
#include "viz/attribution_report.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kReplications = 2000;
constexpr std::string_view kReplicationsText = "2000";
constexpr std::uint64_t kMostPairs = 1'000'000;
constexpr std::size_t kMostPlayers = 63;

// Where models of coalitions come from. Never moved once made.
struct GameSource {
  std::string path;
  LoadOptions load;
  Scenario scenario;
  std::unique_ptr<const Model> model;
  std::vector<std::string> strategies;  // players, if over strategies
  std::vector<std::string> left_out;
};

using ModelPointer = std::unique_ptr<const Model>;

AttributionGame game_of_causes(const GameSource& source) {
  AttributionGame game;
  for (const SwitchableCause& cause : switchable_causes(*source.model)) {
    game.players.push_back(cause.name);
  }
  game.model = [&source](Coalition coalition) -> ModelPointer {
    std::vector<bool> keep(switchable_causes(*source.model).size());
    for (unsigned i = 0; i < keep.size(); ++i) {
      keep[i] = has_player(coalition, i);
    }
    return std::make_unique<const Model>(with_causes(*source.model, keep));
  };
  return game;
}

AttributionGame game_of_strategies(const GameSource& source) {
  AttributionGame game;
  game.players = source.strategies;
  game.model = [&source](Coalition coalition) -> ModelPointer {
    std::vector<std::string> in;
    for (unsigned i = 0; i < source.strategies.size(); ++i) {
      if (has_player(coalition, i)) in.push_back(source.strategies[i]);
    }
    if (in.empty()) return std::make_unique<const Model>(*source.model);
    const StrategySet set =
        load_with_strategies(source.path, source.load, {combined(in)});
    return std::make_unique<const Model>(
        compile(set.strategies.front().scenario));
  };
  return game;
}

// Those that are made of no others, as written, as far as all can be taken
// together.
void choose_strategies(GameSource& source,
                       const std::vector<StrategyScenario>& all) {
  std::vector<std::string> own;
  for (const StrategyScenario& one : all) {
    const std::string& name = one.strategy.name;
    if (one.strategy.combines.empty()) {
      own.push_back(name);
    } else {
      source.left_out.push_back("Left out: " + name +
                                ", which is made of others.");
    }
  }
  source.strategies = combinable(source.path, source.load, own);
  for (const std::string& name : own) {
    if (std::ranges::find(source.strategies, name) != source.strategies.end()) {
      continue;
    }
    source.left_out.push_back("Left out: " + name +
                              ", which cannot be taken together with " +
                              combined(source.strategies) + ".");
  }
}

// Fills in place: the game holds a reference to it.
void fill(GameSource& source, const Arguments& arguments,
          const SimOptions& options, bool over_strategies) {
  source.path = arguments.operands().front();
  source.load.set = options.set;
  StrategySet set = load_with_strategies(source.path, source.load,
                                         arguments.values("strategy"));
  source.scenario = std::move(set.baseline);
  source.model = std::make_unique<const Model>(compile(source.scenario));
  if (!over_strategies) return;
  source.strategies = arguments.values("strategy");
  if (source.strategies.empty()) choose_strategies(source, set.strategies);
}

bool is_over_strategies(const Arguments& arguments) {
  const std::string over = arguments.value("over").value_or("causes");
  if (over != "causes" && over != "strategies") {
    throw UsageError("--over: expected causes or strategies, found \"" +
                     printable(over) + "\"");
  }
  if (over == "causes" && arguments.has("strategy")) {
    throw UsageError("--strategy goes with --over strategies");
  }
  return over == "strategies";
}

void refuse_empty(const AttributionGame& game, const std::string& path,
                  bool over_strategies) {
  if (game.players.empty()) {
    throw UsageError("\"" + printable(path) + "\" has no " +
                     (over_strategies ? "strategies" : "faults or failures") +
                     ": there is nothing to share out among");
  }
  if (game.players.size() > kMostPlayers) {
    throw UsageError("there are " + std::to_string(game.players.size()) +
                     " to share out among; at most " +
                     std::to_string(kMostPlayers) + " can be told apart");
  }
}

AttributionOptions attribution_options(const Arguments& arguments,
                                       const SimOptions& options) {
  AttributionOptions how;
  how.replications = options.monte_carlo.replications;
  how.seed = options.monte_carlo.seed;
  how.threads = options.monte_carlo.threads;
  if (const auto text = arguments.value("orders")) {
    how.order_pairs = (whole_number("orders", *text, 4, kMostPairs) + 1) / 2;
  }
  return how;
}

int run_attribute(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments, kReplications);
  const bool over_strategies = is_over_strategies(arguments);
  GameSource source;
  fill(source, arguments, options, over_strategies);
  const AttributionGame game =
      over_strategies ? game_of_strategies(source) : game_of_causes(source);
  refuse_empty(game, source.path, over_strategies);
  const auto metric = arguments.value("metric");
  const Outcome outcome =
      metric ? outcome_named(*source.model, *metric, "--metric")
             : usual_outcome(*source.model);
  const Interrupt interrupt;
  TableAnswer answer(options, "attribution.csv");
  ProgressLine progress(options.quiet);
  const WallClock clock;
  const Attribution result =
      attribute(game, outcome, attribution_options(arguments, options),
                {interrupt.token(), progress.shower()});
  if (result.partial) return interrupt.exit_code();
  RunInfo info =
      describe_runs(arguments, options, source.scenario, result.replications);
  info.wall_time = clock.passed();
  const AttributionStory story{result, game.players, outcome, over_strategies,
                               source.left_out};
  answer.give(info,
              {[&] { return attribution_csv(story); },
               [&] { return attribution_json(info, story); },
               [&] { return attribution_report(story, output_style()); }});
  return interrupt.exit_code();
}

}  // namespace

Command attribute_command() {
  return {
      {.name = "attribute",
       .operands = "SCENARIO",
       .summary = "Share the harm out over causes, or over strategies",
       .details = "Shapley shares on the same random numbers: they sum to the "
                  "total. Up to ten causes or strategies are shared out "
                  "exactly, at the cost of 2^n combinations; above that, "
                  "orders are sampled.",
       .example = "outagesim attribute scenarios/openai-year.toml "
                  "--replications 500\n"
                  "outagesim attribute scenarios/openai-2024-12-11-telemetry"
                  ".toml --over strategies --metric chatgpt:downtime",
       .options = with_few_replications(
           kReplicationsText, "runs of each combination",
           {{"over", "causes|strategies", "among whom to share", "causes"},
            {"metric", "[NAME:]METRIC",
             "one number a replication: chatgpt:downtime", "user_minutes_lost"},
            {.name = "strategy",
             .value = "NAME",
             .meaning = "share among these only; may be repeated",
             .repeatable = true},
            {"orders", "N", "how many to sample, above ten", "64"}}),
       .least = 1,
       .most = 1},
      run_attribute};
}

}  // namespace outagesim
