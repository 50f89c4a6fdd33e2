#include "models/analysis/chain_explorer.h"

#include <algorithm>
#include <map>

#include "models/analysis/alike_parts.h"
#include "models/analysis/state_space.h"
#include "models/analysis/switch_rules.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;
constexpr double kUp = 0.5;  // what a lock must serve, as the engine has it

using PartStates = std::vector<std::uint16_t>;

struct ProductState {
  PartStates parts;
  std::vector<SwitchStand> switches;
  auto operator<=>(const ProductState&) const = default;
};

std::vector<SwitchRules::PartLosses> losses_of_all(
    const std::vector<ChainPart>& parts) {
  std::vector<SwitchRules::PartLosses> losses;
  losses.reserve(parts.size());
  for (const ChainPart& part : parts) losses.push_back(part.losses);
  return losses;
}

class ProductExplorer {
 public:
  ProductExplorer(const Model& model, NodeId product,
                  const std::vector<std::uint8_t>& cone,
                  const std::vector<ChainPart>& parts,
                  const ProductChainOptions& options)
      : model_(model),
        product_(product),
        parts_(parts),
        most_(options.most_states),
        rules_(model, cone, losses_of_all(parts), options.phases),
        alike_(alike_parts(model, parts)),
        group_of_(parts.size(), kNone) {
    for (std::uint32_t g = 0; g < alike_.size(); ++g) {
      for (const std::uint32_t i : alike_[g]) group_of_[i] = g;
    }
    for (const ChainPart& part : parts) {
      has_locks_ = has_locks_ || !part.unlocks.empty();
    }
  }

  void explore_into(ProductChain& answer) {
    const std::map<ProductState, double> starts = begin();
    std::vector<ProductState> first;
    for (const auto& [state, probability] : starts) {
      first.push_back(state);
      answer.initial.push_back(probability);
    }
    auto space = explore_from(
        first,
        [this](const ProductState& from, const auto& to) { moves(from, to); },
        [this](ProductState state) { return canonical(std::move(state)); },
        most_);
    if (starts.empty() || !space.whole) {
      answer.why_not.push_back("its chain has more than " +
                               std::to_string(most_) + " states");
      return;
    }
    answer.initial.resize(space.states.size(), 0.0);
    answer.chain = std::move(space.chain);
    answer.fit_error = std::max(answer.fit_error, rules_.fit_error());
    for (const ProductState& state : space.states) {
      const double served = served_in(state);
      answer.served.push_back(served);
      answer.out.push_back(served < model_.outage.below.value - kEqual);
      answer.uncounted_at.push_back(uncounted_in(state));
    }
  }

 private:
  SwitchState seen_by_switches(const ProductState& state) const {
    SwitchState seen;
    seen.down.reserve(parts_.size());
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      seen.down.push_back(parts_[i].level[state.parts[i]]);
    }
    seen.switches = state.switches;
    return seen;
  }

  double served_in(const ProductState& state) {
    const SwitchState seen = seen_by_switches(state);
    const auto [at, is_new] = served_.try_emplace(seen, 0.0);
    if (is_new) {
      at->second =
          rules_.served(seen, product_) / model_.initial.served[product_];
    }
    return at->second;
  }

  double uncounted_in(const ProductState& state) const {
    double rate = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const std::vector<double>& at = parts_[i].uncounted_at;
      if (!at.empty()) rate += at[state.parts[i]];
    }
    return rate;
  }

  // Of each part: which of its locks are down, as bits.
  const std::vector<std::uint32_t>& locks_in(const SwitchState& seen) {
    const auto [at, is_new] = locks_.try_emplace(seen);
    if (!is_new) return at->second;
    at->second.assign(parts_.size(), 0);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      for (std::size_t k = 0; k < parts_[i].locks.size(); ++k) {
        const NodeId node = parts_[i].locks[k];
        const double needed = kUp * model_.initial.served[node];
        if (rules_.served(seen, node) < needed) at->second[i] |= 1U << k;
      }
    }
    return at->second;
  }

  std::map<PartStates, double> begun_with(
      const ChainPart& part, const std::map<PartStates, double>& others) const {
    std::map<PartStates, double> all;
    for (const auto& [states, probability] : others) {
      for (std::size_t s = 0; s < part.initial.size(); ++s) {
        if (part.initial[s] == 0) continue;
        PartStates next = states;
        next.push_back(static_cast<std::uint16_t>(s));
        sort_groups(next);
        all[next] += probability * part.initial[s];
      }
    }
    return all;
  }

  // Each part on its own; then the switches see what is lost already.
  std::map<ProductState, double> begin() {
    std::map<PartStates, double> all{{{}, 1.0}};
    for (const ChainPart& part : parts_) {
      all = begun_with(part, all);
      if (all.size() > most_) return {};
    }
    std::map<ProductState, double> starts;
    SwitchState nothing_lost;
    nothing_lost.down.assign(parts_.size(), 0);
    nothing_lost.switches.resize(rules_.switches());
    for (const auto& [states, probability] : all) {
      const ProductState state{states, nothing_lost.switches};
      rules_.follow(nothing_lost, seen_by_switches(state), probability,
                    [&](const SwitchState& then, double p) {
                      starts[canonical({states, then.switches})] += p;
                    });
    }
    return starts;
  }

  // How many parts of the group are in the state of part i; 0 where an earlier
  // one is: it moves for all of them.
  std::uint32_t standing_for(const PartStates& parts, std::uint32_t i) const {
    if (group_of_[i] == kNone) return 1;
    std::uint32_t count = 0;
    for (const std::uint32_t other : alike_[group_of_[i]]) {
      if (parts[other] != parts[i]) continue;
      if (other < i) return 0;
      ++count;
    }
    return count;
  }

  template <class To>
  void moves(const ProductState& from, const To& to) {
    const SwitchState seen = seen_by_switches(from);
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
      const std::uint32_t count = standing_for(from.parts, i);
      const MarkovChain& own = parts_[i].chain;
      const std::uint16_t state = from.parts[i];
      for (std::uint32_t m = own.first[state];
           count > 0 && m < own.first[state + 1]; ++m) {
        ProductState next = from;
        next.parts[i] = static_cast<std::uint16_t>(own.to[m]);
        follow(seen, next, count * own.rate[m], i, to);
      }
    }
    rules_.switch_moves(seen, [&](const SwitchState& then, double rate) {
      unlocked({from.parts, then.switches}, rate, to);
    });
  }

  // People whom nothing bars any more go on at once, one part after the other.
  template <class To>
  void unlocked(const ProductState& state, double rate, const To& to) {
    if (!has_locks_) return to(state, rate);
    const SwitchState seen = seen_by_switches(state);
    const std::vector<std::uint32_t> down = locks_in(seen);
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].unlocks.empty()) continue;
      const auto& jumps = parts_[i].unlocks[down[i]][state.parts[i]];
      if (jumps.empty()) continue;
      for (const PartJump& jump : jumps) {
        ProductState next = state;
        next.parts[i] = jump.to;
        follow(seen, next, rate * jump.share, i, to);
      }
      return;
    }
    to(state, rate);
  }

  // Goes to `next`, in which part i has moved.
  template <class To>
  void follow(const SwitchState& seen, const ProductState& next, double rate,
              std::uint32_t i, const To& to) {
    const std::uint16_t level = parts_[i].level[next.parts[i]];
    if (level == seen.down[i]) return unlocked(next, rate, to);
    SwitchState then = seen;
    then.down[i] = level;
    rules_.follow(seen, then, rate, [&](const SwitchState& after, double r) {
      unlocked({next.parts, after.switches}, r, to);
    });
  }

  void sort_groups(PartStates& states) const {
    for (const auto& group : alike_) {
      PartStates values;
      for (const std::uint32_t i : group) {
        if (i < states.size()) values.push_back(states[i]);
      }
      std::ranges::sort(values);
      for (std::size_t k = 0; k < values.size(); ++k) {
        states[group[k]] = values[k];
      }
    }
  }

  ProductState canonical(ProductState state) const {
    sort_groups(state.parts);
    return state;
  }

  const Model& model_;
  NodeId product_;
  const std::vector<ChainPart>& parts_;
  std::uint32_t most_;
  SwitchRules rules_;
  std::vector<std::vector<std::uint32_t>> alike_;
  std::vector<std::uint32_t> group_of_;
  bool has_locks_ = false;
  std::map<SwitchState, double> served_;
  std::map<SwitchState, std::vector<std::uint32_t>> locks_;
};

}  // namespace

void explore_product(const Model& model, const std::vector<std::uint8_t>& cone,
                     const std::vector<ChainPart>& parts,
                     const ProductChainOptions& options, ProductChain& answer) {
  answer.parts = static_cast<std::uint32_t>(parts.size());
  for (const ChainPart& part : parts) {
    answer.fit_error = std::max(answer.fit_error, part.fit_error);
    answer.uncounted_rate += part.uncounted_rate;
    answer.uncounted_share += part.uncounted_share;
    answer.uncounted_time =
        std::max(answer.uncounted_time, part.uncounted_time);
  }
  const NodeId node =
      model.graph.services[model.products[answer.product]].whole;
  ProductExplorer(model, node, cone, parts, options).explore_into(answer);
}

}  // namespace outagesim
