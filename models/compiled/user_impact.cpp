#include "models/compiled/user_impact.h"

#include <algorithm>
#include <cmath>

namespace outagesim {

Seconds profile_integral(const Plan& plan, const CompiledPopulation& population,
                         Seconds from, Seconds to) {
  if (population.clock == kNone) {
    return to - from;
  }
  const Clock& clock = plan.clocks[population.clock];
  return operational_time(clock, to) - operational_time(clock, from);
}

double profile_at(const Plan& plan, const CompiledPopulation& population,
                  Seconds t) {
  return population.clock == kNone
             ? 1
             : factor_at(plan.clocks[population.clock], t);
}

Seconds next_hour(const Plan& plan, const CompiledPopulation& population,
                  Seconds t) {
  return population.clock == kNone
             ? t + kHour
             : next_hour(plan.clocks[population.clock], t);
}

Fraction active_share(const Plan& plan, const CompiledPopulation& population,
                      Seconds t) {
  const double visiting =
      population.visits.value * population.visit_length.value;
  return {std::min(1.0, visiting * profile_at(plan, population, t))};
}

void add_stretch(const Plan& plan, const CompiledPopulation& population,
                 const Stretch& stretch, Harm& harm) {
  const auto& [from, to, served, full] = stretch;
  if (!(from < to)) {
    return;
  }
  const double time = profile_integral(plan, population, from, to).value;
  const double visits = population.users.value * population.visits.value * time;
  const double requests = visits * population.requests_per_visit;
  const double failing = 1 - served;
  harm.user_seconds_lost += visits * population.visit_length.value * failing;
  harm.failed_requests += requests * failing;
  harm.degraded_requests += requests * served * (1 - full);
  harm.exposure += population.visits.value * time *
                   (1 - std::pow(served, population.requests_per_visit));
  harm.peak_share = std::max(
      harm.peak_share, active_share(plan, population, from).value * failing);
}

Users strike_active(const Plan& plan, const CompiledPopulation& population,
                    Seconds at, Fraction fall, Harm& harm) {
  constexpr double kNearlyAll = 1 - 1e-9;  // keeps the exposure finite
  const double struck = std::min(
      kNearlyAll, active_share(plan, population, at).value * fall.value);
  const Users unhurt = std::exp(-harm.exposure) * population.users;
  harm.exposure -= std::log1p(-struck);
  return struck * unhurt;
}

Users users_affected(const CompiledPopulation& population, const Harm& harm) {
  return -std::expm1(-harm.exposure) * population.users;
}

}  // namespace outagesim
