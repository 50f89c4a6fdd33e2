// Products struck by failures that may overlap and lose a drawn share each:
// what is served on average, and how many falls there are. Failures come by
// renewal processes in equilibrium, on a clock of hours and weekdays if they
// have one. Where what a product serves is linear in the health of each part,
// the law of total expectation needs the mean severity alone, and the parts are
// independent. What overlapping failures of one process leave is a renewal
// equation [Cox62], solved on a grid.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

struct RenewalProduct {
  std::uint32_t product = 0;  // into Model::products
  std::string why_not;        // empty: what follows is known
  double availability = 1;    // mean of served over baseline over the horizon
  double error = 0;           // of the grid and of the mean over time
  // Falls of the served fraction; absent where one may find nothing left.
  std::optional<double> incidents;
  // Of at least one outage; absent where a failure may be too slight for one.
  std::optional<double> outage_probability;
};

// Some 0.3 s where the rate follows a clock.
std::vector<RenewalProduct> renewal_products(const Model& model);

// What a process leaves at a moment: E of the product over all failures under
// way of 1 - loss. Failures begin at intervals `gap` from one to the next, in
// equilibrium at time 0, and last `length`.
struct RenewalLoss {
  Distribution gap, length;
  double loss = 1;               // mean share of health that one loses
  const Clock* clock = nullptr;  // gaps run on it; none: real time
  Seconds begins{0};             // of the replication on the clock
};
// Precondition: t >= 0, steps >= 2. O(steps²).
double left_at(const RenewalLoss& process, Seconds t, std::uint32_t steps);

}  // namespace outagesim
