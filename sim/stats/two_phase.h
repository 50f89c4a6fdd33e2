// Chance and ignorance kept apart. Values come in groups of equal size: each
// group has parameters drawn from what is believed, its members differ by
// chance. The variance of one value is the mean variance within groups plus the
// variance of the true group means (the law of total variance), estimated
// without bias as a one-way analysis of variance does [Searle92, section 3.6].
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/stats/estimate.h"

namespace outagesim {

struct GroupMoments {
  double mean = 0;
  double variance = 0;  // of one member, within the group
};

struct VarianceParts {
  Estimate mean;         // over both
  double chance = 0;     // variance within groups, on average
  double ignorance = 0;  // variance of the true group means; below 0 by noise
                         // where there is little
  Estimate share;        // ignorance / (chance + ignorance), at least 0
  double both() const;
};

// The share's interval follows from that of the ratio of the mean squares,
// which holds both the F law's (exact where all is normal [Searle92,
// section 3.6]) and the jackknife's of its logarithm (right in the long run for
// other laws [Arvesen70]). From 8 groups on it holds the truth in 95 % of cases
// or more where what is believed is normal or uniform, and in 86 to 95 % where
// it is as skewed as an exponential. Preconditions: at least 8 groups, of
// `each` >= 2 members. O(groups).
VarianceParts variance_parts(std::span<const GroupMoments> groups,
                             std::uint64_t each);

// The group means drawn in towards their mean until their spread is that of
// the true means; ascending. What is believed about the mean.
std::vector<double> believed_means(std::span<const GroupMoments> groups,
                                   const VarianceParts& parts,
                                   std::uint64_t each);

// Of ascending values, the one with a share `p` of them below. Precondition:
// not empty, 0 <= p <= 1.
double quantile_of(std::span<const double> ascending, double p);

}  // namespace outagesim
