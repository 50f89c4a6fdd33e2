#include "cli/page.h"

#include <algorithm>
#include <filesystem>

#include "cli/progress.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "sim/engine/engine.h"
#include "sim/experiment/structural.h"
#include "viz/output_files.h"
#include "viz/report_page.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;

// Enough for means to a few percent, and a second of work at most.
std::uint64_t portrait_size(const Model& model, std::uint64_t finished) {
  constexpr std::uint64_t kMost = 1000, kWork = 1'000'000;
  const std::uint64_t services = model.graph.services.size();
  const std::uint64_t fitting = std::max<std::uint64_t>(20, kWork / services);
  return std::min({kMost, fitting, finished});
}

Replay replay_of(Engine& engine, std::uint64_t seed, std::uint64_t number,
                 std::string title) {
  Replay replay;
  replay.title = std::move(title);
  replay.replication = number;
  replay.outages = engine.run(seed, number, &replay.trace).outages;
  return replay;
}

std::vector<Replay> replays_of(const PageBaseline& baseline) {
  Engine engine(baseline.summary.model());
  const std::uint64_t seed = baseline.info.seed;
  const Picked& picked = baseline.picked;
  std::vector<Replay> all;
  all.push_back(replay_of(engine, seed, picked.median, "the middle case"));
  all.push_back(replay_of(engine, seed, picked.worst, "the worst case"));
  if (picked.recorded) {
    all.push_back(replay_of(engine, seed, *picked.recorded,
                            "the case most like what was recorded"));
  }
  return all;
}

std::vector<std::string> reasons_of(const PageStrategies& strategies) {
  std::vector<std::string> reasons{"As it is."};
  for (const StrategyScenario& one : strategies.set.strategies) {
    reasons.push_back(one.strategy.why);
  }
  return reasons;
}

// The best strategy's own run, and what the page says of it.
struct Best {
  MonteCarloResult result;
  std::size_t candidate;
};

std::optional<Best> simulate_best(const PageStrategies& strategies,
                                  const PageBaseline& baseline,
                                  const PageOptions& options) {
  const auto candidate = recommended_strategy(strategies.story);
  if (!candidate) return {};
  MonteCarloOptions run;
  run.replications = baseline.info.finished;
  run.seed = baseline.info.seed;
  run.threads = options.threads;
  MonteCarloWatch watch;
  watch.stop = options.stop;
  return Best{run_monte_carlo(*strategies.models[*candidate], run, watch),
              *candidate};
}

void write_whole(const std::string& path, const std::string& page) {
  const fs::path target(path);
  const fs::path folder = target.parent_path();
  OutputFiles files(folder.empty() ? fs::path(".") : folder);
  files.add(target.filename().string(), page);
  files.commit();
}

std::string page_title(const Scenario& scenario) {
  const std::string stem = fs::path(scenario.path).stem().string();
  return "outagesim: " + stem;
}

}  // namespace

std::string checked_page_path(std::string_view option,
                              const std::string& path) {
  if (path.empty() || fs::path(path).filename().empty()) {
    throw UsageError("--" + std::string(option) +
                     ": expected a file such as report.html, found \"" +
                     printable(path) + "\"");
  }
  return path;
}

std::optional<std::string> checked_page(const Arguments& arguments) {
  const auto path = arguments.value("report");
  if (path) checked_page_path("report", *path);
  return path;
}

PageBaseline seen_again(PageBaseline baseline, const std::stop_token& stop) {
  const Model& model = baseline.summary.model();
  Picker picker(model);
  MonteCarloOptions run;
  run.replications = baseline.info.finished;
  run.seed = baseline.info.seed;
  run.threads = baseline.info.threads;
  MonteCarloWatch watch;
  watch.stop = stop;
  watch.notes = {picker.notes()};
  run_monte_carlo(model, run, watch);
  baseline.picked = picker.picked();
  return baseline;
}

MonteCarloResult simulate_baseline(const Model& model,
                                   const SimOptions& options, Picker& picker,
                                   const std::stop_token& stop) {
  ProgressLine progress(options.quiet);
  MonteCarloWatch watch;
  watch.stop = stop;
  watch.progress = progress.shower();
  watch.notes = {picker.notes()};
  return run_monte_carlo(model, options.monte_carlo, watch);
}

std::vector<const Model*> models_of(const Contest& contest) {
  std::vector<const Model*> models;
  for (const auto& model : contest.models) models.push_back(model.get());
  return models;
}

void write_page(const PageBaseline& baseline,
                const std::optional<PageStrategies>& strategies,
                const PageOptions& options) {
  const Summary& summary = baseline.summary;
  const Model& model = summary.model();
  const std::vector<FaultBlast> faults = fault_blasts(model);
  const BlastReport structural = structural_blast(model);
  std::vector<SummaryRow> rows = summary_rows(summary);
  for (const SummaryRow& row : structural_rows(faults)) rows.push_back(row);
  const Portrait portrait =
      portray(model,
              {.seed = baseline.info.seed,
               .replications = portrait_size(model, baseline.info.finished),
               .until = view_end(summary)},
              options.stop);
  ReportSource source{.scenario = baseline.scenario,
                      .summary = summary,
                      .info = baseline.info,
                      .rows = rows,
                      .structural = structural,
                      .faults = faults,
                      .portrait = portrait,
                      .replays = replays_of(baseline),
                      .comparison = nullptr,
                      .reasons = {},
                      .recommended = {},
                      .tables = {}};
  std::optional<Best> best;
  if (strategies) {
    source.comparison = &strategies->story;
    source.reasons = reasons_of(*strategies);
    best = simulate_best(*strategies, baseline, options);
  }
  if (best) {
    source.recommended = {best->candidate, source.reasons[best->candidate],
                          &best->result.summary};
  }
  write_whole(options.path,
              report_page(page_title(baseline.scenario), report_json(source)));
}

}  // namespace outagesim
