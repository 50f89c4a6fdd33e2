// The moves of one product's Markov chain, told state by state: who walks
// through it need not know all of it. A state is told by a number, given in the
// order of first visits; its moves, whether it fails, and how many processes
// are down in it, are worked out once. See scenario_chain.h for what it says.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/analysis/switch_rules.h"
#include "models/compiled/compile.h"

namespace outagesim {

struct ChainStep {
  std::uint32_t to = 0;
  double rate = 0;     // per second
  bool fails = false;  // one more process is down
};

struct ChainStand {
  std::vector<ChainStep> steps;
  double exit = 0;
  std::uint32_t down = 0;  // processes
  bool out = false;        // the product is below its outage threshold
  bool whole = false;      // nothing is down, and no switch is at work
};

// Why a product is no such walk, which goes by background processes of
// exponential times, begun as new; empty if it is one.
std::vector<std::string> product_walk_doubts(const Model& model,
                                             std::uint32_t product);

// The background processes that a product depends on, into Plan::processes.
std::vector<std::uint32_t> product_processes(const Model& model,
                                             std::uint32_t product);

class ProductWalk {
 public:
  // Precondition: product_walk_doubts(model, product) is empty.
  ProductWalk(const Model& model, std::uint32_t product);

  // The number of the state in which all is new is 0. References stay valid.
  const ChainStand& at(std::uint32_t state);
  const std::vector<std::uint16_t>& down_in(std::uint32_t state) const {
    return states_[state].down;
  }
  // Moves of all states worked out so far: what it has cost and what it keeps.
  std::uint64_t moves_found() const { return moves_found_; }
  // Of the chain, into Plan::processes.
  const std::vector<std::uint32_t>& processes() const { return processes_; }

 private:
  std::uint32_t number_of(const SwitchState& state);
  void work_out(std::uint32_t state);

  const Model& model_;
  NodeId node_;
  std::vector<std::uint32_t> processes_;
  SwitchRules rules_;
  std::map<SwitchState, std::uint32_t> numbers_;
  std::vector<SwitchState> states_;
  std::map<std::uint32_t, ChainStand> stands_;
  std::uint64_t moves_found_ = 0;
};

// How far a product is from an outage: the least number of further failures
// that put it out, by its minimal cut sets with time taken out. What splitting
// climbs by.
class OutageDistance {
 public:
  // `processes` as ProductWalk::processes().
  OutageDistance(const Model& model, std::uint32_t product,
                 const std::vector<std::uint32_t>& processes);

  std::uint32_t of(const std::vector<std::uint16_t>& down) const;

 private:
  std::vector<std::vector<std::uint32_t>> cuts_;  // processes of the walk
};

}  // namespace outagesim
