#include "models/analysis/strike_part.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "models/analysis/phased_renewal.h"
#include "models/analysis/state_space.h"
#include "models/analysis/stationary.h"

namespace outagesim {
namespace {

constexpr double kUncounted = 1e-10;  // share of strikes that may be

struct StrikeState {
  std::uint8_t next = 0;             // phase of the time to the next strike
  std::vector<std::uint8_t> counts;  // by kind × phase of its repair
  auto operator<=>(const StrikeState&) const = default;
};

// Of Poisson arrivals: the share that finds all servers busy [Erlang17].
double share_lost(double load, std::uint32_t servers) {
  double lost = 1;
  for (std::uint32_t k = 1; k <= servers; ++k) {
    lost = load * lost / (k + load * lost);
  }
  return lost;
}

std::uint32_t servers_for(double load) {
  std::uint32_t servers = 1;
  while (servers < 200 && share_lost(load, servers) > kUncounted) ++servers;
  return servers;
}

class StrikeSpace {
 public:
  StrikeSpace(const StrikeLaw& law, PhaseType between, PhaseType repair)
      : law_(law), between_(std::move(between)), repair_(std::move(repair)) {
    const double rate = 1 / moment(between_, 1), takes = moment(repair_, 1);
    double all = 0;
    for (const StrikeKind& kind : law.kinds) {
      all += kind.share;
      most_ = std::max(most_, servers_for(rate * takes * kind.share));
      if (!law.one_kind) {
        uncounted_ += rate * share_lost(rate * takes * kind.share, most_);
      }
    }
    if (law.one_kind) {
      most_ = servers_for(rate * takes * all);
      uncounted_ = rate * share_lost(rate * takes * all, most_);
    }
  }

  StateSpace<StrikeState> explored(std::uint32_t most_states) const {
    std::vector<StrikeState> starts;
    for (std::uint32_t i = 0; i < between_.phases(); ++i) {
      if (between_.start[i] > 0) starts.push_back(nothing(i));
    }
    return explore_from(
        starts,
        [this](const StrikeState& from, const auto& to) {
          add_strikes(from, to);
          add_repairs(from, to);
        },
        {}, most_states);
  }

  double uncounted_rate() const { return uncounted_; }

  // How many repairs of each kind go on.
  std::vector<std::uint32_t> numbers(const StrikeState& state) const {
    std::vector<std::uint32_t> n(law_.kinds.size(), 0);
    for (std::size_t i = 0; i < state.counts.size(); ++i) {
      n[i / repair_.phases()] += state.counts[i];
    }
    return n;
  }

 private:
  StrikeState nothing(std::uint32_t next) const {
    return {static_cast<std::uint8_t>(next),
            std::vector<std::uint8_t>(law_.kinds.size() * repair_.phases())};
  }

  template <class To>
  void add_strikes(const StrikeState& from, const To& to) const {
    const std::uint32_t then = between_.next[from.next];
    const double rate = between_.leave[from.next];
    if (then < between_.phases()) {
      StrikeState later = from;
      later.next = static_cast<std::uint8_t>(then);
      return to(later, rate);
    }
    for (std::uint32_t i = 0; i < between_.phases(); ++i) {
      if (between_.start[i] == 0) continue;
      StrikeState begun = from;
      begun.next = static_cast<std::uint8_t>(i);
      if (law_.one_kind) {
        hit_one(begun, rate * between_.start[i], to);
      } else {
        hit_each(begun, 0, rate * between_.start[i], to);
      }
    }
  }

  // Calls to(state, rate) with one repair of the kind more.
  template <class To>
  void begin_repair(const StrikeState& state, std::size_t kind, double rate,
                    const To& to) const {
    const std::vector<std::uint32_t> now = numbers(state);
    const std::uint32_t busy =
        law_.one_kind ? std::accumulate(now.begin(), now.end(), 0U) : now[kind];
    if (busy >= most_) return to(state, rate);
    for (std::uint32_t j = 0; j < repair_.phases(); ++j) {
      if (repair_.start[j] == 0) continue;
      StrikeState more = state;
      ++more.counts[kind * repair_.phases() + j];
      to(more, rate * repair_.start[j]);
    }
  }

  template <class To>
  void hit_one(const StrikeState& state, double rate, const To& to) const {
    double none = 1;
    for (std::size_t k = 0; k < law_.kinds.size(); ++k) {
      begin_repair(state, k, rate * law_.kinds[k].share, to);
      none -= law_.kinds[k].share;
    }
    if (none > 1e-12) to(state, rate * none);
  }

  template <class To>
  void hit_each(const StrikeState& state, std::size_t kind, double rate,
                const To& to) const {
    if (rate == 0) return;
    if (kind == law_.kinds.size()) return to(state, rate);
    const double share = law_.kinds[kind].share;
    hit_each(state, kind + 1, rate * (1 - share), to);
    begin_repair(state, kind, rate * share,
                 [&](const StrikeState& then, double then_rate) {
                   hit_each(then, kind + 1, then_rate, to);
                 });
  }

  template <class To>
  void add_repairs(const StrikeState& from, const To& to) const {
    const std::uint32_t phases = repair_.phases();
    for (std::uint32_t i = 0; i < from.counts.size(); ++i) {
      if (from.counts[i] == 0) continue;
      StrikeState then = from;
      --then.counts[i];
      const std::uint32_t next = repair_.next[i % phases];
      if (next < phases) ++then.counts[i - i % phases + next];
      to(then, from.counts[i] * repair_.leave[i % phases]);
    }
  }

  const StrikeLaw& law_;
  PhaseType between_, repair_;
  std::uint32_t most_ = 1;
  double uncounted_ = 0;
};

// What so many repairs of each kind leave of the nodes together.
std::vector<NodeLoss> losses_by(const StrikeLaw& law,
                                const std::vector<std::uint32_t>& numbers) {
  std::map<NodeId, NodeLoss> by_node;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    for (const NodeLoss& loss : law.kinds[k].losses) {
      if (numbers[k] == 0) continue;
      const auto [at, is_new] =
          by_node.try_emplace(loss.node, NodeLoss{loss.node, 1, 1});
      at->second.health *= std::pow(loss.health, numbers[k]);
      at->second.served *= std::pow(loss.served, numbers[k]);
    }
  }
  std::vector<NodeLoss> losses;
  losses.reserve(by_node.size());
  for (const auto& [node, loss] : by_node) losses.push_back(loss);
  return losses;
}

bool is_same(const std::vector<NodeLoss>& a, const std::vector<NodeLoss>& b) {
  return std::ranges::equal(a, b, [](const NodeLoss& x, const NodeLoss& y) {
    return x.node == y.node && x.health == y.health && x.served == y.served;
  });
}

void add_levels(ChainPart& part, const StrikeLaw& law, const StrikeSpace& space,
                const std::vector<StrikeState>& states) {
  part.losses.emplace_back();
  for (const StrikeState& state : states) {
    std::vector<NodeLoss> losses = losses_by(law, space.numbers(state));
    std::uint16_t level = 0;
    while (level < part.losses.size() && !is_same(part.losses[level], losses)) {
      ++level;
    }
    if (level == part.losses.size()) part.losses.push_back(std::move(losses));
    part.level.push_back(level);
  }
}

// In equilibrium: the repairs that go on as if strikes came at random, and the
// phase of the next strike apart from them, as the simulation draws them.
std::vector<double> in_equilibrium(const StrikeLaw& law,
                                   const PhaseType& between,
                                   const PhaseType& repair,
                                   const std::vector<StrikeState>& states) {
  const double mean_between = moment(between, 1);
  const PhaseType at_random{{1}, {1 / mean_between}, {1}};
  const auto steady = StrikeSpace(law, at_random, repair).explored(kMostStates);
  const std::vector<double> share = stationary(steady.chain).probability;
  std::map<std::vector<std::uint8_t>, double> of_counts;
  for (std::size_t i = 0; i < steady.states.size(); ++i) {
    of_counts[steady.states[i].counts] = share[i];
  }
  const std::vector<double> next = phases_in_equilibrium(between);
  std::vector<double> initial;
  initial.reserve(states.size());
  for (const StrikeState& state : states) {
    initial.push_back(next[state.next] * of_counts[state.counts]);
  }
  return initial;
}

// Nothing goes on: those are the first states.
std::vector<double> as_new(const PhaseType& between, std::size_t states) {
  std::vector<double> initial;
  for (const double start : between.start) {
    if (start > 0) initial.push_back(start);
  }
  initial.resize(states, 0.0);
  return initial;
}

}  // namespace

std::optional<ChainPart> strike_part(const StrikeLaw& law, LawFits& fits) {
  const PhaseTypeFit between = fits.of(law.between);
  const PhaseTypeFit repair = fits.of(law.repair);
  const StrikeSpace space(law, between.phases, repair.phases);
  auto found = space.explored(kMostPartStates);
  if (!found.whole) return std::nullopt;
  ChainPart part;
  part.name = law.name;
  if (!between.exact) part.fit_error = between.largest_difference;
  if (!repair.exact) {
    part.fit_error = std::max(part.fit_error, repair.largest_difference);
  }
  part.uncounted_rate = space.uncounted_rate();
  part.uncounted_share = part.uncounted_rate * mean(law.repair);
  add_levels(part, law, space, found.states);
  part.initial = law.stationary ? in_equilibrium(law, between.phases,
                                                 repair.phases, found.states)
                                : as_new(between.phases, found.states.size());
  part.chain = std::move(found.chain);
  return part;
}

}  // namespace outagesim
