#include "sim/experiment/sensitivity.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <mutex>
#include <utility>

#include "models/base/error.h"
#include "models/base/text.h"
#include "sim/core/random.h"
#include "sim/engine/engine.h"
#include "sim/experiment/blocks.h"
#include "sim/experiment/endless.h"
#include "sim/stats/moments.h"

namespace outagesim {
namespace {

using Values = std::vector<double>;

Mean mean_of(const Values& values) {
  Mean mean;
  for (const double value : values) mean.add(value);
  return mean;
}

Mean difference_of(const Values& more, const Values& less) {
  Mean mean;
  for (std::size_t i = 0; i < more.size(); ++i) mean.add(more[i] - less[i]);
  return mean;
}

// The value at one input vector: two independent means, and the variance of
// one replication within them.
struct PointValue {
  Twice means{};
  double within = 0;
};

class Analysis {
 public:
  Analysis(const UncertainModel& model, const Outcome& outcome,
           const SensitivityOptions& options, const SensitivityWatch& watch)
      : model_(model), outcome_(outcome), options_(options), watch_(watch) {}

  Sensitivity run() {
    result_.effects.resize(model_.inputs.size());
    const std::size_t sobol = std::min(options_.most_inputs, size());
    of_ = options_.replications * (1 + 2 * size()) +
          options_.rows * (sobol > 0 ? sobol + 2 : 0) * options_.each;
    one_at_a_time();
    if (!stopped()) choose();
    if (!stopped() && !result_.varied.empty()) all_together();
    result_.partial = stopped();
    result_.runs = finished_;
    return std::move(result_);
  }

 private:
  std::size_t size() const { return model_.inputs.size(); }
  bool stopped() const { return watch_.stop.stop_requested(); }

  void tell_progress(std::uint64_t more) {
    const std::scoped_lock lock(mutex_);
    finished_ += more;
    if (watch_.progress) watch_.progress(finished_, std::max(of_, finished_));
  }

  // Empty if there is no such model, or if stopped.
  Values values_at(const InputPoint& point) {
    const auto model = model_.at(point);
    if (!model || stopped()) return {};
    Values values = outcome_values(*model, outcome_,
                                   {options_.seed, 0, options_.replications,
                                    options_.threads, watch_.stop});
    tell_progress(values.size());
    if (values.size() < options_.replications) values.clear();
    return values;
  }

  void one_at_a_time();
  void choose();
  void all_together();
  SobolRow row(std::uint64_t index, double& within) const;
  PointValue value_at(const InputPoint& point, std::uint64_t row) const;

  const UncertainModel& model_;
  const Outcome& outcome_;
  const SensitivityOptions& options_;
  const SensitivityWatch& watch_;
  std::mutex mutex_;
  std::uint64_t finished_ = 0, of_ = 0;
  Sensitivity result_;
};

void Analysis::one_at_a_time() {
  InputPoint point(size());
  const Values base = values_at(point);
  if (base.empty()) return;
  result_.base = mean_of(base).estimate();
  for (std::size_t i = 0; i < size() && !stopped(); ++i) {
    point[i] = model_.inputs[i].low;
    const Values low = values_at(point);
    point[i] = model_.inputs[i].high;
    const Values high = values_at(point);
    point[i].reset();
    InputEffect& effect = result_.effects[i];
    if (!low.empty()) effect.low = mean_of(low).estimate();
    if (!high.empty()) effect.high = mean_of(high).estimate();
    if (low.empty() || high.empty()) continue;
    effect.swing = difference_of(high, low).estimate();
    effect.does_nothing = low == base && high == base;
  }
}

// The inputs that moved the outcome most.
void Analysis::choose() {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < size(); ++i) {
    const InputEffect& effect = result_.effects[i];
    if (effect.swing.defined() && !effect.does_nothing) order.push_back(i);
  }
  const auto move = [&](std::size_t i) {
    const InputEffect& e = result_.effects[i];
    return std::max({std::abs(e.swing.value),
                     std::abs(e.low.value - result_.base.value),
                     std::abs(e.high.value - result_.base.value)});
  };
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return std::pair(-move(a), a) < std::pair(-move(b), b);
  });
  if (order.size() > options_.most_inputs) order.resize(options_.most_inputs);
  result_.varied = order;
}

PointValue Analysis::value_at(const InputPoint& point,
                              std::uint64_t row) const {
  const auto model = model_.at(point);
  if (!model) {
    throw UsageError(
        "the inputs cannot all be varied together: each is fine alone, but "
        "somewhere between their ends the scenario contradicts itself; narrow "
        "them, or ask for fewer");
  }
  Engine engine(*model);
  engine.heed(watch_.stop);
  OutcomeReader reader(*model, outcome_);
  std::array<Mean, 2> halves;
  for (std::uint64_t i = 0; i < options_.each; ++i) {
    const Replication& replication =
        engine.run(options_.seed, row * options_.each + i);
    if (replication.abandoned) return {};
    refuse_endless(replication);
    halves[i % 2].add(reader.read(replication));
  }
  PointValue value;
  value.means = {halves[0].mean(), halves[1].mean()};
  value.within = (halves[0].variance() + halves[1].variance()) / 2;
  return value;
}

// Every value of a row is on the same random numbers, those of no other row.
SobolRow Analysis::row(std::uint64_t index, double& within) const {
  const std::size_t inputs = result_.varied.size();
  const Stream stream(
      {options_.seed, index, name_hash("Sobol's rows of inputs"), 0});
  const auto a = [&](std::size_t i) { return Probability{stream.at(i)}; };
  const auto b = [&](std::size_t i) {
    return Probability{stream.at(inputs + i)};
  };
  InputPoint at_a(size()), at_b(size());
  for (std::size_t i = 0; i < inputs; ++i) {
    at_a[result_.varied[i]] = a(i);
    at_b[result_.varied[i]] = b(i);
  }
  SobolRow row;
  const PointValue value_a = value_at(at_a, index);
  const PointValue value_b = value_at(at_b, index);
  within = (value_a.within + value_b.within) / 2;
  row.a = value_a.means;
  row.b = value_b.means;
  for (std::size_t i = 0; i < inputs; ++i) {
    InputPoint mixed = at_a;
    mixed[result_.varied[i]] = b(i);
    row.mixed.push_back(value_at(mixed, index).means);
  }
  return row;
}

void Analysis::all_together() {
  std::vector<SobolRow> rows(options_.rows);
  Values within(options_.rows);
  const std::uint64_t runs = (result_.varied.size() + 2) * options_.each;
  const unsigned threads = thread_count(options_.threads, options_.rows);
  run_blocks({0, options_.rows, threads, watch_.stop},
             [&](unsigned, const Block& block) {
               for (std::uint64_t i = block.first; i < block.last; ++i) {
                 rows[i] = row(i, within[i]);
                 tell_progress(runs);
               }
             });
  if (stopped()) return;
  result_.chance_variance = mean_of(within).mean();
  result_.sobol = sobol_indices(rows, options_.seed);
  for (std::size_t i = 0; i < result_.varied.size(); ++i) {
    InputEffect& effect = result_.effects[result_.varied[i]];
    effect.first = result_.sobol.first[i];
    effect.total = result_.sobol.total[i];
  }
}

}  // namespace

Sensitivity analyse_sensitivity(const UncertainModel& model,
                                const Outcome& outcome,
                                const SensitivityOptions& options,
                                const SensitivityWatch& watch) {
  assert(options.rows >= 8 && options.each >= 4 && options.each % 2 == 0);
  return Analysis(model, outcome, options, watch).run();
}

}  // namespace outagesim
