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
  std::uint32_t clock = kNone;     // into Plan::clocks; kNone: constant
  std::uint32_t region = kNone;    // into Model::regions
  std::uint32_t class_number = 0;  // into Model::classes
  Stakes stakes;
};

// ∫ profile(t) dt over [from, to): operational seconds. O(1) or O(log hours).
Seconds profile_integral(const Plan& plan, const CompiledPopulation& population,
                         Seconds from, Seconds to);
// Profile factor at `t`.
double profile_at(const Plan& plan, const CompiledPopulation& population,
                  Seconds t);
// When the profile may change next after `t`; an hour on where there is none.
Seconds next_hour(const Plan& plan, const CompiledPopulation& population,
                  Seconds t);
// Share of the users who are active at `t`, at most 1.
Fraction active_share(const Plan& plan, const CompiledPopulation& population,
                      Seconds t);

// Integrals of harm for one population over one replication.
struct Harm {
  double user_seconds_lost = 0;  // ∫ active × (1 − s) dt
  double failed_requests = 0;    // ∫ requests × (1 − s) dt
  double degraded_requests = 0;  // ∫ requests × s × (1 − full) dt
  double exposure = 0;       // exp(−exposure): share that met no failure so far
  double peak_share = 0;     // largest share of all users failing at once
  double failed_visits = 0;  // with at least one failed request
  double away = 0;           // share of the active who have given up now
  double given_up = 0;       // exp(−given_up): share that never gave up
  double away_user_seconds = 0;  // ∫ active × away dt
};
// A time [from, to) at constant served and full.
struct Stretch {
  Seconds from{0};
  Seconds to{0};
  double served = 1;
  double full = 1;  // of what is served
};
void add_stretch(const Plan& plan, const CompiledPopulation& population,
                 const Stretch& stretch, Harm& harm);
// A sudden fall of the served fraction by `fall` strikes so large a part of
// those who are active at that moment: the users among them who had not met a
// failure before. Two falls strike independently drawn people.
Users strike_active(const Plan& plan, const CompiledPopulation& population,
                    Seconds at, Fraction fall, Harm& harm);
// Of the active, those who fail give up at rate (1 − s) / patience, and come
// back where they are served at rate s / comes_back: both exponential, solved
// exactly between changes of s and of the hour.
// N × (1 − exp(−given_up)): distinct users who gave up at least once, as if
// each time others did.
Users users_gave_up(const CompiledPopulation& population, const Harm& harm);
// The share of a month's bill that is given back at this availability.
Fraction credit_of(const std::vector<CreditTier>& sla, Fraction availability);
// N × (1 − exp(−exposure)): distinct users who met at least one failure.
Users users_affected(const CompiledPopulation& population, const Harm& harm);

// Crowd reports over time: people report once, some while after they first met
// the failure; 45 % of them after 7 min on average, 55 % after 57 min. This
// linear filter of two compartments is the least-squares fit, in logarithms, to
// the medians of 39 recorded cloud events, for a total outage of 90 min met by
// people who visit 3.6 times a day. Achieved (recorded): 10 % to peak 83 min
// (30), peak to half 20 (15), peak to a tenth 101 (75), total over the
// 15-minute peak 7.9 (10): people tire of reporting while an outage lasts,
// which a linear filter cannot show. Exact between events.
struct CrowdReports {
  double quick = 0;       // people about to report, first compartment
  double late = 0;        // second compartment
  double reported = 0;    // total so far
  double peak_15min = 0;  // largest rate so far, in reports in 15 min
  Seconds last{0};
};
// People newly failing: a sudden fall of the served fraction at crowd.last.
void add_shock(const CompiledPopulation& population, double newly_failing_users,
               CrowdReports& crowd);
// Moves to `to` with `rate` people newly failing a second; updates the peak.
// An earlier `to` only sets the clock back, for scenarios that begin before 0.
void advance(const CompiledPopulation& population, Seconds to, PerSecond rate,
             CrowdReports& crowd);
// First time ≥ crowd.last at which the rate reaches `reports_15min` if `rate`
// goes on; kForever if never. Solved to 1 s, from above.
Seconds time_of_reports(const CompiledPopulation& population, PerSecond rate,
                        double reports_15min, const CrowdReports& crowd);

}  // namespace outagesim
