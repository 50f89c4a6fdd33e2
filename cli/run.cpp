// outagesim run: a scenario simulated many times, told and written down.
#include <chrono>
#include <iostream>
#include <optional>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "sim/experiment/structural.h"
#include "viz/csv_files.h"
#include "viz/output_files.h"
#include "viz/result_json.h"
#include "viz/run_report.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostOutages = 1'000'000'000;

// The files of --out, and what each is fed with while the run goes on.
class RunFiles {
 public:
  RunFiles(const Model& model, const SimOptions& options,
           const Arguments& arguments)
      : model_(model), files_(*options.out) {
    if (const auto text = arguments.value("outages")) {
      outages_of_ = whole_number("outages", *text, 0, kMostOutages);
    }
    add_notes("outages.csv", outages_csv_header(),
              [this](const Replication& replication, std::string& text) {
                if (replication.index >= outages_of_) return;
                append_outages(model_, replication, text);
              });
    if (arguments.has("each")) {
      add_notes("replications.csv", replications_csv_header(model),
                [this](const Replication& replication, std::string& text) {
                  append_replication(model_, replication, text);
                });
    }
  }

  std::vector<Notes> notes() const { return notes_; }

  void write(const Summary& summary, std::span<const SummaryRow> rows,
             const RunInfo& info) {
    files_.add("summary.csv", summary_csv(model_, rows));
    files_.add("timeline.csv", timeline_csv(summary));
    files_.add("observed.csv", observed_csv(summary));
    std::vector<std::string> names = files_.names();
    names.emplace_back("run.json");
    files_.add("run.json", run_json(info, names));
    files_.commit();
  }

 private:
  using Tell = std::function<void(const Replication&, std::string&)>;

  void add_notes(std::string name, std::string_view header, Tell tell) {
    const std::size_t file = files_.open(std::move(name));
    files_.append(file, header);
    notes_.push_back({std::move(tell), [this, file](std::string_view text) {
                        return files_.append(file, text);
                      }});
  }

  const Model& model_;
  OutputFiles files_;
  std::vector<Notes> notes_;
  std::uint64_t outages_of_ = 1000;
};

MonteCarloResult simulate(const Loaded& loaded, const SimOptions& options,
                          const RunFiles* files, const Interrupt& interrupt) {
  ProgressLine progress(options.quiet);
  MonteCarloWatch watch;
  watch.stop = interrupt.token();
  watch.progress = [&](std::uint64_t finished, std::uint64_t of) {
    progress.show(finished, of);
  };
  if (files != nullptr) watch.notes = files->notes();
  return run_monte_carlo(loaded.model, options.monte_carlo, watch);
}

int run(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments);
  const auto loaded = load(arguments.operands().front(), options.set);
  RunInfo info = describe_run(arguments, options, loaded->scenario);
  const Interrupt interrupt;  // before the files, so that none is left behind
  std::optional<RunFiles> files;
  if (options.out) files.emplace(loaded->model, options, arguments);

  const auto began = std::chrono::steady_clock::now();
  const MonteCarloResult result =
      simulate(*loaded, options, files ? &*files : nullptr, interrupt);
  const std::chrono::duration<double> spent =
      std::chrono::steady_clock::now() - began;
  info.wall_time = Seconds{spent.count()};
  info.finished = result.summary.replications();
  info.partial = result.partial;

  const std::vector<FaultBlast> blasts = fault_blasts(loaded->model);
  std::vector<SummaryRow> rows = summary_rows(result.summary);
  for (const SummaryRow& row : structural_rows(blasts)) rows.push_back(row);
  if (files) files->write(result.summary, rows, info);
  if (options.format == OutputFormat::kJson) {
    std::cout << result_json(info, result.summary, rows);
  } else {
    std::cout << run_report({loaded->scenario, result.summary, info, blasts},
                            output_style());
  }
  return interrupt.exit_code();
}

}  // namespace

Command run_command() {
  return {
      {.name = "run",
       .operands = "SCENARIO",
       .summary = "Simulate a scenario many times and tell what it does",
       .details = {},
       .example = "outagesim run scenarios/openai-2024-12-26-supplier-"
                  "power.toml --replications 1000 --out results",
       .options = with_sim_options(
           {{"outages", "N",
             "write the outages of the first N runs to outages.csv", "1000"},
            {"each", {}, "write replications.csv: a row for each run"}}),
       .least = 1,
       .most = 1},
      run};
}

}  // namespace outagesim
