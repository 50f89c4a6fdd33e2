// What a switch-over does between two moments of a chain of failures: the rules
// of docs/model.md for an `any` need, as moves between states. A switch is at
// rest, notices, is on its way, or is stuck since it did not work.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/compiled/compile.h"
#include "models/compiled/propagation.h"

namespace outagesim {

enum class SwitchPhase : std::uint8_t { kRests, kNotices, kTurns, kStuck };

struct SwitchStand {
  std::uint8_t active = 0;
  std::uint8_t wanted = 0;  // while it turns
  SwitchPhase phase = SwitchPhase::kRests;
  auto operator<=>(const SwitchStand&) const = default;
};

struct SwitchState {
  std::vector<std::uint8_t> down;  // by process of the chain
  std::vector<SwitchStand> switches;
  auto operator<=>(const SwitchState&) const = default;
};

class SwitchRules {
 public:
  using To = std::function<void(const SwitchState&, double rate)>;

  // The `any` needs of the nodes marked, and the processes of the chain, into
  // Plan::processes. The model must outlive the rules.
  SwitchRules(const Model& model, const std::vector<std::uint8_t>& nodes,
              std::vector<std::uint32_t> processes);

  std::size_t switches() const { return needs_.size(); }

  // What `node` serves in a state.
  double served(const SwitchState& state, NodeId node);

  // Goes from `from` to `next`, in which a process has changed: switches react
  // at once where they can, by chance where they may fail. `processes` are
  // those of the chain, into Plan::processes_.
  void follow(const SwitchState& from, SwitchState next, double rate,
              const To& to);

  // The moves of the switches themselves: noticing and turning.
  void switch_moves(const SwitchState& from, const To& to);

 private:
  struct Seen {  // what each alternative of each switch serves
    std::vector<std::vector<double>> serves;
    bool operator==(const Seen&) const = default;
  };

  const Need& law(std::size_t i) const;
  void settle(const SwitchState& state);
  Seen seen(const SwitchState& state);
  bool works(std::size_t i, const Seen& now, std::uint32_t alternative) const;
  bool wants(std::size_t i, const Seen& now, const SwitchStand& stand) const;
  std::uint32_t choice(std::size_t i, const Seen& now,
                       const SwitchStand& stand) const;
  void react(const Seen& before, SwitchState state, double rate, const To& to);
  void noticed(std::size_t i, const Seen& now, SwitchState state, double rate,
               const To& to);

  const Model& model_;
  std::vector<std::uint32_t> processes_;
  std::vector<NeedId> needs_;
  Health health_;
  Propagation propagation_;
  std::vector<double> left_;  // by node: share of health, while settling
};

}  // namespace outagesim
