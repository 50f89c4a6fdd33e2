// outagesim run: a scenario simulated many times, told and written down.
#include <iostream>
#include <optional>

#include "cli/checkpointing.h"
#include "cli/commands.h"
#include "cli/harm_so_far.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/page.h"
#include "cli/progress.h"
#include "cli/ranks.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "cli/wall_clock.h"
#include "sim/experiment/rare_check.h"
#include "sim/experiment/structural.h"
#include "viz/csv_files.h"
#include "viz/gain_report.h"
#include "viz/output_files.h"
#include "viz/rare_report.h"
#include "viz/result_json.h"
#include "viz/run_report.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostOutages = 1'000'000'000;

std::uint64_t told_outages(const Arguments& arguments) {
  const auto text = arguments.value("outages");
  return text ? whole_number("outages", *text, 0, kMostOutages) : 1000;
}

// The files of --out, and what each is fed with while the run goes on. Without
// --out the notes are for a checkpoint alone.
class RunFiles {
 public:
  RunFiles(const Model& model, const SimOptions& options,
           const Arguments& arguments)
      : model_(model),
        outages_of_(told_outages(arguments)),
        with_gain_(arguments.has("variance-reduction")) {
    if (options.out) files_.emplace(*options.out);
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
             const RunInfo& info, const std::vector<RareRow>* rare) {
    if (!files_) return;
    if (rare != nullptr) files_->add("rare.csv", rare_csv(model_, *rare));
    files_->add("summary.csv", summary_csv(model_, rows));
    files_->add("timeline.csv", timeline_csv(summary));
    files_->add("observed.csv", observed_csv(summary));
    if (with_gain_) files_->add("variance.csv", gain_csv(summary));
    std::vector<std::string> names = files_->names();
    names.emplace_back("run.json");
    files_->add("run.json", run_json(info, names));
    files_->commit();
  }

 private:
  using Tell = std::function<void(const Replication&, std::string&)>;

  void add_notes(std::string name, std::string_view header, Tell tell) {
    TakeText write;
    if (files_) {
      const std::size_t file = files_->open(std::move(name));
      files_->append(file, header);
      write = [this, file](std::string_view text) {
        return files_->append(file, text);
      };
    }
    notes_.push_back({std::move(tell), std::move(write)});
  }

  const Model& model_;
  std::optional<OutputFiles> files_;
  std::vector<Notes> notes_;
  std::uint64_t outages_of_;
  bool with_gain_;
};

// What tells this run from others, whoever computes which part of it.
CheckpointQuestion question_of(const Arguments& arguments,
                               const SimOptions& options,
                               const Loaded& loaded) {
  CheckpointQuestion question =
      question_of(arguments, options, "run", loaded.scenario.text_hash);
  question.settings.push_back(
      {"outages", std::to_string(told_outages(arguments))});
  if (const auto name = arguments.value("strategy")) {
    question.settings.push_back({"strategy", *name});
  }
  for (const char* option : {"each", "variance-reduction"}) {
    if (arguments.has(option)) question.settings.push_back({option, ""});
  }
  return question;
}

// All that a simulation needs to know.
struct RunPlan {
  const Loaded& loaded;
  const SimOptions& options;
  const RunFiles* files;
  const Checkpointing& checkpointing;
  bool reduce_variance = false;
  PageWatch* page = nullptr;  // looks on if there is one
};

MonteCarloResult simulate(const RunPlan& plan, const Interrupt& interrupt,
                          const Ranks& ranks) {
  ProgressLine progress(plan.options.quiet);
  HarmSoFar harm({&plan.loaded.model});
  MonteCarloWatch watch;
  watch.stop = interrupt.token();
  watch.progress = [&](std::uint64_t finished, std::uint64_t of) {
    progress.show(finished, of, harm.text());
  };
  if (progress.visible() || plan.page != nullptr) {
    watch.look = [&](const Replication& one) {
      if (plan.page != nullptr) plan.page->look(one);
      if (progress.visible()) harm.add({&one});
    };
  }
  if (plan.files != nullptr) watch.notes = plan.files->notes();
  watch.keeper = plan.checkpointing.keeper();
  watch.ranks = ranks.link();
  MonteCarloOptions run = plan.options.monte_carlo;
  run.part = plan.checkpointing.part();
  run.reduce_variance = plan.reduce_variance;
  return run_monte_carlo(plan.loaded.model, run, watch);
}

// What a run found, and where it goes.
struct RunAnswer {
  const RunInfo& info;
  const Summary& summary;
  RunFiles* files;
  bool with_rare = false;
};

void tell(const Loaded& loaded, const SimOptions& options,
          const RunAnswer& answer, const Interrupt& interrupt) {
  const auto& [info, summary, files, with_rare] = answer;
  std::vector<RareRow> rare;
  if (with_rare) {
    rare = rare_outages(loaded.model, {.seed = options.monte_carlo.seed,
                                       .stop = interrupt.token()});
  }
  const std::vector<FaultBlast> blasts = fault_blasts(loaded.model);
  std::vector<SummaryRow> rows = summary_rows(summary);
  for (const SummaryRow& row : structural_rows(blasts)) rows.push_back(row);
  if (files != nullptr) {
    files->write(summary, rows, info, with_rare ? &rare : nullptr);
  }
  if (options.format == OutputFormat::kJson) {
    std::cout << result_json(info, summary, rows);
  } else {
    print(run_report({loaded.scenario, summary, info, blasts}, output_style()));
    if (with_rare) print(rare_text(loaded.model, rare, output_style()));
  }
}

int run(const Arguments& arguments) { return answer_run(arguments, nullptr); }

}  // namespace

int answer_run(const Arguments& arguments, const Checkpoint* merged) {
  const SimOptions options = read_sim_options(arguments);
  const auto page = checked_page(arguments);
  // A page shows what needs what.
  const auto loaded =
      page ? load_asked(arguments) : load_to_simulate(arguments);
  RunInfo info = describe_run(arguments, options, loaded->scenario);
  info.strategy = arguments.value("strategy").value_or("");
  const CheckpointQuestion question = question_of(arguments, options, *loaded);
  const Checkpointing checkpointing(
      {arguments, question, options.monte_carlo.replications, merged});
  const Interrupt interrupt;  // before the files, so that none is left behind
  Ranks ranks(identity_of(question));
  info.ranks = ranks.size();
  std::optional<RunFiles> files;
  if (arguments.has("out") || checkpointing.active()) {
    files.emplace(loaded->model, options, arguments);
  }

  PageWatch looks({&loaded->model});
  const WallClock clock;
  const MonteCarloResult result =
      simulate({*loaded, options, files ? &*files : nullptr, checkpointing,
                arguments.has("variance-reduction"), page ? &looks : nullptr},
               interrupt, ranks);
  info.wall_time = clock.passed();
  info.finished = result.summary.replications();
  info.partial = result.partial;
  const auto asked = options.monte_carlo.precision;
  if (asked && !precise_enough(result.summary, *asked)) {
    info.missed_precision = asked;
  }
  if (ends_whole(ranks, checkpointing, result.partial)) {
    tell(*loaded, options,
         {info, result.summary, files ? &*files : nullptr,
          arguments.has("rare")},
         interrupt);
    if (page) {
      write_page(with_findings({loaded->scenario, result.summary, info, {}},
                               looks, interrupt.token()),
                 {}, {*page, options.monte_carlo.threads, interrupt.token()});
    }
  }
  return interrupt.exit_code();
}

Command run_command() {
  return {
      {.name = "run",
       .operands = "SCENARIO",
       .summary = "Simulate a scenario many times and tell what it does",
       .details = {},
       .example = "outagesim run scenarios/openai-2024-12-26-supplier-"
                  "power.toml --replications 1000 --out results",
       .options = with_checkpoint_options(with_sim_options(
           {{"outages", "N",
             "write the outages of the first N runs to outages.csv", "1000"},
            {"each", {}, "write replications.csv: a row for each run"},
            strategy_option(),
            {"variance-reduction",
             {},
             "make the means of what is lost more certain, by what failures "
             "that never meet would lose; tells how much it gained"},
            {"rare",
             {},
             "also sample outages too rare for plain simulation; what cannot "
             "be sampled is named; rare.csv"},
            {"report", "FILE", "also write a page for the browser"}})),
       .least = 1,
       .most = 1},
      run};
}

}  // namespace outagesim
