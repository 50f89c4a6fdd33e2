// The failures of one product as a race: what runs is told by its age, so that
// any law that has a hazard can be asked what it does before the next end of a
// repair, which is known. A step may be forced: with some probability a failure
// before that end is made sure of, all clocks that run being as likely
// [Nicola93]; the weight is true over mixed density, so that no step can make
// it greater than one over the share that is left to chance.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "models/analysis/failure_clocks.h"
#include "sim/core/random.h"

namespace outagesim {

struct RaceEnding {
  enum class Of : std::uint8_t { kRepair, kStrike, kSwitch };
  double at = 0;            // s from the beginning
  double from = 0;          // likewise: when it began
  std::uint32_t index = 0;  // part, clock or switch
  Of of = Of::kRepair;
};

struct RaceState {
  double now = 0;  // s from the beginning
  SwitchState stand;
  std::vector<double> since;  // by clock, on its own time; NaN: does not run
  std::vector<RaceEnding> endings;
};

// What may become of a state at once, and how likely.
struct RaceOutcome {
  SwitchState stand;
  double probability = 1;
};

class Race {
 public:
  // Precondition: failure_clock_doubts(model, product) is empty.
  Race(const Model& model, std::uint32_t product);

  bool can_fail() const { return !clocks_.empty(); }
  bool begins_in_equilibrium() const;
  // Biased: what is under repair already is made likelier, and weighed.
  RaceState begin(Stream& stream, bool biased, double& weight);

  // Goes on to the next event. False where the horizon comes first. `share` of
  // steps are forced; where 0 nothing is biased. What may become of it then is
  // in outcomes(): settle on one of them.
  bool next(RaceState& state, Stream& stream, double share, double& weight);
  std::span<const RaceOutcome> outcomes() const { return outcomes_; }
  void settle(RaceState& state, std::size_t outcome, Stream& stream);
  // One by chance; if biased, each is as likely as not to be taken by lot.
  std::size_t drawn_outcome(Stream& stream, bool biased, double& weight) const;
  // What goes on is given another end, from the age that it has.
  void redraw(RaceState& state, Stream& stream) const;

  bool is_out(const RaceState& state) { return look(state).out; }
  bool is_whole(const RaceState& state) const;
  std::uint32_t distance(const RaceState& state) {
    return look(state).distance;
  }
  // That of the state in which nothing is down.
  std::uint32_t farthest() const;
  // How many parts one strike can hit.
  std::uint32_t most_at_once() const;
  // How many failures a mean repair takes the place of: mean time to the first
  // failure over the longest mean repair.
  double slowness() const;
  // Parts of all states looked at so far, for who counts work.
  std::uint64_t looked_at() const { return looked_at_; }

 private:
  struct Look {
    bool out = false;
    std::uint32_t distance = 0;
  };
  struct Part {
    std::uint32_t clock = 0;
    std::uint32_t member = 0;
  };
  struct Chosen {
    std::uint32_t clock = kNone;
    double at = 0;
  };

  const Look& look(const RaceState& state);
  double own_time(std::uint32_t clock, double t) const;
  double real(std::uint32_t clock, double own) const;
  double hazard_between(std::uint32_t clock, double since, double from,
                        double to) const;
  double fails_at(std::uint32_t clock, const RaceState& state,
                  double more) const;
  void weigh_until(const RaceState& state, double end);
  Chosen by_chance(const RaceState& state, Stream& stream) const;
  Chosen forced(const RaceState& state, Stream& stream) const;
  double weight_of(const RaceState& state, const Chosen& chosen,
                   double share) const;
  void start(RaceState& state, std::uint32_t clock, Stream& stream) const;
  void find_down(RaceState& state, std::uint32_t clock, Stream& stream) const;
  std::vector<std::uint32_t> struck(std::uint32_t clock, Stream& stream,
                                    bool biased, double& weight) const;
  void strike(RaceState& state, std::uint32_t clock, Stream& stream,
              bool biased, double& weight);
  void end(RaceState& state, std::size_t ending, Stream& stream, bool biased,
           double& weight);
  void follow(const RaceState& state, SwitchState next);

  const Model& model_;
  NodeId node_;
  double horizon_;
  std::vector<FailureClock> clocks_;
  std::vector<std::uint8_t> has_hazard_;  // by clock
  std::vector<double> rate_;              // by clock; 0: not exponential
  std::vector<Part> parts_;
  std::vector<std::uint32_t> first_part_;  // by clock
  SwitchRules rules_;
  OutageDistance distance_;
  std::map<SwitchState, Look> looks_;
  std::uint64_t looked_at_ = 0;
  std::vector<RaceOutcome> outcomes_;
  std::uint32_t ended_switch_ = kNone;
  std::vector<double> before_end_;      // by clock: hazard until the next end
  std::vector<std::uint32_t> running_;  // clocks with such
  double all_before_end_ = 0;
};

}  // namespace outagesim
