// What a switch-over does between two moments of a chain of failures: the rules
// of docs/model.md for an `any` need, as moves between states. A switch is at
// rest, notices, is on its way, or is stuck since it did not work. Noticing and
// turning take exponential times, or go through the phases fitted to them.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/analysis/failure_source.h"
#include "models/analysis/phase_type.h"
#include "models/compiled/compile.h"
#include "models/compiled/propagation.h"

namespace outagesim {

enum class SwitchPhase : std::uint8_t { kRests, kNotices, kTurns, kStuck };

struct SwitchStand {
  std::uint8_t active = 0;
  std::uint8_t wanted = 0;  // while it turns
  SwitchPhase phase = SwitchPhase::kRests;
  std::uint8_t step = 0;  // of the time that noticing or turning takes
  auto operator<=>(const SwitchStand&) const = default;
};

struct SwitchState {
  std::vector<std::uint16_t> down;  // by part of the chain: what is lost
  std::vector<SwitchStand> switches;
  auto operator<=>(const SwitchState&) const = default;
};

class SwitchRules {
 public:
  using To = std::function<void(const SwitchState&, double rate)>;

  // What a part loses, by what SwitchState::down says of it; 0: nothing.
  using PartLosses = std::vector<std::vector<NodeLoss>>;

  // The `any` needs of the nodes marked, and what the parts of the chain may
  // lose. With one phase, noticing and turning are one step each, at a rate of
  // 1, whatever their laws: who asks keeps their times. The model must outlive
  // the rules.
  SwitchRules(const Model& model, const std::vector<std::uint8_t>& nodes,
              std::vector<PartLosses> losses, std::uint32_t phases = 8);

  std::size_t switches() const { return needs_.size(); }
  const std::vector<NeedId>& needs() const { return needs_; }
  const Need& law(std::size_t i) const;  // of switch i
  // The largest difference of a switch's law from its phases; 0: none.
  double fit_error() const { return fit_error_; }

  // What `node` serves in a state.
  double served(const SwitchState& state, NodeId node);

  // Goes from `from` to `next`, in which a part has changed: switches react at
  // once where they can, by chance where they may fail.
  void follow(const SwitchState& from, SwitchState next, double rate,
              const To& to);

  // The moves of the switches themselves: noticing and turning.
  void switch_moves(const SwitchState& from, const To& to);
  // That of switch i. Precondition: it notices or turns.
  void switch_move(std::size_t i, const SwitchState& from, const To& to);

 private:
  struct Seen {  // what each alternative of each switch serves
    std::vector<std::vector<double>> serves;
    bool operator==(const Seen&) const = default;
  };

  // One after the other from the first.
  struct Reaction {
    Seen before;
    SwitchState state;
    double rate = 0;
    std::size_t first = 0;
  };

  PhaseType phases_of(const Boxed<Distribution>& time, std::uint32_t phases);
  void settle(const SwitchState& state);
  Seen seen(const SwitchState& state);
  bool works(std::size_t i, const Seen& now, std::uint32_t alternative) const;
  bool wants(std::size_t i, const Seen& now, const SwitchStand& stand) const;
  std::uint32_t choice(std::size_t i, const Seen& now,
                       const SwitchStand& stand) const;
  void react(Reaction about, const To& to);
  void noticed(std::size_t i, const Seen& now, SwitchState state, double rate,
               const To& to);
  void turned(std::size_t i, const Seen& now, SwitchState state, double rate,
              const To& to);

  const Model& model_;
  std::vector<PartLosses> losses_;
  std::vector<NodeId> touched_;
  std::vector<NeedId> needs_;
  std::vector<PhaseType> noticing_, turning_;  // by need; empty: at once
  double fit_error_ = 0;
  Health health_;
  Propagation propagation_;
  std::vector<NodeLoss> left_;  // by node, while settling
};

}  // namespace outagesim
