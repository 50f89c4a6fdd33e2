// A need: an edge of the dependency graph, "A needs B", and what B's failure
// means for A. The kinds are the nine of docs/model.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/base/source.h"
#include "models/base/units.h"
#include "models/parts/distribution.h"
#include "models/parts/load.h"
#include "models/parts/place.h"

namespace outagesim {

enum class NeedKind : std::uint8_t {
  kHard,       // A fails with B
  kSoft,       // the request succeeds, degraded
  kCached,     // a failure shows as cached answers run out
  kAny,        // alternatives, one active at a time
  kQuorum,     // at least k of n must answer
  kAsync,      // no immediate effect; work queues and is drained later
  kToRepair,   // needed to repair or change, not to serve
  kToStart,    // needed to restart, not while running
  kToObserve,  // needed to notice a failure
};
inline constexpr int kNeedKinds = 9;

enum class SwitchBy : std::uint8_t { kAutomatic, kHand };

struct Need {
  std::string name;  // the key; for one target it is the target's name
  SourcePosition at;
  NeedKind kind = NeedKind::kHard;
  std::vector<Place> targets;      // one, but for `any` and `quorum`
  Fraction share{1};               // part of the requests that make the call
  std::optional<Seconds> timeout;  // a slower target counts as failed

  std::optional<CallPolicy> policy;  // of its calls; absent: one call, once
  std::optional<CallCache> cache;    // answers most of the calls

  // cached: `grace` = age at which an entry that was fresh at a random moment
  // before the failure runs out; F(t) of the calls fail t after the failure.
  std::optional<Distribution> grace;
  std::optional<Distribution> refill;  // delay of recovery as caches fill
  std::optional<Distribution> forget;  // bad answers live on after repair

  // any
  SwitchBy switch_by = SwitchBy::kAutomatic;
  Fraction switch_below{0.5};  // switches when the active one serves less
  std::optional<Distribution> switch_detection;  // s; absent: at once
  std::optional<Distribution> switch_time;       // s; nothing served meanwhile
  Probability coverage{1};                       // that the switch works
  bool switch_back = false;  // return to the first alternative when it is back

  // quorum
  std::uint32_t at_least = 1;

  // async: work is drained at this multiple of its arrival rate, > 1
  double drain = 2;

  // to_repair: time to get in by another door; absent: there is none
  std::optional<Distribution> break_glass;
};

}  // namespace outagesim
