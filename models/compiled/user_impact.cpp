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

namespace {

// Gives up and comes back within an hour of constant activity.
void wait_or_leave(const CompiledPopulation& population, double active,
                   Seconds time, double served, Harm& harm) {
  const Stakes& stakes = population.stakes;
  const double gives_up = (1 - served) / stakes.patience->value;
  const double returns = served / stakes.comes_back.value;
  const double both = gives_up + returns;
  const double settled = gives_up / both;
  const double decayed = -std::expm1(-both * time.value);
  const double away_time =
      settled * time.value + (harm.away - settled) * decayed / both;
  harm.away += (settled - harm.away) * decayed;
  harm.given_up += active * gives_up * (time.value - away_time);
  harm.away_user_seconds += population.users.value * active * away_time;
}

void add_patience(const Plan& plan, const CompiledPopulation& population,
                  const Stretch& stretch, Harm& harm) {
  constexpr double kNobody = 1e-9;
  if (!population.stakes.patience) return;
  for (Seconds at = stretch.from; at < stretch.to;) {
    if (stretch.served >= 1 && harm.away < kNobody) {
      harm.away = 0;
      return;
    }
    const Seconds next = std::min(stretch.to, next_hour(plan, population, at));
    const double active = active_share(plan, population, at).value;
    wait_or_leave(population, active, next - at, stretch.served, harm);
    at = next;
  }
}

}  // namespace

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
  const double met = 1 - std::pow(served, population.requests_per_visit);
  harm.exposure += population.visits.value * time * met;
  harm.failed_visits += visits * met;
  add_patience(plan, population, stretch, harm);
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
  harm.failed_visits += struck * population.users.value;
  return struck * unhurt;
}

Users users_gave_up(const CompiledPopulation& population, const Harm& harm) {
  return -std::expm1(-harm.given_up) * population.users;
}

Fraction credit_of(const std::vector<CreditTier>& sla, Fraction availability) {
  Fraction credit{0};
  for (const CreditTier& tier : sla) {
    if (availability < tier.below) credit = std::max(credit, tier.credit);
  }
  return credit;
}

Users users_affected(const CompiledPopulation& population, const Harm& harm) {
  return -std::expm1(-harm.exposure) * population.users;
}

}  // namespace outagesim
