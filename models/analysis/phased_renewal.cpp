#include "models/analysis/phased_renewal.h"

#include <algorithm>
#include <numeric>

#include "models/analysis/transient.h"

namespace outagesim {
namespace {

// The phases of `from`, numbered from `base`; who leaves the last of them goes
// to the first of `then`.
void add_phases(const PhaseType& from, std::uint32_t base,
                const PhaseType& then, std::uint32_t then_base,
                std::vector<ChainMove>& moves) {
  for (std::uint32_t i = 0; i < from.phases(); ++i) {
    if (from.next[i] < from.phases()) {
      moves.push_back({base + i, base + from.next[i], from.leave[i]});
      continue;
    }
    for (std::uint32_t j = 0; j < then.phases(); ++j) {
      moves.push_back({base + i, then_base + j, from.leave[i] * then.start[j]});
    }
  }
}

}  // namespace

double PhasedRenewal::down_at(double t) const {
  return probability_of(transient(chain, initial, t), down);
}

PhasedRenewal phased_renewal(const PhaseType& up, const PhaseType& down) {
  PhasedRenewal renewal;
  std::vector<ChainMove> moves;
  add_phases(up, 0, down, up.phases(), moves);
  add_phases(down, up.phases(), up, 0, moves);
  renewal.initial = up.start;
  renewal.initial.resize(up.phases() + down.phases(), 0.0);
  renewal.down.assign(up.phases() + down.phases(), 1);
  std::fill_n(renewal.down.begin(), up.phases(), 0);
  renewal.chain = make_chain(up.phases() + down.phases(), std::move(moves));
  return renewal;
}

std::vector<double> time_in_phases(const PhaseType& phases) {
  std::vector<double> comes = phases.start, time;  // ways lead on, never back
  for (std::uint32_t i = 0; i < phases.phases(); ++i) {
    if (phases.next[i] < phases.phases()) comes[phases.next[i]] += comes[i];
    time.push_back(comes[i] / phases.leave[i]);
  }
  return time;
}

std::vector<double> phases_in_equilibrium(const PhaseType& phases) {
  std::vector<double> share = time_in_phases(phases);
  const double all = std::accumulate(share.begin(), share.end(), 0.0);
  for (double& each : share) each /= all;
  return share;
}

}  // namespace outagesim
