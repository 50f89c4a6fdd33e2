// Availability by formula: systems whose parts fail and are repaired, as the
// textbooks solve them. Pure mathematics: plain numbers, any one unit of time,
// the caller's. Every formula names its source; tests lay it beside the
// Markov chain and the decision diagram of the same system.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace outagesim {

// --- One part ---
// Share of time a part is up, whatever the laws with these means
// [Trivedi02, eq. 6.78]. Preconditions: means >= 0, one of them > 0.
double renewal_availability(double mean_up, double mean_down);
// Probability that a part with exponential times, up at 0, is up at t, and the
// mean of that over [0, t] [Trivedi02, section 8.1.3]. Precondition: t > 0 for
// the mean.
double two_state_up_at(double failure_rate, double repair_rate, double t);
double two_state_mean_up(double failure_rate, double repair_rate, double t);

// --- Independent parts, each up with its probability ---
double series_availability(std::span<const double> up);
double parallel_availability(std::span<const double> up);
// At least `k` of them [Barlow84]. O(n k).
double k_of_n_availability(std::span<const double> up, std::uint32_t k);

// --- Parts that share their repair ---
// Stationary probabilities of a chain that moves one step up or down: `up[i]`
// from i to i + 1, `down[i]` from i + 1 to i [Trivedi02, section 8.2].
// Precondition: as many ups as downs, all > 0.
std::vector<double> birth_death_stationary(std::span<const double> up,
                                           std::span<const double> down);

struct CrewedParts {
  std::uint32_t n = 1, k = 1;  // works while at least k of n do
  double failure_rate = 1;     // of each part, while the system works or not
  double repair_rate = 1;      // of each crew
  std::uint32_t crews = 1;     // parts beyond that wait
};
double crewed_availability(const CrewedParts& parts);
// Mean time until fewer than k work, from all working [Trivedi02, sec. 8.5].
double crewed_time_to_failure(const CrewedParts& parts);

// A unit with one stand-by and one crew. A failure of the unit is covered with
// probability `coverage`: the stand-by takes over after a switch-over of mean
// 1 / switch_rate, else after a recovery of mean 1 / recovery_rate; nothing
// serves meanwhile. A cold stand-by has standby_failure_rate 0, a hot one the
// unit's own [Trivedi02, section 8.4].
struct StandbyPair {
  double failure_rate = 1;
  double standby_failure_rate = 0;
  double repair_rate = 1;
  double coverage = 1;
  double switch_rate = 1;
  double recovery_rate = 1;
};
double standby_availability(const StandbyPair& pair);

// n like parts of which k are enough, each down with probability `q`, of which
// the share `beta` is one cause common to all [Fleming75]: the common cause and
// the parts' own are independent. The system's unavailability.
double beta_factor_unavailability(std::uint32_t n, std::uint32_t k, double q,
                                  double beta);

}  // namespace outagesim
