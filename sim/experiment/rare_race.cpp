#include "sim/experiment/rare_race.h"

#include <algorithm>
#include <cmath>

#include "models/analysis/scenario_chain.h"
#include "models/analysis/strikes.h"
#include "models/parts/equilibrium.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;
constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostLooks = 300'000;
constexpr double kFewStruck = 2;  // members, where biased

bool is_made_of_atoms(const Distribution& law) {
  return std::holds_alternative<Fixed>(law.law()) ||
         std::holds_alternative<Empirical>(law.law());
}

NodeId node_of(const Model& model, std::uint32_t product) {
  return model.graph.services[model.products[product]].whole;
}

std::vector<SwitchRules::PartLosses> losses_of_parts(
    const std::vector<FailureClock>& clocks) {
  std::vector<SwitchRules::PartLosses> losses;
  for (const FailureClock& clock : clocks) {
    for (const auto& member : clock.members) losses.push_back(member.losses);
  }
  return losses;
}

double drawn(const Distribution& law, Stream& stream) {
  return quantile(law, {stream.next()});
}

}  // namespace

Race::Race(const Model& model, std::uint32_t product)
    : model_(model),
      node_(node_of(model, product)),
      horizon_((model.horizon - model.begins).value),
      clocks_(failure_clocks(model, product)),
      rules_(model, serving_cone(model.graph, node_), losses_of_parts(clocks_),
             1),
      distance_(model, product, clocks_, rules_),
      before_end_(clocks_.size()) {
  for (std::uint32_t c = 0; c < clocks_.size(); ++c) {
    const FailureClock& clock = clocks_[c];
    const bool steady = is_exponential(clock.until) && clock.clock == kNone;
    has_hazard_.push_back(is_made_of_atoms(clock.until) ? 0 : 1);
    rate_.push_back(steady ? 1 / mean(clock.until) : 0);
    first_part_.push_back(static_cast<std::uint32_t>(parts_.size()));
    for (std::uint32_t m = 0; m < clock.members.size(); ++m) {
      parts_.push_back({c, m});
    }
  }
}

bool Race::begins_in_equilibrium() const {
  return std::ranges::any_of(clocks_, &FailureClock::stationary);
}

double Race::slowness() const {
  double failures = 0, repair = 0;
  for (const FailureClock& clock : clocks_) {
    const double until = mean(clock.until), takes = mean(clock.repair);
    if (until > 0 && !clock.once) failures += 1 / until;
    if (std::isfinite(takes)) repair = std::max(repair, takes);
  }
  return failures * repair > 0 ? 1 / (failures * repair) : 1;
}

double Race::own_time(std::uint32_t clock, double t) const {
  const std::uint32_t c = clocks_[clock].clock;
  if (c == kNone) return t;
  return operational_time(model_.plan.clocks[c], model_.begins + Seconds{t})
      .value;
}

double Race::real(std::uint32_t clock, double own) const {
  const std::uint32_t c = clocks_[clock].clock;
  if (c == kNone) return own;
  return (real_time(model_.plan.clocks[c], Seconds{own}) - model_.begins).value;
}

// What a clock that has run since then gathers from one real time to another.
double Race::hazard_between(std::uint32_t clock, double since, double from,
                            double to) const {
  if (rate_[clock] > 0) return rate_[clock] * (to - from);
  const Distribution& law = clocks_[clock].until;
  const double before = own_time(clock, from) - since;
  const double after = own_time(clock, to) - since;
  const double h =
      cumulative_hazard(law, after) - cumulative_hazard(law, before);
  return std::isnan(h) ? kNever : std::max(0.0, h);
}

// When a clock has gathered so much more.
double Race::fails_at(std::uint32_t clock, const RaceState& state,
                      double more) const {
  if (rate_[clock] > 0) return state.now + more / rate_[clock];
  const Distribution& law = clocks_[clock].until;
  const double since = state.since[clock];
  const double age = own_time(clock, state.now) - since;
  const double h = cumulative_hazard(law, age) + more;
  return std::max(state.now,
                  real(clock, since + inverse_cumulative_hazard(law, h)));
}

void Race::weigh_until(const RaceState& state, double end) {
  running_.clear();
  all_before_end_ = 0;
  for (std::uint32_t c = 0; c < clocks_.size(); ++c) {
    before_end_[c] = 0;
    if (std::isnan(state.since[c])) continue;
    before_end_[c] = hazard_between(c, state.since[c], state.now, end);
    if (!(before_end_[c] > 0)) continue;
    running_.push_back(c);
    all_before_end_ += before_end_[c];
  }
}

// The first to fail before the end, if any: one draw tells that none does, as
// is likely; else each is asked, given that one of those left does.
Race::Chosen Race::by_chance(const RaceState& state, Stream& stream) const {
  Chosen first;
  double left = all_before_end_;
  bool sure = true;
  if (!(stream.next() < -std::expm1(-left))) return first;
  for (const std::uint32_t c : running_) {
    const double own = -std::expm1(-before_end_[c]);
    const double p = sure ? own / -std::expm1(-left) : own;
    const bool last = sure && c == running_.back();
    const bool fails = stream.next() < p || last;
    left = std::max(0.0, left - before_end_[c]);
    if (!fails) continue;
    sure = false;
    const double at = fails_at(c, state, -std::log1p(-stream.next() * own));
    if (first.clock == kNone || at < first.at) first = {c, at};
  }
  return first;
}

Race::Chosen Race::forced(const RaceState& state, Stream& stream) const {
  const auto n = static_cast<double>(running_.size());
  const std::uint32_t c = running_[static_cast<std::size_t>(stream.next() * n)];
  const double own = -std::expm1(-before_end_[c]);
  return {c, fails_at(c, state, -std::log1p(-stream.next() * own))};
}

// True over mixed density of what was chosen.
double Race::weight_of(const RaceState& state, const Chosen& chosen,
                       double share) const {
  if (chosen.clock == kNone) return 1 / (1 - share);
  double others = 0;
  for (const std::uint32_t c : running_) {
    if (c == chosen.clock) continue;
    others += hazard_between(c, state.since[c], state.now, chosen.at);
  }
  const double own = -std::expm1(-before_end_[chosen.clock]);
  const double forced =
      std::exp(others) / own / static_cast<double>(running_.size());
  return 1 / (1 - share + share * forced);
}

bool Race::next(RaceState& state, Stream& stream, double share,
                double& weight) {
  std::size_t ending = state.endings.size();
  double end = horizon_;
  for (std::size_t i = 0; i < state.endings.size(); ++i) {
    if (state.endings[i].at >= end) continue;
    end = state.endings[i].at;
    ending = i;
  }
  weigh_until(state, end);
  const double force = running_.empty() ? 0 : share;
  const bool force_now = force > 0 && stream.next() < force;
  Chosen chosen = force_now ? forced(state, stream) : by_chance(state, stream);
  if (force > 0) weight *= weight_of(state, chosen, force);
  outcomes_.clear();
  ended_switch_ = kNone;
  if (chosen.clock != kNone) {
    state.now = std::min(chosen.at, end);
    strike(state, chosen.clock, stream, share > 0, weight);
    return true;
  }
  state.now = end;
  if (ending == state.endings.size()) return false;
  this->end(state, ending, stream, share > 0, weight);
  return true;
}

// Its time begins to run, or is drawn where nothing can be asked of its age.
void Race::start(RaceState& state, std::uint32_t clock, Stream& stream) const {
  const double own = own_time(clock, state.now);
  if (has_hazard_[clock]) {
    state.since[clock] = own;
    return;
  }
  const double at = real(clock, own + drawn(clocks_[clock].until, stream));
  state.endings.push_back({at, state.now, clock, RaceEnding::Of::kStrike});
}

// What happens to the lost: the switches react at once.
void Race::follow(const RaceState& state, SwitchState next) {
  rules_.follow(state.stand, std::move(next), 1,
                [&](const SwitchState& then, double p) {
                  if (p > 0) outcomes_.push_back({then, p});
                });
}

// Whom it hits: biased, one lot decides for all, by chance or evenly for a few.
std::vector<std::uint32_t> Race::struck(std::uint32_t clock, Stream& stream,
                                        bool biased, double& weight) const {
  const auto& members = clocks_[clock].members;
  const bool by_chance =
      std::ranges::all_of(members, [](const auto& m) { return m.struck == 1; });
  biased = biased && !by_chance;
  const bool by_lot = biased && stream.next() < 0.5;
  const double even =
      std::min(0.5, kFewStruck / static_cast<double>(members.size()));
  double odds = 1;  // of the lot over chance
  std::vector<std::uint32_t> hit;
  for (std::uint32_t m = 0; m < members.size(); ++m) {
    const double p = members[m].struck;
    if (p <= 0) continue;
    const double lot = std::max(p, even);
    const bool is = p >= 1 || stream.next() < (by_lot ? lot : p);
    if (is) hit.push_back(m);
    if (p < 1) odds *= is ? lot / p : (1 - lot) / (1 - p);
  }
  if (biased) weight *= 2 / (1 + odds);
  return hit;
}

void Race::strike(RaceState& state, std::uint32_t clock, Stream& stream,
                  bool biased, double& weight) {
  const FailureClock& what = clocks_[clock];
  state.since[clock] = std::numeric_limits<double>::quiet_NaN();
  if (!what.alternates && !what.once) start(state, clock, stream);
  SwitchState next = state.stand;
  const double shared = what.one_repair ? drawn(what.repair, stream) : 0;
  for (const std::uint32_t m : struck(clock, stream, biased, weight)) {
    const std::uint32_t part = first_part_[clock] + m;
    const double takes = what.one_repair ? shared : drawn(what.repair, stream);
    state.endings.push_back({state.now + takes, state.now, part});
    const std::size_t most = what.members[m].losses.size() - 1;
    next.down[part] = static_cast<std::uint16_t>(
        std::min<std::size_t>(most, next.down[part] + std::size_t{1}));
  }
  follow(state, std::move(next));
}

void Race::end(RaceState& state, std::size_t ending, Stream& stream,
               bool biased, double& weight) {
  const RaceEnding what = state.endings[ending];
  state.endings.erase(state.endings.begin() +
                      static_cast<std::ptrdiff_t>(ending));
  if (what.of == RaceEnding::Of::kStrike) {
    return strike(state, what.index, stream, biased, weight);
  }
  if (what.of == RaceEnding::Of::kSwitch) {
    ended_switch_ = what.index;
    return rules_.switch_move(what.index, state.stand,
                              [&](const SwitchState& then, double p) {
                                if (p > 0) outcomes_.push_back({then, p});
                              });
  }
  const Part& part = parts_[what.index];
  const auto left =
      std::ranges::count_if(state.endings, [&](const RaceEnding& other) {
        return other.of == RaceEnding::Of::kRepair && other.index == what.index;
      });
  const FailureClock& clock = clocks_[part.clock];
  const auto most = clock.members[part.member].losses.size() - 1;
  SwitchState next = state.stand;
  next.down[what.index] = static_cast<std::uint16_t>(
      std::min(most, static_cast<std::size_t>(left)));
  if (clock.alternates) start(state, part.clock, stream);
  follow(state, std::move(next));
}

std::size_t Race::drawn_outcome(Stream& stream, bool biased,
                                double& weight) const {
  if (outcomes_.size() == 1) return 0;
  const double even = 1 / static_cast<double>(outcomes_.size());
  const auto mixed = [&](const RaceOutcome& outcome) {
    return biased ? (outcome.probability + even) / 2 : outcome.probability;
  };
  double left = stream.next();
  std::size_t chosen = 0;
  for (; chosen + 1 < outcomes_.size(); ++chosen) {
    left -= mixed(outcomes_[chosen]);
    if (left < 0) break;
  }
  weight *= outcomes_[chosen].probability / mixed(outcomes_[chosen]);
  return chosen;
}

void Race::settle(RaceState& state, std::size_t outcome, Stream& stream) {
  const SwitchState& then = outcomes_[outcome].stand;
  for (std::uint32_t i = 0; i < then.switches.size(); ++i) {
    const SwitchPhase phase = then.switches[i].phase;
    if (phase == state.stand.switches[i].phase && i != ended_switch_) continue;
    std::erase_if(state.endings, [&](const RaceEnding& other) {
      return other.of == RaceEnding::Of::kSwitch && other.index == i;
    });
    const bool notices = phase == SwitchPhase::kNotices;
    if (!notices && phase != SwitchPhase::kTurns) continue;
    const Need& law = rules_.law(i);
    const double takes =
        drawn(notices ? *law.switch_detection : *law.switch_time, stream);
    state.endings.push_back(
        {state.now + takes, state.now, i, RaceEnding::Of::kSwitch});
  }
  state.stand = then;
}

bool Race::is_whole(const RaceState& state) const {
  return std::ranges::all_of(state.stand.down,
                             [](std::uint16_t d) { return d == 0; }) &&
         std::ranges::none_of(state.stand.switches, [](const SwitchStand& s) {
           return s.phase == SwitchPhase::kTurns ||
                  s.phase == SwitchPhase::kNotices;
         });
}

const Race::Look& Race::look(const RaceState& state) {
  if (looks_.size() > kMostLooks) looks_.clear();
  const auto [at, is_new] = looks_.try_emplace(state.stand);
  if (!is_new) return at->second;
  looked_at_ += parts_.size();
  const double share =
      rules_.served(state.stand, node_) / model_.initial.served[node_];
  at->second.out = share < model_.outage.below.value - kEqual;
  at->second.distance = distance_.of(state.stand);
  return at->second;
}

}  // namespace outagesim
