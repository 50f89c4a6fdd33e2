// Which loads outlive their trigger: for each station whose callers try again,
// the load above which a collapse sustains itself, how long a trigger of a
// given size must last at which load, and how one queue does as an exact chain.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/analysis/retry_chain.h"
#include "models/compiled/compile.h"

namespace outagesim {

// At one load: the shortest trigger that does not heal by itself.
struct TriggerThreshold {
  double load = 0;                 // ρ, share of the station's capacity
  double capacity_left = 0;        // during the trigger
  std::optional<Seconds> lasting;  // none: every trigger up to the limit heals
};

// The same chain at a few sizes, for the real one is out of reach.
struct ChainAtSize {
  double in_flight = 0;  // m T
  RetryChainAnswer answer;
};

struct MetastableStation {
  std::uint32_t station = 0;
  std::string name;
  std::string service;             // of which it may be one of several cells
  std::size_t cells_left_out = 0;  // of the service, said of each
  bool in_full = true;  // false: alike to a cell of the service in more use,
                        // which alone has thresholds and chains
  double load = 0;      // usual ρ of new calls
  double without_caches = 0;       // the same if its callers' were cold
  double attempts = 1;             // r through all layers above
  Seconds timeout{0};              // longest of its callers
  double in_flight = 0;            // m T
  double n0 = 0;                   // m T (1 − ρ)
  std::optional<double> sustains;  // least ρ at which a long stall stays
  Seconds question{30};            // "does a trigger of this length heal?"
  std::optional<double> sustains_question;  // least ρ at which that one stays
  std::optional<Seconds> shortest;  // stall that stays, at the usual load
  std::optional<Seconds> recovery;  // from a stall half as long, or from the
                                    // long one if that heals
  bool restart_ends = false;        // a restart ends the collapse
  bool queue_is_short = false;      // nothing in it waits too long
  std::vector<TriggerThreshold> thresholds;
  std::vector<ChainAtSize> chain;
};

struct MetastableOptions {
  Seconds question{30};
};

// New calls at the net's mean load, over the station's capacity.
struct UsualLoad {
  double rho = 0, without_caches = 0;
};
UsualLoad usual_load(const LoadNet& net, std::uint32_t station);

// Cells of one service that are asked about; the rest are in less use.
inline constexpr std::size_t kMostCellsAsked = 31;

// Stations with callers that time out, in the model's order. About a tenth of a
// second each; a hundredth for cells that differ in nothing but their load.
std::vector<MetastableStation> find_metastable(
    const Model& model, const MetastableOptions& options);

// One station's served share when the load is moved slowly up, then down, with
// an overload at the top of the way: two branches where it is metastable. Empty
// where nothing is offered.
struct SweepPoint {
  double load = 0;
  double served_up = 1, served_down = 1;
};
std::vector<SweepPoint> sweep_load(const Model& model, std::uint32_t station);

}  // namespace outagesim
