// Who is to blame, and what to thank: the expected harm shared out over causes,
// or over strategies, by Shapley values [Shapley53] of a game whose value is
// simulated [Song16]. Every coalition runs on the same random numbers, so the
// shares are exact in each replication and sum there to its total; the errors
// are those of a mean over replications. With more players than `most_exact`
// the orders are sampled, in pairs of an order and its reverse [Mitchell22].
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/experiment/outcome.h"
#include "sim/stats/estimate.h"
#include "sim/stats/shapley.h"

namespace outagesim {

struct AttributionGame {
  std::vector<std::string> players;  // at most 63
  // The model in which these play; called once a coalition.
  std::function<std::unique_ptr<const Model>(Coalition)> model;
};

struct AttributionOptions {
  std::uint64_t replications = 2000;  // sampled: rounded up, see below
  std::uint64_t seed = 1;
  unsigned threads = 0;            // 0: all cores
  unsigned most_exact = 10;        // players; above it orders are sampled
  std::uint64_t order_pairs = 32;  // sampled: each on replications of its own
};

struct AttributionWatch {
  std::stop_token stop;
  std::function<void(std::uint64_t finished, std::uint64_t of)> progress;
};

struct PlayerShare {
  Estimate share;
  double standard_error = kUndefined;
  // What it does alone, and what it adds to all others: where the two differ
  // the players interact. Undefined where orders are sampled.
  Estimate alone, last;
};

struct Attribution {
  bool exact = true;
  bool partial = false;             // stopped: nothing below is told
  std::uint64_t coalitions = 0;     // simulated
  std::uint64_t orders = 0;         // sampled; 0 if exact
  std::uint64_t replications = 0;   // of each coalition
  Estimate none, all, total;        // total = all − none
  std::vector<PlayerShare> shares;  // by player
  // By unit, players in turn: replications, or pairs of orders.
  std::vector<double> unit_shares;
  std::vector<double> unit_totals;
};

// Precondition: at least one player. Cost: replications × 2^players, or
// replications × 2 × players where sampled.
Attribution attribute(const AttributionGame& game, const Outcome& outcome,
                      const AttributionOptions& options,
                      const AttributionWatch& watch = {});

}  // namespace outagesim
