#include "sim/experiment/check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "models/analysis/stage_means.h"
#include "models/base/normal.h"
#include "sim/experiment/check_chain.h"
#include "sim/experiment/p_values.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;
// Phases further off than this at some time (those of a constant) say too
// little of what they may be off by.
constexpr double kRoughFit = 0.05;

constexpr std::string_view kDiagram = "decision diagram";
constexpr std::string_view kChain = "Markov chain";
constexpr std::string_view kLaws = "sum of laws";

double middle_of(const std::vector<StageMean>& all, const StageMean& stage) {
  for (const StageMean& one : all) {
    const bool its = one.fault == stage.fault && one.metric == stage.metric &&
                     one.measure == StageMeasure::kMiddle && one.value;
    if (its) return *one.value;
  }
  return 0;
}

class CheckWriter {
 public:
  CheckWriter(const Model& exact, const Summary& simulated,
              const CutSetOptions& cuts)
      : exact_(exact), simulated_(simulated), cuts_(cuts) {
    report_.replications = simulated.replications();
  }

  CheckReport write() {
    report_.products = exact_products(exact_, cuts_);
    for (const ExactProduct& product : report_.products.products) {
      add_diagram(product);
      add_chain(product.product);
    }
    add_stages();
    judge();
    return std::move(report_);
  }

 private:
  const Column* column_of(std::string_view metric, Scope scope) const {
    for (const Column& column : simulated_.columns()) {
      if (column.metric->name == metric && column.scope == scope) {
        return &column;
      }
    }
    return nullptr;
  }

  // In how many replications the product had an outage at all.
  std::uint64_t occasions(std::uint32_t product) const {
    const Column* column = column_of("outage_probability", Scope::kProduct);
    return simulated_.probability(column->first + product).successes;
  }

  void leave_out(Subject subject, std::string_view metric,
                 std::string_view method, std::vector<std::string> why) {
    report_.unsolved.push_back(
        {subject, find_metric(metric), method, std::move(why)});
  }

  void add_diagram(const ExactProduct& product) {
    const Subject subject{Scope::kProduct, product.product};
    if (!product.why_not.empty()) {
      leave_out(subject, "availability_time", kDiagram, product.why_not);
      return;
    }
    CheckRow row{subject, find_metric("availability_time"), kDiagram,
                 product.availability, product.error};
    if (product.approximate) {
      row.fit_error = product.fit_error;
      row.fit_moves = std::abs(product.availability -
                               coarser_availability(product.product));
    }
    add_mean(row, occasions(product.product));
  }

  double coarser_availability(std::uint32_t product) {
    constexpr std::uint32_t kHalf = 8;
    if (!coarser_) coarser_ = exact_products(exact_, {.most_order = 1}, kHalf);
    return coarser_->products[product].availability;
  }

  void add_chain(std::uint32_t product) {
    const Subject subject{Scope::kProduct, product};
    const CheckedChain chain = checked_chain(exact_, product);
    if (!chain.why_not.empty()) {
      return leave_out(subject, "outage_probability", kChain, chain.why_not);
    }
    const double uncounted =
        chain.uncounted_rate * (exact_.horizon - exact_.begins).value;
    CheckRow row{subject, find_metric("availability_time"), kChain};
    row.fit_error = chain.fit_error;
    row.exact_error = 1e-12 + chain.uncounted_share;
    take(row, chain, &ChainAnswers::availability);
    add_mean(row, occasions(product));
    row.metric = find_metric("outage_probability");
    row.exact_error = 1e-12 + uncounted;
    take(row, chain, &ChainAnswers::outage_probability);
    add_probability(row);
    if (exact_.outage.ends_after.value > 0) {
      return leave_out(subject, "outages", kChain,
                       {"outages that follow each other within "
                        "outage_ends_after count as one"});
    }
    row.metric = find_metric("outages");
    take(row, chain, &ChainAnswers::outages);
    add_mean(row, occasions(product));
  }

  static void take(CheckRow& row, const CheckedChain& chain,
                   double ChainAnswers::* answer) {
    row.exact = chain.answers.*answer;
    row.fit_moves = chain.coarser_known
                        ? std::abs(row.exact - chain.coarser.*answer)
                        : std::numeric_limits<double>::infinity();
  }

  void add_mean(CheckRow row, std::uint64_t occasions) {
    const Column* column = column_of(row.metric->name, row.subject.scope);
    const Amount& amount = simulated_.amount(column->first + row.subject.index);
    row.simulated = amount.mean.estimate();
    const double difference = amount.mean.mean() - row.exact;
    const double variance =
        amount.mean.variance() / static_cast<double>(amount.mean.n);
    compare(row, difference, variance);
    if (occasions < kFewOccasions && std::abs(difference) > kEqual) {
      row.verdict = CheckVerdict::kTooFew;
    }
    report_.rows.push_back(row);
  }

  static void compare(CheckRow& row, double difference, double variance) {
    const double error =
        std::sqrt(variance + row.exact_error * row.exact_error);
    const bool same = std::abs(difference) <= kEqual * std::abs(row.exact) ||
                      std::abs(difference) <= kEqual;
    row.z = same ? 0 : difference / error;
    if (error == 0 && !same) row.z = std::copysign(40.0, difference);
    const double beyond = std::max(0.0, std::abs(difference) - row.fit_moves);
    row.p_value = two_sided(
        beyond < std::abs(difference) && error > 0 ? beyond / error : row.z);
  }

  void add_probability(CheckRow row) {
    const Column* column = column_of(row.metric->name, row.subject.scope);
    const Proportion& seen =
        simulated_.probability(column->first + row.subject.index);
    row.simulated = seen.estimate();
    const double p = binomial_p_value(seen.successes, seen.n, row.exact);
    row.z = p == 1 ? 0 : z_of(p, row.simulated.value - row.exact);
    // As near to what was seen as the fit may be off by.
    const double nearest =
        std::clamp(row.simulated.value, row.exact - row.fit_moves,
                   row.exact + row.fit_moves);
    row.p_value = row.fit_moves > 0
                      ? binomial_p_value(seen.successes, seen.n, nearest)
                      : p;
    report_.rows.push_back(row);
  }

  void add_stages() {
    const std::vector<StageMean> stages = stage_means(exact_);
    for (const StageMean& stage : stages) {
      const Subject subject{Scope::kFault, stage.fault};
      if (!stage.value) {
        leave_out(subject, stage.metric, kLaws, {stage.why_not});
        continue;
      }
      CheckRow row{subject, find_metric(stage.metric), kLaws, *stage.value,
                   stage.error};
      if (stage.measure == StageMeasure::kMean) {
        add_stage_mean(row, middle_of(stages, stage));
      }
      if (stage.measure == StageMeasure::kMiddle) add_stage_middle(row);
      if (stage.measure == StageMeasure::kComesToIt) add_stage_share(row);
    }
  }

  const Survival& times_of(std::string_view metric, Subject subject) const {
    return simulated_.time(column_of(metric, subject.scope)->first +
                           subject.index);
  }

  // Too few occasions are told, not judged.
  void add_judged(CheckRow row, std::uint64_t occasions,
                  double needed = kFewOccasions) {
    if (static_cast<double>(occasions) < needed && row.z != 0) {
      row.verdict = CheckVerdict::kTooFew;
    }
    report_.rows.push_back(row);
  }

  void add_stage_mean(CheckRow row, double middle) {
    const Survival& times = times_of(row.metric->name, row.subject);
    if (times.events.n == 0) {
      return leave_out(row.subject, row.metric->name, kLaws,
                       {"it never came to it"});
    }
    if (times.censored_counts.n > 0) {
      return leave_out(row.subject, row.metric->name, kLaws,
                       {"some were still going on at the horizon"});
    }
    row.simulated = times.events.estimate();
    const auto n = static_cast<double>(times.events.n);
    compare(row, times.events.mean() - row.exact,
            n > 1 ? times.events.variance() / n : 0);
    add_judged(row, times.events.n,
               middle > 0 ? occasions_needed(row.exact, middle)
                          : static_cast<double>(kFewOccasions));
  }

  // How surely the middle is passed by the exact one, what was seen only in
  // part included [Kaplan58].
  void add_stage_middle(CheckRow row) {
    constexpr double kBinError = 0.001;  // of the share below, by counting bins
    const Survival& times = times_of(row.metric->name, row.subject);
    const Estimate below = times.probability_below(row.exact);
    if (!(below.high > below.low)) return;
    row.measure = "middle";
    row.simulated = times.quantile(0.5);
    const double error =
        (below.high - below.low) / (2 * normal_critical(kConfidence));
    row.z = (0.5 - below.value) / std::hypot(error, kBinError);
    row.p_value = two_sided(row.z);
    add_judged(row, times.events.n);
  }

  // Of incidents that strike once a run.
  void add_stage_share(CheckRow row) {
    const std::uint64_t all = times_of("stage_detect", row.subject).n();
    const Survival& times = times_of(row.metric->name, row.subject);
    const bool open =
        row.metric->name != "stage_detect" && times.censored_counts.n > 0;
    if (all == 0 || open) return;
    row.measure = kInTime;
    const Proportion seen{all, times.events.n};
    row.simulated = seen.estimate();
    const auto n = static_cast<double>(all);
    compare(row, row.simulated.value - row.exact,
            row.exact * (1 - row.exact) / n);
    row.p_value = std::max(row.p_value,
                           binomial_p_value(seen.successes, seen.n, row.exact));
    add_judged(row, all);
  }

  // Step-down: the smallest p-value must pass the sternest bound [Holm79].
  void judge() {
    std::vector<std::pair<double, std::size_t>> judged;
    for (std::size_t i = 0; i < report_.rows.size(); ++i) {
      CheckRow& row = report_.rows[i];
      if (row.verdict == CheckVerdict::kTooFew) continue;
      if (row.fit_error > 0 && two_sided(row.z) < kFamilyError) {
        row.verdict = CheckVerdict::kFitOnly;
      }
      if (row.fit_error > kRoughFit) {
        row.verdict = CheckVerdict::kFitOnly;
        continue;
      }
      judged.emplace_back(row.p_value, i);
    }
    std::ranges::sort(judged);
    for (std::size_t i = 0; i < judged.size(); ++i) {
      const auto left = static_cast<double>(judged.size() - i);
      if (judged[i].first * left > kFamilyError) return;
      report_.rows[judged[i].second].verdict = CheckVerdict::kDiffers;
    }
  }

  const Model& exact_;
  const Summary& simulated_;
  CutSetOptions cuts_;
  CheckReport report_;
  std::optional<ExactProducts> coarser_;
};

}  // namespace

std::string_view verdict_name(CheckVerdict verdict) {
  static constexpr std::array<std::string_view, 4> kNames{
      "agrees", "differs", "too few", "fit only"};
  return kNames[static_cast<std::size_t>(verdict)];
}

bool CheckReport::agrees() const {
  return std::ranges::none_of(rows, [](const CheckRow& row) {
    return row.verdict == CheckVerdict::kDiffers;
  });
}

CheckReport lay_beside(const Model& exact, const Summary& simulated,
                       const CutSetOptions& cuts) {
  return CheckWriter(exact, simulated, cuts).write();
}

}  // namespace outagesim
