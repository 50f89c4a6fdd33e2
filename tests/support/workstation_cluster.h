// The fault-tolerant workstation cluster [Haverkort00] as the Quantitative
// Verification Benchmark Set states it [Hartmanns19]: two sub-clusters of N
// workstations, a switch each, a backbone between them, one repair unit.
// Rates per hour.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/analysis/state_space.h"
#include "models/analysis/stationary.h"

namespace outagesim {

struct WorkstationCluster {
  // Working workstations left and right; then 1 if working: the switches left
  // and right, the backbone; last which of the five is being repaired, from 1.
  using State = std::array<std::int16_t, 6>;

  explicit WorkstationCluster(std::int16_t size)
      : n(size), space(explore(State{n, n, 1, 1, 1, 0}, moves_of(n))) {}

  // At least `least` connected workstations.
  static bool connected(const State& s, std::int16_t least) {
    return (s[0] >= least && s[2]) || (s[1] >= least && s[3]) ||
           (s[0] + s[1] >= least && s[2] && s[3] && s[4]);
  }

  std::vector<std::uint8_t> below_minimum() const {
    return marked_states(space, [this](const State& s) {
      return !connected(s, static_cast<std::int16_t>(3 * n / 4));
    });
  }

  double premium(StationaryMethod method) const {
    const auto marked = marked_states(
        space, [this](const State& s) { return connected(s, n); });
    return probability_of(
        stationary(space.chain, {.method = method, .precision = 1e-11})
            .probability,
        marked);
  }

  std::int16_t n;
  StateSpace<State> space;

 private:
  struct Moves {
    std::int16_t n;
    template <class To>
    void operator()(const State& s, const To& to) const {
      constexpr std::array kFail{1.0 / 500, 1.0 / 500, 1.0 / 4000, 1.0 / 4000,
                                 1.0 / 5000};
      constexpr std::array kRepair{2.0, 2.0, 0.25, 0.25, 0.125};
      for (std::size_t i = 0; i < 5; ++i) {
        State next = s;
        --next[i];
        if (s[i] > 0) to(next, kFail[i] * s[i]);
        const bool failed = s[i] < (i < 2 ? n : 1);
        next = s;
        next[5] = static_cast<std::int16_t>(i + 1);
        if (s[5] == 0 && failed) to(next, 10.0);
        next = s;
        ++next[i];
        next[5] = 0;
        if (s[5] == static_cast<std::int16_t>(i + 1)) to(next, kRepair[i]);
      }
    }
  };
  static Moves moves_of(std::int16_t n) { return {n}; }
};

}  // namespace outagesim
