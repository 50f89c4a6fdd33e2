// outagesim trace: one replication told as a story.
#include <algorithm>
#include <iostream>
#include <sstream>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/suggest.h"
#include "models/base/text.h"
#include "sim/engine/engine.h"
#include "sim/experiment/statistics.h"
#include "viz/people_numbers.h"
#include "viz/story.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostReplications = 1'000'000'000'000;

// "p95:chatgpt:ttr" taken apart. Names may contain colons: the statistic ends
// at the first, the metric begins after the last.
struct LikeText {
  std::string statistic, name, metric;
};

LikeText take_apart(const std::string& text) {
  const std::size_t first = text.find(':');
  const std::size_t last = text.rfind(':');
  if (first == std::string::npos || first == last) {
    throw UsageError(
        "--like: expected STATISTIC:NAME:METRIC such as "
        "p95:chatgpt:ttr, found \"" +
        printable(text) + "\"");
  }
  return {text.substr(0, first), text.substr(first + 1, last - first - 1),
          text.substr(last + 1)};
}

const Metric& metric_named(const std::string& name) {
  const Metric* metric = find_metric(name);
  if (metric != nullptr && metric->read != nullptr) return *metric;
  std::vector<std::string> known;
  for (const Metric& one : metrics()) known.emplace_back(one.name);
  throw UsageError("--like: there is no metric \"" + printable(name) + "\"" +
                   or_did_you_mean(name, known) +
                   " (outagesim list metrics shows all)");
}

std::string_view label_of(const Model& model, const Subject& subject) {
  if (subject.scope != Scope::kProduct) return {};
  return model.graph.services[model.products[subject.index]].label;
}

std::vector<Subject> subjects_of(const Model& model, const Metric& metric) {
  std::vector<Subject> all;
  for (const Scope scope : metric.scopes) {
    const std::uint32_t count = subject_count(model, scope);
    for (std::uint32_t i = 0; i < count; ++i) all.push_back({scope, i});
  }
  return all;
}

Subject subject_named(const Model& model, const Metric& metric,
                      const std::string& name) {
  std::vector<std::string> known;
  for (const Subject& subject : subjects_of(model, metric)) {
    known.push_back(subject_name(model, subject));
    if (known.back() == name || label_of(model, subject) == name) {
      return subject;
    }
  }
  throw UsageError("--like: " + std::string(metric.name) +
                   " is not told of \"" + printable(name) + "\"" +
                   or_did_you_mean(name, known));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

// The metric's statistic over all runs, to be found in one.
Likeness likeness_of(const Model& model, const SimOptions& options,
                     const LikeText& like, const std::stop_token& stop) {
  const Metric& metric = metric_named(like.metric);
  const Subject subject = subject_named(model, metric, like.name);
  std::vector<std::string> known;
  for (const Statistic& s : statistics_of(metric.measure)) {
    known.emplace_back(s.name);
  }
  if (std::ranges::find(known, like.statistic) == known.end()) {
    throw UsageError("--like: " + like.metric + " has no statistic \"" +
                     printable(like.statistic) + "\"" +
                     or_did_you_mean(like.statistic, known) + "; it has " +
                     joined(known));
  }
  MonteCarloWatch watch;
  watch.stop = stop;
  const MonteCarloResult result =
      run_monte_carlo(model, options.monte_carlo, watch);
  const Estimate value =
      estimate_of(result.summary, metric.name, subject, like.statistic);
  return {&metric, subject, value.value};
}

std::string told(const Likeness& likeness, const LikeText& like) {
  const NumberKind kind = kind_of_unit(likeness.metric->unit);
  return like.statistic + " of " + like.name + "'s " + like.metric + ", " +
         number_text(likeness.value, kind, 3);
}

struct Chosen {
  std::uint64_t replication = 0;
  std::string why;
  int exit_code = 0;  // not 0: stopped by a signal
};

Chosen choose_like(const Model& model, const SimOptions& options,
                   const std::string& text) {
  const LikeText like = take_apart(text);
  const Interrupt interrupt;
  const Likeness likeness =
      likeness_of(model, options, like, interrupt.token());
  const auto found =
      replication_like(model, options.monte_carlo, likeness, interrupt.token());
  if (interrupt.exit_code() != 0) return {0, "", interrupt.exit_code()};
  if (!found) {
    throw UsageError(
        "--like: " + like.statistic + " of " + like.name + "'s " + like.metric +
        " is not known from " +
        std::to_string(options.monte_carlo.replications) +
        " runs: it was never seen, or it lies beyond the horizon; a lower "
        "quantile or a longer horizon may help");
  }
  return {*found, ", the nearest to " + told(likeness, like), false};
}

Chosen choose(const Model& model, const SimOptions& options,
              const Arguments& arguments) {
  const auto like = arguments.value("like");
  const auto number = arguments.value("replication");
  if (like && number) {
    throw UsageError("--like and --replication exclude each other");
  }
  if (like) return choose_like(model, options, *like);
  if (!number) return {};
  return {whole_number("replication", *number, 0, kMostReplications), "",
          false};
}

std::string in_place(const std::optional<std::string>& strategy) {
  return strategy ? ", with strategy \"" + printable(*strategy) + '"' : "";
}

int trace(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments);
  const auto loaded = load_asked(arguments);
  const Model& model = loaded->model;
  const Chosen chosen = choose(model, options, arguments);
  if (chosen.exit_code != 0) return chosen.exit_code;
  Engine engine(model);
  Trace lines;
  const Replication& replication =
      engine.run(options.monte_carlo.seed, chosen.replication, &lines);
  if (options.format == OutputFormat::kJson) {
    std::cout << story_json(model, lines, replication);
    return kFine;
  }
  const TextStyle style = output_style();
  const Folding folding =
      arguments.has("all") ? Folding::kOff : Folding::kCells;
  print(style.bold(loaded->scenario.path) + "\nreplication " +
        std::to_string(chosen.replication) + " of seed " +
        std::to_string(options.monte_carlo.seed) + chosen.why +
        in_place(arguments.value("strategy")) + "\n\n" +
        story_text(model, lines, replication, style, folding));
  return kFine;
}

}  // namespace

Command trace_command() {
  std::vector<OptionInfo> options{
      {"replication", "K", "which run to tell, from 0", "0"},
      {"like", "STATISTIC:NAME:METRIC",
       "find the run behind a number, such as p95:chatgpt:ttr"},
      {"replications", "N", "how many runs --like searches", "10000"},
      {"seed", "N", "of all random numbers", "1"},
      {"threads", "N", "how many at once for --like", "all cores"},
      set_option(),
      strategy_option(),
      {"all", {}, "each cell, not only the first and the last of many"},
      {"format", "table|json", "what to print", "table"}};
  return {{.name = "trace",
           .operands = "SCENARIO",
           .summary = "Tell one run as a story: when, what, why",
           .details = {},
           .example = "outagesim trace scenarios/openai-2024-12-26-supplier-"
                      "power.toml --like p95:chatgpt:ttr",
           .options = std::move(options),
           .least = 1,
           .most = 1},
          trace};
}

}  // namespace outagesim
