#include "sim/experiment/outcome.h"

#include <algorithm>
#include <cassert>
#include <memory>

#include "models/base/error.h"
#include "models/base/suggest.h"
#include "models/base/text.h"
#include "sim/engine/engine.h"
#include "sim/experiment/blocks.h"
#include "sim/experiment/endless.h"

namespace outagesim {
namespace {

bool is_one_number(const Metric& metric) {
  return metric.read != nullptr && (metric.measure == Measure::kAmount ||
                                    metric.measure == Measure::kNearOne ||
                                    metric.measure == Measure::kProbability);
}

const Metric& metric_named(const std::string& name, const std::string& option) {
  const Metric* metric = find_metric(name);
  if (metric != nullptr && is_one_number(*metric)) return *metric;
  if (metric != nullptr) {
    throw UsageError(option + ": " + name +
                     " is not one number a replication, so it cannot be "
                     "shared out; ask for downtime or user_minutes_lost");
  }
  std::vector<std::string> known;
  for (const Metric& one : metrics()) {
    if (is_one_number(one)) known.emplace_back(one.name);
  }
  throw UsageError(option + ": there is no metric \"" + printable(name) + "\"" +
                   or_did_you_mean(name, known) +
                   " (outagesim list metrics shows all)");
}

// Without a name: the whole system, or the only one there is.
std::optional<Subject> only_subject(const Model& model, const Metric& metric) {
  for (const Scope scope : metric.scopes) {
    if (subject_count(model, scope) == 1) return Subject{scope, 0};
  }
  return std::nullopt;
}

Subject subject_named(const Model& model, const Metric& metric,
                      const std::string& name, const std::string& option) {
  std::vector<std::string> known;
  for (const Scope scope : metric.scopes) {
    for (std::uint32_t i = 0; i < subject_count(model, scope); ++i) {
      known.push_back(subject_name(model, {scope, i}));
      if (known.back() == name) return {scope, i};
    }
  }
  throw UsageError(option + ": " + std::string(metric.name) +
                   " is not told of \"" + printable(name) + "\"" +
                   or_did_you_mean(name, known));
}

struct OutcomeLane {
  OutcomeLane(const Model& model, const Outcome& outcome)
      : engine(model), reader(model, outcome) {}
  Engine engine;
  OutcomeReader reader;
};

}  // namespace

Outcome outcome_named(const Model& model, const std::string& text,
                      const std::string& option) {
  const std::size_t colon = text.rfind(':');
  const bool named = colon != std::string::npos;
  const std::string name = named ? text.substr(colon + 1) : text;
  const Metric& metric = metric_named(name, option);
  Subject subject;
  if (named) {
    subject = subject_named(model, metric, text.substr(0, colon), option);
  } else if (const auto only = only_subject(model, metric)) {
    subject = *only;
  } else {
    throw UsageError(option + ": say of which " +
                     std::string(scope_name(metric.scopes.front())) +
                     ", such as NAME:" + name);
  }
  return {&metric, subject.scope, subject_name(model, subject)};
}

Outcome usual_outcome(const Model& model) {
  const char* name =
      model.populations.empty() ? "downtime" : "user_minutes_lost";
  return outcome_named(model, name, "--metric");
}

std::string outcome_name(const Outcome& outcome) {
  const std::string metric(outcome.metric->name);
  return outcome.scope == Scope::kSystem ? metric
                                         : outcome.subject + ":" + metric;
}

OutcomeReader::OutcomeReader(const Model& model, const Outcome& outcome)
    : model_(model), metric_(*outcome.metric) {
  for (std::uint32_t i = 0; i < subject_count(model, outcome.scope); ++i) {
    if (subject_name(model, {outcome.scope, i}) != outcome.subject) continue;
    subject_ = {outcome.scope, i};
    found_ = true;
  }
}

double OutcomeReader::read(const Replication& replication) {
  if (!found_) return 0;
  samples_.clear();
  metric_.read(model_, replication, subject_, samples_);
  double sum = 0;
  for (const Sample& sample : samples_) sum += sample.value;
  return sum;
}

std::vector<double> outcome_values(const Model& model, const Outcome& outcome,
                                   const OutcomeRun& run) {
  assert(run.first % kBlockSize == 0 && "blocks begin at their multiples");
  std::vector<double> values(run.replications);
  const unsigned threads = thread_count(run.threads, run.replications);
  std::vector<std::unique_ptr<OutcomeLane>> lanes(threads);
  const auto work = [&](unsigned thread, const Block& block) {
    auto& lane = lanes[thread];
    if (!lane) lane = std::make_unique<OutcomeLane>(model, outcome);
    lane->engine.heed(block.stop);
    for (std::uint64_t i = block.first; i < block.last; ++i) {
      const Replication& replication = lane->engine.run(run.seed, i);
      if (replication.abandoned) return;
      refuse_endless(replication);
      values[i - run.first] = lane->reader.read(replication);
    }
  };
  run_blocks({run.first, run.first + run.replications, threads, run.stop},
             work);
  if (run.stop.stop_requested()) values.clear();
  return values;
}

}  // namespace outagesim
