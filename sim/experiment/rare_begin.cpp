// What a race begins with, and what goes on in it drawn anew.
#include <algorithm>
#include <cmath>

#include "models/parts/equilibrium.h"
#include "sim/experiment/rare_race.h"

namespace outagesim {
namespace {

constexpr double kFewDown = 2;  // parts down at the beginning, where biased

// A length-biased interval about the beginning: what is past, and what is left.
struct About {
  double past = 0, left = 0;
};
About about(const Distribution& law, Stream& stream) {
  const double length = length_biased_quantile(law, {stream.next()});
  const double part = stream.next();
  return {length * (1 - part), length * part};
}

double found_down(const FailureClock& clock) {
  return clock.mean_down.value / (clock.mean_up + clock.mean_down).value;
}

// Given that it is longer than `age`.
double longer(const Distribution& law, double age, Stream& stream) {
  const double h = cumulative_hazard(law, age) - std::log(stream.next());
  return std::max(age, inverse_cumulative_hazard(law, h));
}

}  // namespace

void Race::find_down(RaceState& state, std::uint32_t clock,
                     Stream& stream) const {
  const About repair = about(clocks_[clock].repair, stream);
  const std::uint32_t part = first_part_[clock];
  state.endings.push_back({repair.left, -repair.past, part});
  state.stand.down[part] = 1;
}

std::uint32_t Race::farthest() const {
  SwitchState whole;
  whole.down.assign(parts_.size(), 0);
  whole.switches.resize(rules_.switches());
  return distance_.of(whole);
}

std::uint32_t Race::most_at_once() const {
  std::size_t most = 1;
  for (const FailureClock& clock : clocks_) {
    most = std::max(most, clock.members.size());
  }
  return static_cast<std::uint32_t>(most);
}

// Biased, one lot decides for all: by chance, or each even to a few being down.
RaceState Race::begin(Stream& stream, bool biased, double& weight) {
  RaceState state;
  state.stand.down.assign(parts_.size(), 0);
  state.stand.switches.resize(rules_.switches());
  state.since.assign(clocks_.size(), std::numeric_limits<double>::quiet_NaN());
  const SwitchState nothing_lost = state.stand;
  const bool by_lot = biased && stream.next() < 0.5;
  const double even =
      std::min(0.5, kFewDown / static_cast<double>(clocks_.size()));
  double odds = 1;  // of the lot over chance
  for (std::uint32_t c = 0; c < clocks_.size(); ++c) {
    const FailureClock& clock = clocks_[c];
    if (!clock.stationary) {
      start(state, c, stream);
      continue;
    }
    const double p = found_down(clock), lot = std::max(p, even);
    const bool down = stream.next() < (by_lot ? lot : p);
    odds *= down ? lot / p : (1 - lot) / (1 - p);
    if (down) {
      find_down(state, c, stream);
      continue;
    }
    const About time = about(clock.until, stream);
    if (has_hazard_[c]) {
      state.since[c] = own_time(c, 0) - time.past;
    } else {
      state.endings.push_back(
          {real(c, own_time(c, 0) + time.left), 0, c, RaceEnding::Of::kStrike});
    }
  }
  if (biased) weight *= 2 / (1 + odds);
  outcomes_.clear();
  ended_switch_ = kNone;
  RaceState before = state;
  before.stand = nothing_lost;
  follow(before, state.stand);
  const std::size_t outcome = drawn_outcome(stream, biased, weight);
  state.stand.switches = nothing_lost.switches;
  settle(state, outcome, stream);
  return state;
}

void Race::redraw(RaceState& state, Stream& stream) const {
  for (RaceEnding& ending : state.endings) {
    if (ending.of == RaceEnding::Of::kStrike) continue;
    const Distribution* law = nullptr;
    if (ending.of == RaceEnding::Of::kRepair) {
      const FailureClock& clock = clocks_[parts_[ending.index].clock];
      if (!clock.one_repair) law = &clock.repair;
    } else {
      const Need& need = rules_.law(ending.index);
      const bool notices =
          state.stand.switches[ending.index].phase == SwitchPhase::kNotices;
      law = notices ? &*need.switch_detection : &*need.switch_time;
    }
    const bool has_hazard = law != nullptr &&
                            !std::holds_alternative<Fixed>(law->law()) &&
                            !std::holds_alternative<Empirical>(law->law());
    if (!has_hazard) continue;
    ending.at = ending.from + longer(*law, state.now - ending.from, stream);
  }
}

}  // namespace outagesim
