// A need: an edge of the dependency graph, "A needs B", and what B's failure
// means for A. The kinds are the nine of docs/model.md. What few needs have is
// boxed, for there are millions of needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/base/boxed.h"
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
  SwitchBy switch_by = SwitchBy::kAutomatic;  // any
  bool switch_back = false;        // any: return to the first when it is back
  std::uint32_t at_least = 1;      // quorum
  std::vector<Place> targets;      // one, but for `any` and `quorum`
  Fraction share{1};               // part of the requests that make the call
  std::optional<Seconds> timeout;  // a slower target counts as failed

  Boxed<CallPolicy> policy;  // of its calls; absent: one call, once
  Boxed<CallCache> cache;    // answers most of the calls

  // cached: `grace` = age at which an entry that was fresh at a random moment
  // before the failure runs out; F(t) of the calls fail t after the failure.
  Boxed<Distribution> grace;
  Boxed<Distribution> refill;  // delay of recovery as caches fill
  Boxed<Distribution> forget;  // bad answers live on after repair

  // any
  Fraction switch_below{0.5};  // switches when the active one serves less
  Boxed<Distribution> switch_detection;  // s; absent: at once
  Boxed<Distribution> switch_time;       // s; nothing served meanwhile
  Probability coverage{1};               // that the switch works

  // async: work is drained at this multiple of its arrival rate, > 1
  double drain = 2;

  // to_repair: time to get in by another door; absent: there is none
  Boxed<Distribution> break_glass;
};

}  // namespace outagesim
