// outagesim sweep: a grid over numbers of the scenario, on the same random
// numbers at every point.
#include <memory>

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
#include "models/scenario/load_with.h"
#include "viz/sweep_report.h"

namespace outagesim {
namespace {

std::vector<SweepAxis> read_axes(const Arguments& arguments) {
  std::vector<SweepAxis> axes;
  for (const std::string& text : arguments.values("over")) {
    axes.push_back(parse_axis(text));
  }
  if (!axes.empty()) return axes;
  throw UsageError(
      "a sweep needs --over path=a,b,c or --over path=from:to:steps, for "
      "example --over 'remedy.NAME.works=50 %,100 %'");
}

// All points are read before any is simulated, so that no mistake comes late.
using Points = std::vector<std::shared_ptr<const Loaded>>;
Points load_points(const std::string& path, const SimOptions& options,
                   const std::vector<SweepAxis>& axes,
                   const std::vector<std::vector<std::string>>& grid) {
  Points points;
  for (const std::vector<std::string>& values : grid) {
    std::vector<std::string> point;
    for (std::size_t a = 0; a < axes.size(); ++a) {
      point.push_back(axes[a].path + "=" + values[a]);
    }
    auto loaded = std::make_shared<Loaded>();
    loaded->scenario =
        load_with(scenario_path(path), {.set = options.set}, point, "--over");
    loaded->model = compile(loaded->scenario);
    points.push_back(std::move(loaded));
  }
  return points;
}

// True if it was stopped; then the point is not kept.
bool add_point(const std::shared_ptr<const Loaded>& loaded,
               const SimOptions& options, const MonteCarloWatch& watch,
               SweptPoint point, SweepStory& story) {
  const MonteCarloResult result =
      run_monte_carlo(loaded->model, options.monte_carlo, watch);
  if (result.partial) return true;
  point.model = {loaded, &loaded->model};
  point.rows = summary_rows(result.summary);
  story.points.push_back(std::move(point));
  return false;
}

// The ranks share the replications of each point, one point after the other.
SweepStory simulate(const Points& loaded, const SimOptions& options,
                    const std::vector<SweepAxis>& axes, MonteCarloWatch watch,
                    Checkpointing& checkpointing) {
  const auto grid = sweep_grid(axes);
  ProgressLine progress(options.quiet);
  SweepStory story{axes, {}, false};
  for (std::size_t i = 0; i < grid.size() && !story.partial; ++i) {
    watch.keeper = checkpointing.keeper_of(i);
    story.partial =
        add_point(loaded[i], options, watch, {grid[i], {}, {}}, story);
    progress.show(i + 1, grid.size());
  }
  checkpointing.keep_now();
  return story;
}

// The points come of the scenario and the axes.
CheckpointQuestion question_of(const Arguments& arguments,
                               const SimOptions& options,
                               const Scenario& scenario) {
  CheckpointQuestion question =
      question_of(arguments, options, "sweep", scenario.text_hash);
  for (const std::string& text : arguments.values("over")) {
    question.settings.push_back({"over", text});
  }
  return question;
}

int sweep(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments);
  const std::vector<SweepAxis> axes = read_axes(arguments);
  const std::string& path = arguments.operands().front();
  const auto as_written = load(path, options.set, options.quiet);
  const Points points = load_points(path, options, axes, sweep_grid(axes));
  RunInfo info = describe_run(arguments, options, as_written->scenario);
  const CheckpointQuestion question =
      question_of(arguments, options, as_written->scenario);
  Checkpointing checkpointing(
      {arguments, question, options.monte_carlo.replications});
  const Interrupt interrupt;  // before the files, so that none is left behind
  Ranks ranks(identity_of(question));
  info.ranks = ranks.size();
  TableAnswer answer(options, "sweep.csv");
  MonteCarloWatch watch;
  watch.stop = interrupt.token();
  watch.ranks = ranks.link();
  const WallClock clock;
  const SweepStory story =
      simulate(points, options, axes, watch, checkpointing);
  if (!ends_whole(ranks, checkpointing, story.partial)) {
    return interrupt.exit_code();
  }
  info.wall_time = clock.passed();
  info.finished = info.asked;
  info.partial = story.partial;
  answer.give(info, {[&] { return sweep_csv(story); },
                     [&] { return sweep_json(story, info); },
                     [&] { return sweep_report(story, output_style()); }});
  return interrupt.exit_code();
}

}  // namespace

Command sweep_command() {
  return {{.name = "sweep",
           .operands = "SCENARIO",
           .summary = "Vary numbers of a scenario over a grid",
           .details = {},
           .example = "outagesim sweep scenarios/openai-2024-12-26-supplier-"
                      "power.toml --over 'scenario.outage_below=90 %:99 %:4' "
                      "--replications 1000 --out results",
           .options = with_keeping_options(with_sim_options(
               {{.name = "over",
                 .value = "PATH=VALUES",
                 .meaning = "what to vary: a,b,c or from:to:steps, with units; "
                            "repeatable, for a grid of at most 1000 points",
                 .repeatable = true}})),
           .least = 1,
           .most = 1},
          sweep};
}

}  // namespace outagesim
