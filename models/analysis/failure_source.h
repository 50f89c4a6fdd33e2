// What can take parts of a system down, as events that are independent of one
// another at any one moment, each with the probability of being under way then.
// A background process is one event. A common cause is an event for each set
// of members that a strike may leave down together: strikes come as a Poisson
// process, and by thinning those of each set are Poisson and independent
// [Kingman93, chapter 5]. A fault at a time, or at a rate, that ends by itself
// is one event too.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

// What an event leaves of a node: a factor of its health, and one of what it
// serves.
struct NodeLoss {
  NodeId node = 0;
  double health = 0;
  double served = 1;
};

struct FailureSource {
  std::string name;
  std::vector<NodeLoss> losses;
  // The probability of being under way at a time since the simulation began.
  std::function<double(Seconds)> under_way;
  double long_run = 0;    // for ever after; NaN where there is no such limit
  bool constant = false;  // the same at all times
  std::vector<Seconds> breaks;  // where under_way is not smooth
  bool approximate = false;     // by phases fitted to its laws …
  double fit_error = 0;         // … of this largest difference
};

// What cannot be said so, by node it touches, and why.
struct UnknownSource {
  std::vector<NodeId> nodes;  // empty: it may touch anything
  std::string why;
};

struct FailureSources {
  std::vector<FailureSource> known;
  std::vector<UnknownSource> unknown;
};

// Cost: a common cause of m members makes up to 2^m - 1 events; beyond eight
// members that it may spare it is unknown.
// `phases`: of a law fitted, at most.
FailureSources failure_sources(const Model& model, std::uint32_t phases = 16);

}  // namespace outagesim
