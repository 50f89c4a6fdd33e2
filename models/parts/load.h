// Load: what is offered a second, what a service can do about it, and what
// callers do about a call that fails. Data only; what follows from it is
// docs/overload.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/base/units.h"
#include "models/parts/place.h"

namespace outagesim {

// Calls go on failing: no more are made for a while, then a few to try.
struct Breaker {
  Fraction opens_at{0.5};       // share of failed calls in the window
  Seconds window{10};           // calls looked at
  Seconds open_for{30};         // then half-open for one window
  Fraction lets_through{0.05};  // of the calls, while half-open
};

// A caller makes up to `attempts` calls; the k-th retry waits
// backoff × grows^(k - 1), spread evenly by ± jitter.
struct RetryPolicy {
  std::uint32_t attempts = 1;
  Seconds backoff{0};
  double grows = 1;
  Fraction jitter{0};              // of the back-off, either way
  std::optional<Fraction> budget;  // retries and copies for each new call
  Seconds burst{10};               // the budget of so long may be spent at once
};

// How often a call is made and what becomes of it.
struct CallPolicy {
  double calls = 1;  // for each request that makes the call at all
  RetryPolicy retry;
  std::optional<Breaker> breaker;
  std::uint32_t priority = 0;    // the highest is shed last
  std::optional<Seconds> hedge;  // a second copy if not answered after so long
};

// A cache in front of a call: uniform popularity, so the share of hits grows
// with the number of entries that have been fetched.
struct CallCache {
  Fraction hits{0.9};           // once it is full
  double entries = 0;           // fetched until then
  std::optional<Reference> in;  // it is lost when this falls; absent: the owner
};

// For `lasting`, `times` as much is offered, and `adds` more.
struct Surge {
  Seconds at{0};
  Seconds lasting{0};
  double times = 1;
  PerSecond adds{0};
};

// Requests from outside: people, devices, customers' programs.
struct Offers {
  PerSecond rate{0};
  PerSecond per_node{0};  // and so much for each unit of cell size
  std::optional<Reference> profile;
  std::string zone = "UTC";
  std::vector<Surge> surges;
  std::optional<Seconds> timeout;  // patience with one attempt
  CallPolicy policy;
};

struct ScaleOut {
  Fraction above{0.8};  // of the capacity in use
  Seconds delay{300};   // from there to the new capacity
  double ceiling = 2;   // most, as a multiple of the capacity
};

// What a service can take. A request costs one unit of work on average.
struct Serves {
  PerSecond capacity{0};           // of all cells together, by their size …
  bool is_per_cell = false;        // … or of each
  std::uint32_t at_once = 1;       // requests in work at once, in each cell
  double varies = 1;               // coefficient of variation of their work
  std::optional<double> queue;     // requests waiting and in work, each cell
  bool drops_expired = false;      // work whose caller has given up
  bool sheds = false;              // when full, the lowest priority first
  std::optional<PerSecond> limit;  // rate limit; as the capacity is meant
  std::optional<ScaleOut> scale_out;
  std::optional<Seconds> falls_over_after;  // of answering nobody in time
};

}  // namespace outagesim
