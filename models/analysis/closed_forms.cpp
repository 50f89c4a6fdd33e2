#include "models/analysis/closed_forms.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "models/compiled/need_factor.h"

namespace outagesim {
namespace {

// Rates between numbers of failed parts: up[i] one more fails.
struct CrewRates {
  std::vector<double> fail, repair;
};

CrewRates crew_rates(const CrewedParts& parts, std::uint32_t most_failed) {
  CrewRates rates;
  for (std::uint32_t failed = 0; failed < most_failed; ++failed) {
    rates.fail.push_back((parts.n - failed) * parts.failure_rate);
    rates.repair.push_back(std::min(failed + 1, parts.crews) *
                           parts.repair_rate);
  }
  return rates;
}

}  // namespace

double renewal_availability(double mean_up, double mean_down) {
  return mean_up / (mean_up + mean_down);
}

double two_state_up_at(double failure_rate, double repair_rate, double t) {
  const double sum = failure_rate + repair_rate;
  return repair_rate / sum + failure_rate / sum * std::exp(-sum * t);
}

double two_state_mean_up(double failure_rate, double repair_rate, double t) {
  const double sum = failure_rate + repair_rate;
  return repair_rate / sum -
         failure_rate / sum * std::expm1(-sum * t) / (sum * t);
}

double series_availability(std::span<const double> up) {
  return std::accumulate(up.begin(), up.end(), 1.0, std::multiplies<>());
}

double parallel_availability(std::span<const double> up) {
  double down = 1;
  for (const double p : up) down *= 1 - p;
  return 1 - down;
}

double k_of_n_availability(std::span<const double> up, std::uint32_t k) {
  const auto n = static_cast<std::uint32_t>(up.size());
  return quorum_probability(n, k, [&](std::uint32_t i) { return up[i]; });
}

std::vector<double> birth_death_stationary(std::span<const double> up,
                                           std::span<const double> down) {
  assert(up.size() == down.size() && "a way back for each way up");
  std::vector<double> p{1};
  for (std::size_t i = 0; i < up.size(); ++i) {
    p.push_back(p.back() * up[i] / down[i]);
  }
  const double total = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& each : p) each /= total;
  return p;
}

double crewed_availability(const CrewedParts& parts) {
  const CrewRates rates = crew_rates(parts, parts.n);
  const std::vector<double> p =
      birth_death_stationary(rates.fail, rates.repair);
  return std::accumulate(p.begin(), p.begin() + (parts.n - parts.k + 1), 0.0);
}

double crewed_time_to_failure(const CrewedParts& parts) {
  const std::uint32_t steps = parts.n - parts.k + 1;
  const CrewRates rates = crew_rates(parts, steps);
  // Mean time from i failed to i + 1 failed, by conditioning on the first move.
  double total = 0, step = 0;
  for (std::uint32_t i = 0; i < steps; ++i) {
    const double back = i > 0 ? rates.repair[i - 1] : 0;
    step = (1 + back * step) / rates.fail[i];
    total += step;
  }
  return total;
}

double standby_availability(const StandbyPair& pair) {
  // Weights of the states against that of both units working.
  const double one =
      (pair.failure_rate + pair.standby_failure_rate) / pair.repair_rate;
  const double none = one * pair.failure_rate / pair.repair_rate;
  const double switching = pair.failure_rate * pair.coverage / pair.switch_rate;
  const double uncovered =
      pair.failure_rate * (1 - pair.coverage) / pair.recovery_rate;
  return (1 + one) / (1 + one + none + switching + uncovered);
}

double beta_factor_unavailability(std::uint32_t n, std::uint32_t k, double q,
                                  double beta) {
  const std::vector<double> up(n, 1 - (1 - beta) * q);
  return 1 - (1 - beta * q) * k_of_n_availability(up, k);
}

}  // namespace outagesim
