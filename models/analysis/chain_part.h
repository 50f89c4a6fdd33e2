// What fails on its own as a small Markov chain: a background process by the
// phases of its two laws; strikes (a common cause, failures from start to
// start, a fault at a rate that ends by itself) by the phases of the time
// between them and by how many repairs are in each of their phases. A
// product's chain is made of such parts and its switches (scenario_chain.h).
// Laws that are not exponential enter by fitted phases, the error stated;
// so is what is left out where only so many strikes at once are counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/analysis/erlang_fit.h"
#include "models/analysis/failure_source.h"
#include "models/analysis/markov_chain.h"
#include "models/compiled/compile.h"

namespace outagesim {

// Where a part goes at once, by chance.
struct PartJump {
  std::uint16_t to = 0;
  double share = 1;
};

struct ChainPart {
  std::string name;
  MarkovChain chain;                          // rates per second
  std::vector<double> initial;                // by state
  std::vector<std::uint16_t> level;           // by state, into `losses`
  std::vector<std::vector<NodeLoss>> losses;  // the first: nothing is lost
  const Process* process = nullptr;           // of a background process
  double fit_error = 0;       // largest difference of a fitted law; 0: none
  double uncounted_rate = 0;  // strikes per second that come on top of too many
  double uncounted_share = 0;  // how likely one of those is under way
  // Of people: the nodes that bar their remedies while they are down, and where
  // each state goes at once, by which of them are (bits) and by state. Empty:
  // it stays.
  std::vector<NodeId> locks;
  std::vector<std::vector<std::vector<PartJump>>> unlocks;
  // Strikes per second that find no room, by state, and how long one may weigh
  // on the others (s). Empty: there is room.
  std::vector<double> uncounted_at;
  double uncounted_time = 0;
};

inline constexpr std::uint32_t kMostPartStates = 10'000;

// Why it is no such chain; empty if it is one.
std::string part_doubt(const Process& process);
std::string part_doubt(const CommonCauseProcess& cause);
std::string part_doubt(const CompiledFault& fault);

// Preconditions: part_doubt() is empty. Nothing where it has too many states.
std::optional<ChainPart> chain_part(const Process& process, LawFits& fits);
std::optional<ChainPart> chain_part(const CommonCauseProcess& cause,
                                    LawFits& fits);
std::optional<ChainPart> chain_part(const CompiledFault& fault, LawFits& fits);

}  // namespace outagesim
