#include "models/analysis/renewal_losses.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace outagesim {
namespace {

constexpr double kLastHazard = 20;  // beyond it nothing is told apart

double survival(const Distribution& law, double t) {
  return t <= 0 ? 1 : std::exp(-cumulative_hazard(law, t));
}

// The integral of a law's survival over each step.
std::vector<double> lived(const Distribution& law, double step,
                          std::uint32_t steps) {
  std::vector<double> areas;
  for (std::uint32_t k = 0; k < steps; ++k) {
    const double at = k * step;
    areas.push_back(step / 6 *
                    (survival(law, at) + 4 * survival(law, at + step / 2) +
                     survival(law, at + step)));
  }
  return areas;
}

// Ages of failures, backwards from a moment, in equal steps of the clock.
class AgeGrid {
 public:
  AgeGrid(const RenewalLoss& process, Seconds t, std::uint32_t steps)
      : process_(process), t_(t) {
    const double longest =
        inverse_cumulative_hazard(process.length, kLastHazard);
    reach_ = std::min(longest, t.value);
    const double on_clock = (clock_at(t) - clock_at(t - Seconds{reach_})).value;
    step_ = on_clock / steps;
    for (std::uint32_t k = 0; k <= steps; ++k) {
      const double still = survival(process.length, age(k));
      left_.push_back(1 - process.loss * still);
    }
  }

  double step() const { return step_; }
  double reach() const { return reach_; }
  // Of health, after a failure of this age.
  double left(std::uint32_t k) const { return left_[k]; }

 private:
  Seconds clock_at(Seconds t) const {
    const Seconds at = process_.begins + t;
    return process_.clock ? operational_time(*process_.clock, at) : at;
  }
  double age(std::uint32_t k) const {
    if (!process_.clock) return k * step_;
    const Seconds then =
        real_time(*process_.clock, clock_at(t_) - Seconds{k * step_});
    return std::max(0.0, (process_.begins + t_ - then).value);
  }

  const RenewalLoss& process_;
  Seconds t_;
  double reach_ = 0, step_ = 0;
  std::vector<double> left_;
};

// What those found under way at the beginning have left.
double left_by_first(const RenewalLoss& process, double t) {
  const double longest = inverse_cumulative_hazard(process.length, kLastHazard);
  if (t >= longest) return 1;
  constexpr std::uint32_t kParts = 2000;
  double under_way = 0;
  const double step = (longest - t) / kParts;
  for (std::uint32_t k = 0; k < kParts; ++k) {
    under_way += step * survival(process.length, t + (k + 0.5) * step);
  }
  return std::exp(-process.loss * under_way / mean(process.gap));
}

}  // namespace

double left_at(const RenewalLoss& process, Seconds t, std::uint32_t steps) {
  const double before = left_by_first(process, t.value);
  const AgeGrid grid(process, t, steps);
  if (!(grid.step() > 0)) return before;
  std::vector<double> alive;
  for (std::uint32_t k = 0; k <= steps; ++k) {
    alive.push_back(survival(process.gap, k * grid.step()));
  }
  // After a failure of age j: the next comes at one of the ages below, or not.
  std::vector<double> then(steps + 1);
  then[0] = grid.left(0);
  for (std::uint32_t j = 1; j <= steps; ++j) {
    double sum = alive[j];
    for (std::uint32_t k = 0; k + 1 < j; ++k) {
      sum += (alive[j - k - 1] - alive[j - k]) * (then[k] + then[k + 1]) / 2;
    }
    const double first = (1 - alive[1]) / 2;
    sum += first * then[j - 1];
    then[j] = grid.left(j) * sum / (1 - first * grid.left(j));
  }
  // In equilibrium the first comes by the law of what is left of a gap.
  const std::vector<double> areas = lived(process.gap, grid.step(), steps);
  double kept = 0, come = 0;
  for (std::uint32_t k = 0; k < steps; ++k) {
    const double share = areas[k] / mean(process.gap);
    come += share;
    kept += share * (then[steps - k] + then[steps - k - 1]) / 2;
  }
  return before * (kept + 1 - come);
}

}  // namespace outagesim
