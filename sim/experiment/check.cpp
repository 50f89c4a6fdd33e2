#include "sim/experiment/check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "models/analysis/renewal_losses.h"
#include "models/analysis/stage_means.h"
#include "sim/experiment/check_chain.h"
#include "sim/experiment/check_incident.h"
#include "sim/experiment/check_rows.h"
#include "sim/experiment/check_verdicts.h"
#include "sim/experiment/p_values.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;
constexpr std::string_view kDiagram = "decision diagram";
constexpr std::string_view kChain = "Markov chain";
constexpr std::string_view kLaws = "sum of laws";
constexpr std::string_view kRenewal = "renewal equation";

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
              const CutSetOptions& cuts, const FirstOutages* first)
      : exact_(exact), simulated_(simulated), cuts_(cuts), first_(first) {
    report_.replications = simulated.replications();
  }

  CheckReport write() {
    report_.products = exact_products(exact_, cuts_);
    for (const ExactProduct& product : report_.products.products) {
      add_diagram(product);
      add_chain(product.product);
    }
    add_incident(exact_, simulated_, report_);
    add_stages();
    judge(report_.rows);
    return std::move(report_);
  }

 private:
  const Column* column_of(std::string_view metric, Scope scope) const {
    return outagesim::column_of(simulated_, metric, scope);
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
      return add_renewal(product.product);
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

  // Failures that overlap or lose drawn shares: no diagram, but means.
  void add_renewal(std::uint32_t product) {
    const Plan& plan = exact_.plan;
    if (plan.processes.empty() && plan.common_causes.empty()) return;
    if (renewals_.empty()) renewals_ = renewal_products(exact_);
    const RenewalProduct& renewal = renewals_[product];
    const Subject subject{Scope::kProduct, product};
    if (!renewal.why_not.empty()) {
      return leave_out(subject, "availability_time", kRenewal,
                       {renewal.why_not});
    }
    add_mean({subject, find_metric("availability_time"), kRenewal,
              renewal.availability, renewal.error},
             occasions(product));
    if (renewal.outage_probability) {
      add_probability({subject, find_metric("outage_probability"), kRenewal,
                       *renewal.outage_probability, 1e-9});
    }
    const Metric* incidents = find_metric("incidents");
    if (renewal.incidents && applies(*incidents, exact_)) {
      add_mean({subject, incidents, kRenewal, *renewal.incidents},
               report_.replications);
    }
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
    add_times(row, chain);
    if (exact_.outage.ends_after.value > 0) {
      return leave_out(subject, "outages", kChain,
                       {"outages that follow each other within "
                        "outage_ends_after count as one"});
    }
    row.metric = find_metric("outages");
    take(row, chain, &ChainAnswers::outages);
    add_mean(row, occasions(product));
  }

  // What the horizon shows of the first outage; then what lies beyond it.
  void add_times(CheckRow row, const CheckedChain& chain) {
    const double rate = chain.uncounted_rate;
    report_.chains.push_back(
        {row.subject.index, chain.states, chain.answers.residual});
    row.metric = &time_to_outage_metric();
    if (first_) {
      const Mean& seen = first_->of(row.subject.index);
      take(row, chain, &ChainAnswers::time_within);
      row.exact_error = 1e-12 * row.exact + rate * row.exact * row.exact;
      row.measure = kWithin;
      row.simulated = seen.estimate();
      compare_means(row, seen.mean() - row.exact,
                    seen.variance() / static_cast<double>(seen.n));
      add_judged(row, occasions(row.subject.index));
      row.measure = "mean";
    }
    take(row, chain, &ChainAnswers::time_to_outage);
    row.exact_error =
        std::isfinite(row.exact)
            ? (chain.answers.residual + rate * row.exact) * row.exact
            : 0;
    add_exact_only(row);
    row.metric = &steady_availability_metric();
    take(row, chain, &ChainAnswers::long_run);
    row.exact_error = chain.answers.residual + chain.uncounted_share;
    // Where it begins as it goes on for ever, the run is a sample of that.
    const bool is_steady =
        std::abs(row.exact - chain.answers.availability) <= kEqual;
    if (!is_steady) return add_exact_only(row);
    add_mean(row, occasions(row.subject.index), "availability_time");
  }

  // NaN: there is none, or it was not found.
  void add_exact_only(CheckRow row) {
    if (std::isnan(row.exact)) return;
    row.simulated = {};
    row.z = 0;
    row.p_value = 1;
    row.verdict = CheckVerdict::kExactOnly;
    report_.rows.push_back(row);
  }

  static void take(CheckRow& row, const CheckedChain& chain,
                   double ChainAnswers::* answer) {
    row.exact = chain.answers.*answer;
    row.fit_moves = chain.coarser_known
                        ? std::abs(row.exact - chain.coarser.*answer)
                        : std::numeric_limits<double>::infinity();
  }

  void add_mean(CheckRow row, std::uint64_t occasions) {
    add_mean(row, occasions, row.metric->name);
  }

  void add_mean(CheckRow row, std::uint64_t occasions,
                std::string_view measured) {
    const Column* column = column_of(measured, row.subject.scope);
    const Amount& amount = simulated_.amount(column->first + row.subject.index);
    row.simulated = amount.mean.estimate();
    const double difference = amount.mean.mean() - row.exact;
    const double variance =
        amount.mean.variance() / static_cast<double>(amount.mean.n);
    compare_means(row, difference, variance);
    if (occasions < kFewOccasions && std::abs(difference) > kEqual) {
      row.verdict = CheckVerdict::kTooFew;
    }
    report_.rows.push_back(row);
  }

  void add_probability(CheckRow row) {
    const Column* column = column_of(row.metric->name, row.subject.scope);
    compare_probability(
        row, simulated_.probability(column->first + row.subject.index));
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
    mark_too_few(row, occasions, needed);
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
    compare_times(row, times);
    add_judged(row, times.events.n,
               middle > 0 ? occasions_needed(row.exact, middle)
                          : static_cast<double>(kFewOccasions));
  }

  void add_stage_middle(CheckRow row) {
    const Survival& times = times_of(row.metric->name, row.subject);
    if (compare_middle(row, times)) add_judged(row, times.events.n);
  }

  // Of incidents that strike once a run.
  void add_stage_share(CheckRow row) {
    const std::uint64_t all = times_of("stage_detect", row.subject).n();
    const Survival& times = times_of(row.metric->name, row.subject);
    const bool open =
        row.metric->name != "stage_detect" && times.censored_counts.n > 0;
    if (all == 0 || open) return;
    row.measure = kInTime;
    compare_share(row, {all, times.events.n});
    add_judged(row, all);
  }

  const Model& exact_;
  const Summary& simulated_;
  CutSetOptions cuts_;
  const FirstOutages* first_;
  CheckReport report_;
  std::optional<ExactProducts> coarser_;
  std::vector<RenewalProduct> renewals_;
};

}  // namespace

CheckReport lay_beside(const Model& exact, const Summary& simulated,
                       const CutSetOptions& cuts, const FirstOutages* first) {
  return CheckWriter(exact, simulated, cuts, first).write();
}

}  // namespace outagesim
