#include "sim/experiment/check_rows.h"

#include <algorithm>
#include <cmath>

#include "models/base/normal.h"
#include "sim/experiment/check_verdicts.h"
#include "sim/experiment/p_values.h"

namespace outagesim {
const Column* column_of(const Summary& simulated, std::string_view metric,
                        Scope scope) {
  for (const Column& column : simulated.columns()) {
    if (column.metric->name == metric && column.scope == scope) return &column;
  }
  return nullptr;
}

void compare_times(CheckRow& row, const Survival& times) {
  row.simulated = times.events.estimate();
  const auto n = static_cast<double>(times.events.n);
  compare_means(row, times.events.mean() - row.exact,
                n > 1 ? times.events.variance() / n : 0);
}

void compare_probability(CheckRow& row, const Proportion& seen) {
  row.simulated = seen.estimate();
  const double p = binomial_p_value(seen.successes, seen.n, row.exact);
  row.z = p == 1 ? 0 : z_of(p, row.simulated.value - row.exact);
  // As near to what was seen as the fit may be off by.
  const double nearest =
      std::clamp(row.simulated.value, row.exact - row.fit_moves,
                 row.exact + row.fit_moves);
  row.p_value =
      row.fit_moves > 0 ? binomial_p_value(seen.successes, seen.n, nearest) : p;
}

void compare_share(CheckRow& row, const Proportion& seen) {
  row.simulated = seen.estimate();
  compare_means(row, row.simulated.value - row.exact,
                row.exact * (1 - row.exact) / static_cast<double>(seen.n));
  row.p_value = std::max(row.p_value,
                         binomial_p_value(seen.successes, seen.n, row.exact));
}

bool compare_middle(CheckRow& row, const Survival& times, double share_error) {
  constexpr double kBinError = 0.001;  // of the share below, by counting bins
  const Estimate below = times.probability_below(row.exact);
  if (!(below.high > below.low)) return false;
  row.measure = "middle";
  row.simulated = times.quantile(0.5);
  const double error =
      (below.high - below.low) / (2 * normal_critical(kConfidence));
  row.z = (0.5 - below.value) / std::hypot(error, kBinError, share_error);
  row.p_value = two_sided(row.z);
  return true;
}

void mark_too_few(CheckRow& row, std::uint64_t occasions, double needed) {
  if (static_cast<double>(occasions) < needed && row.z != 0) {
    row.verdict = CheckVerdict::kTooFew;
  }
}

}  // namespace outagesim
