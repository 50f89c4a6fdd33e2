#include "cli/page.h"

#include <algorithm>
#include <filesystem>
#include <mutex>

#include "cli/harm_so_far.h"
#include "cli/progress.h"
#include "cli/shell_word.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "sim/engine/engine.h"
#include "sim/experiment/check.h"
#include "sim/experiment/structural.h"
#include "viz/check_page.h"
#include "viz/report_page.h"
#include "viz/slo_page.h"
#include "viz/whole_file.h"

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
  const Picked& picked = baseline.found.picked;
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

// How long outages last under the strategy, simulated as the baseline was.
OutageLengths simulate_strategy(const Model& model,
                                const PageBaseline& baseline,
                                const PageOptions& options) {
  MonteCarloOptions run;
  run.replications = baseline.info.finished;
  run.seed = baseline.info.seed;
  run.threads = options.threads;
  std::mutex mutex;
  OutageLengths lengths(model);
  MonteCarloWatch watch;
  watch.stop = options.stop;
  watch.look = [&](const Replication& one) {
    const std::scoped_lock lock(mutex);
    lengths.add(one);
  };
  run_monte_carlo(model, run, watch);
  return lengths;
}

// What makes these numbers again: another command with the same settings.
std::string command_of(const std::string& name, const RunInfo& info) {
  std::string text = "outagesim " + name + " " + shell_word(info.scenario) +
                     " --replications " + std::to_string(info.finished) +
                     " --seed " + std::to_string(info.seed);
  for (const std::string& one : info.set) text += " --set " + shell_word(one);
  return text;
}

// Objectives; exact answers, where the system is small enough for them to come
// at once.
std::vector<ReportTable> tables_of(const PageBaseline& baseline) {
  constexpr std::size_t kMostServices = 100;
  const Model& model = baseline.summary.model();
  std::vector<ReportTable> tables;
  if (baseline.found.slo) {
    tables.push_back(objectives_page(model, *baseline.found.slo,
                                     command_of("slo", baseline.info)));
  }
  if (model.graph.services.size() > kMostServices) return tables;
  const CheckReport report = lay_beside(model, baseline.summary);
  ReportTable checks = checks_table({model, report, baseline.info.scenario, {}},
                                    command_of("check", baseline.info));
  if (!checks.rows.empty()) tables.push_back(std::move(checks));
  return tables;
}

// Fills in what the page says of strategies; `lengths`, which become those of
// the recommended one where they were not found, must outlive the source.
void add_strategies(const PageStrategies& strategies,
                    const PageBaseline& baseline, const PageOptions& options,
                    std::vector<OutageLengths>& lengths, ReportSource& source) {
  source.comparison = &strategies.story;
  source.reasons = reasons_of(strategies);
  const auto best = recommended_strategy(strategies.story);
  if (!best) return;
  const bool found = !lengths.empty();
  if (!found) {
    lengths = {simulate_strategy(*strategies.models[*best], baseline, options)};
  }
  source.recommended = {*best, source.reasons[*best],
                        &lengths[found ? *best : 0]};
}

std::string page_title(const Scenario& scenario) {
  const std::string stem = fs::path(scenario.path).stem().string();
  return "outagesim: " + stem;
}

}  // namespace

void write_where_asked(const std::string& path, const std::string& text) {
  std::error_code ignored;  // what is wrong is told of the file
  fs::create_directories(fs::path(path).parent_path(), ignored);
  write_whole_file(path, text);
}

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

PageBaseline with_findings(PageBaseline baseline, const PageWatch& seen,
                           const std::stop_token& stop) {
  if (seen.has_seen(baseline.info.finished)) {
    baseline.found = seen.findings();
    return baseline;
  }
  const Model& model = baseline.summary.model();
  PageWatch again({&model});
  MonteCarloOptions run;
  run.replications = baseline.info.finished;
  run.seed = baseline.info.seed;
  run.threads = baseline.info.threads;
  MonteCarloWatch watch;
  watch.stop = stop;
  watch.look = [&](const Replication& one) { again.look(one); };
  run_monte_carlo(model, run, watch);
  baseline.found = again.findings();
  return baseline;
}

MonteCarloResult simulate_baseline(const Model& model,
                                   const SimOptions& options, PageWatch& page,
                                   const std::stop_token& stop) {
  ProgressLine progress(options.quiet);
  HarmSoFar harm({&model});
  MonteCarloWatch watch;
  watch.stop = stop;
  watch.progress = [&](std::uint64_t finished, std::uint64_t of) {
    progress.show(finished, of, harm.text());
  };
  watch.look = [&](const Replication& one) {
    page.look(one);
    if (progress.visible()) harm.add({&one});
  };
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
  ReportSource source{
      .scenario = baseline.scenario,
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
      .tables = tables_of(baseline),
      .backtest_command = command_of("backtest", baseline.info)};
  std::vector<OutageLengths> lengths = baseline.found.lengths;
  if (strategies) {
    add_strategies(*strategies, baseline, options, lengths, source);
  }
  write_where_asked(options.path, report_page(page_title(baseline.scenario),
                                              report_json(source)));
}

}  // namespace outagesim
