// Several quantities observed together, once a replication: their means and all
// their covariances, from exact sums. What it takes to compare strategies that
// ran on the same random numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/exact_sum.h"

namespace outagesim {

class JointMoments {
 public:
  // Memory: dimension² / 2 sums of half a kB each.
  explicit JointMoments(std::size_t dimension);
  JointMoments() = default;  // of nothing, to be read into

  // Precondition: as many values as the dimension, each |x| < 1e150.
  // Cost O(dimension²).
  void add(std::span<const double> values);
  // Precondition: of the same dimension. The same bits in any order.
  void merge(const JointMoments& other);

  std::size_t dimension() const { return sums_.size(); }
  std::uint64_t n() const { return n_; }
  double mean(std::size_t i) const;  // NaN when n = 0
  // Of one observation; NaN when n < 2.
  double covariance(std::size_t i, std::size_t j) const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(n_, sums_, products_);
  }
  friend bool operator==(const JointMoments&, const JointMoments&) = default;

 private:
  std::uint64_t n_ = 0;
  std::vector<ExactSum> sums_;
  std::vector<ExactSum> products_;  // lower triangle, row by row
};

}  // namespace outagesim
