// What an outage does to people: from the served fraction of a product, held
// for a while, to user-minutes, failed requests, users affected and crowd
// reports. The same functions serve simulation and analysis.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/base/units.h"
#include "models/compiled/plan.h"
#include "models/parts/population.h"

namespace outagesim {

struct CompiledPopulation {
  std::string name;
  std::uint64_t key = 0;
  std::uint32_t product = 0;  // into Model::products
  PopulationClass kind = PopulationClass::kPeople;
  Users users{0};
  PerSecond visits{0};  // of one user, mean over the week
  Seconds visit_length{600};
  double requests_per_visit = 1;
  Probability reports{0};
  std::uint32_t clock = kNone;  // into Plan::clocks; kNone: constant
};

// ∫ profile(t) dt over [from, to): operational seconds. O(1) or O(log hours).
Seconds profile_integral(const Plan& plan, const CompiledPopulation& population,
                         Seconds from, Seconds to);
// Profile factor at `t`.
double profile_at(const Plan& plan, const CompiledPopulation& population,
                  Seconds t);

// Integrals of harm for one population over one replication.
struct Harm {
  double user_seconds_lost = 0;  // ∫ active × (1 − s) dt
  double failed_requests = 0;    // ∫ requests × (1 − s) dt
  double degraded_requests = 0;  // ∫ requests × s × (1 − full) dt
  double exposure = 0;           // ∫ visit rate × (1 − s^requests) dt
  double peak_share = 0;         // largest share of users failing at once
};
// Adds a stretch [from, to) at constant served and full.
void add_stretch(const Plan& plan, const CompiledPopulation& population,
                 Seconds from, Seconds to, double served, double full,
                 Harm& harm);
// N × (1 − exp(−exposure)): distinct users who met at least one failure.
Users users_affected(const CompiledPopulation& population, const Harm& harm);

// Crowd reports over time: people report once, when they first meet the
// failure, after a delay; a linear filter of two compartments whose shape is
// that of recorded cloud events (rise of about 30 min, a tail past 75 min).
// Exact between events.
struct CrowdReports {
  double waiting = 0;     // people about to report, first compartment
  double writing = 0;     // second compartment
  double reported = 0;    // total so far
  double peak_15min = 0;  // largest rate so far, in reports in 15 min
  Seconds last{0};
};
// People newly failing: a sudden fall of the served fraction at `t`.
void add_shock(const CompiledPopulation& population, double newly_failing_users,
               CrowdReports& crowd);
// Moves to `to` with `rate` people newly failing a second; updates the peak.
void advance(const CompiledPopulation& population, Seconds to, PerSecond rate,
             CrowdReports& crowd);
// First time ≥ crowd.last at which the rate reaches `reports_15min` if `rate`
// goes on; kForever if never. Solved to 1 s.
Seconds time_of_reports(const CompiledPopulation& population, PerSecond rate,
                        double reports_15min, const CrowdReports& crowd);

}  // namespace outagesim
