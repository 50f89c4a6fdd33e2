#include "sim/experiment/check_incident.h"

#include <cmath>

#include "sim/experiment/check_rows.h"
#include "sim/experiment/check_verdicts.h"
#include "sim/experiment/p_values.h"
#include "sim/experiment/race_integral.h"

namespace outagesim {
namespace {

constexpr std::string_view kRace = "race of laws";

// A mean is normal enough where its skewness is at most a fifth.
double occasions_for(double skewness) {
  return std::max(static_cast<double>(kFewOccasions),
                  std::pow(skewness / 0.2, 2));
}

class IncidentRows {
 public:
  IncidentRows(const Summary& simulated, CheckReport& report)
      : simulated_(simulated), report_(report) {}

  void add(const RaceNumber& number) {
    const Column* column =
        column_of(simulated_, number.metric->name, number.subject.scope);
    if (column == nullptr || number.subject.index >= column->subjects) return;
    const std::uint32_t slot = column->first + number.subject.index;
    CheckRow row{number.subject, number.metric, kRace, number.value,
                 number.error};
    switch (number.metric->measure) {
      case Measure::kTime:
        return add_time(row, number, simulated_.time(slot));
      case Measure::kProbability:
        return add_share(row, simulated_.probability(slot));
      default:
        return add_amount(row, number, simulated_.amount(slot));
    }
  }

 private:
  void add_amount(CheckRow row, const RaceNumber& number,
                  const Amount& amount) {
    if (amount.mean.n < 2) return;
    row.simulated = amount.mean.estimate();
    compare_means(row, amount.mean.mean() - row.exact,
                  amount.mean.variance() / static_cast<double>(amount.mean.n));
    mark_too_few(row, amount.mean.n, occasions_for(number.skewness));
    report_.rows.push_back(row);
  }

  void add_time(CheckRow row, const RaceNumber& number, const Survival& times) {
    if (times.events.n < 2) return;
    double needed = static_cast<double>(kFewOccasions);
    if (number.measure == RaceMeasure::kMiddle) {
      if (!compare_middle(row, times, number.share_error)) return;
    } else if (number.measure == RaceMeasure::kMean) {
      compare_times(row, times);
      needed = occasions_for(number.skewness);
    } else {
      row.measure = kInTime;
      compare_share(row, {times.n(), times.events.n});
    }
    mark_too_few(row, times.events.n, needed);
    report_.rows.push_back(row);
  }

  void add_share(CheckRow row, const Proportion& seen) {
    if (seen.n == 0) return;
    compare_share(row, seen);
    mark_too_few(row, seen.n, static_cast<double>(kFewOccasions));
    report_.rows.push_back(row);
  }

  const Summary& simulated_;
  CheckReport& report_;
};

}  // namespace

void add_incident(const Model& exact, const Summary& simulated,
                  CheckReport& report) {
  const RaceNumbers numbers = race_numbers(exact, simulated.replications());
  IncidentRows rows(simulated, report);
  for (const RaceNumber& number : numbers.known) rows.add(number);
  for (std::uint32_t i = 0; i < numbers.why_not.size(); ++i) {
    if (numbers.why_not[i].empty()) continue;
    report.unsolved.push_back({{Scope::kProduct, i},
                               find_metric("ttr"),
                               kRace,
                               {numbers.why_not[i]}});
  }
  if (numbers.why_no_system.empty()) return;
  report.unsolved.push_back(
      {{}, find_metric("user_minutes_lost"), kRace, {numbers.why_no_system}});
}

}  // namespace outagesim
