// A ratio of two means, such as total outage time over number of outages. What
// happens within a replication is dependent, so the replication is the unit and
// the interval is the delta method's [Cochran77, ch. 6].
#pragma once

#include "sim/stats/moments.h"

namespace outagesim {

struct Ratio {
  PairMoments moments;  // a is the numerator, b the denominator

  // The totals of one replication.
  void add(double numerator, double denominator) {
    moments.add(numerator, denominator);
  }
  void merge(const Ratio& other) { moments.merge(other.moments); }

  // n is the number of replications. Undefined while the denominator is 0.
  // Biased by O(1 / n); the interval supposes many replications.
  Estimate estimate(double level = kConfidence) const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(moments);
  }
  friend bool operator==(const Ratio&, const Ratio&) = default;
};

}  // namespace outagesim
