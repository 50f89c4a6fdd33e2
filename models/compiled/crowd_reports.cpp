#include <algorithm>
#include <cmath>

#include "models/compiled/user_impact.h"

namespace outagesim {
namespace {

constexpr double kQuickShare = 0.45;
constexpr double kQuick = 1.0 / (7 * 60);  // per second
constexpr double kLate = 1.0 / (57 * 60);
constexpr double kQuarterHour = 900;

// The rate of reports from now on, while `inflow` a second goes on:
//   inflow + quick e^(-kQuick t) + late e^(-kLate t).
struct ReportCurve {
  ReportCurve(const CrowdReports& crowd, double inflow_per_second)
      : inflow(inflow_per_second),
        quick(kQuick * crowd.quick - kQuickShare * inflow_per_second),
        late(kLate * crowd.late - (1 - kQuickShare) * inflow_per_second) {}

  double rate(double t) const {
    return inflow + quick * std::exp(-kQuick * t) + late * std::exp(-kLate * t);
  }

  // When it turns, if it does after now; else 0.
  double turning_point() const {
    const double ratio = -(kQuick * quick) / (kLate * late);
    return ratio > 1 && std::isfinite(ratio)
               ? std::log(ratio) / (kQuick - kLate)
               : 0;
  }

  double inflow, quick, late;
};

// Precondition: the rate rises from `low` to `high`, where it suffices.
double first_time_in(const ReportCurve& curve, double low, double high,
                     double rate) {
  while (high - low > 0.5) {
    const double middle = (low + high) / 2;
    (curve.rate(middle) >= rate ? high : low) = middle;
  }
  return high;
}

// `left` is the share of the pool that has gone by now.
void move_pool(double& pool, double inflow, double per_second, double left) {
  pool = pool * (1 - left) + inflow / per_second * left;
}

}  // namespace

void add_shock(const CompiledPopulation& population, double newly_failing_users,
               CrowdReports& crowd) {
  const double reports = newly_failing_users * population.reports.value;
  crowd.quick += kQuickShare * reports;
  crowd.late += (1 - kQuickShare) * reports;
}

void advance(const CompiledPopulation& population, Seconds to, PerSecond rate,
             CrowdReports& crowd) {
  const double dt = (to - crowd.last).value;
  crowd.last = to;
  if (!(dt > 0)) {
    return;
  }
  const double inflow = rate.value * population.reports.value;
  if (inflow == 0 && crowd.quick == 0 && crowd.late == 0) return;
  const ReportCurve curve(crowd, inflow);
  // Two exponentials a step; with one for each use people were half the cost of
  // the scenario of 11 December.
  const double quick_left = -std::expm1(-kQuick * dt);
  const double late_left = -std::expm1(-kLate * dt);
  const double turn = curve.turning_point();
  const double peak = std::max({curve.inflow + curve.quick + curve.late,
                                curve.inflow + curve.quick * (1 - quick_left) +
                                    curve.late * (1 - late_left),
                                turn > 0 && turn < dt ? curve.rate(turn) : 0});
  crowd.peak_15min = std::max(crowd.peak_15min, kQuarterHour * peak);
  const double before = crowd.quick + crowd.late;
  move_pool(crowd.quick, kQuickShare * inflow, kQuick, quick_left);
  move_pool(crowd.late, (1 - kQuickShare) * inflow, kLate, late_left);
  crowd.reported += inflow * dt + before - crowd.quick - crowd.late;
}

Seconds time_of_reports(const CompiledPopulation& population, PerSecond rate,
                        double reports_15min, const CrowdReports& crowd) {
  const ReportCurve curve(crowd, rate.value * population.reports.value);
  const double wanted = reports_15min / kQuarterHour;
  if (curve.rate(0) >= wanted) {
    return crowd.last;
  }
  const double turn = curve.turning_point();
  if (curve.rate(turn) >= wanted) {
    return crowd.last + Seconds{first_time_in(curve, 0, turn, wanted)};
  }
  if (!(curve.inflow > wanted)) {
    return kForever;
  }
  double high = turn + kQuarterHour;
  while (curve.rate(high) < wanted) {
    high *= 2;
  }
  return crowd.last + Seconds{first_time_in(curve, turn, high, wanted)};
}

}  // namespace outagesim
