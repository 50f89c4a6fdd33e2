// Means, variances and covariances from exact sums. Products are summed without
// rounding too, so a large common offset costs no digits, and the order of
// observations changes no bit.
#pragma once

#include <cstdint>

#include "sim/core/exact_sum.h"
#include "sim/stats/estimate.h"

namespace outagesim {

// Sum of (a - mean a)(b - mean b) over n pairs, from the sums of a*b, a and b.
// Precondition: n > 0.
double centred_product(const ExactSum& ab, const ExactSum& a, const ExactSum& b,
                       std::uint64_t n);

// The mean of independent observations, with Student's t interval.
// Precondition of add: |x| < 1e150.
struct Mean {
  std::uint64_t n = 0;
  ExactSum sum;
  ExactSum squares;

  void add(double x);
  void merge(const Mean& other);

  double mean() const;      // NaN when n = 0
  double variance() const;  // of one observation; NaN when n < 2
  Estimate estimate(double level = kConfidence) const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(n, sum, squares);
  }
  friend bool operator==(const Mean&, const Mean&) = default;
};

// Two quantities observed together, once a replication.
struct PairMoments {
  Mean a, b;
  ExactSum products;

  void add(double x, double y);
  void merge(const PairMoments& other);

  double covariance() const;   // NaN when n < 2
  double correlation() const;  // NaN when either does not vary

  template <class Archive>
  void visit(Archive& archive) {
    archive(a, b, products);
  }
  friend bool operator==(const PairMoments&, const PairMoments&) = default;
};

}  // namespace outagesim
