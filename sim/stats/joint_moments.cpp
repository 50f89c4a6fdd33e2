#include "sim/stats/joint_moments.h"

#include <cassert>
#include <utility>

#include "sim/stats/estimate.h"
#include "sim/stats/moments.h"

namespace outagesim {

JointMoments::JointMoments(std::size_t dimension)
    : sums_(dimension), products_(dimension * (dimension + 1) / 2) {}

void JointMoments::add(std::span<const double> values) {
  assert(values.size() == sums_.size());
  ++n_;
  std::size_t at = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sums_[i].add(values[i]);
    for (std::size_t j = 0; j <= i; ++j) {
      products_[at++].add_product(values[i], values[j]);
    }
  }
}

void JointMoments::merge(const JointMoments& other) {
  assert(other.sums_.size() == sums_.size());
  n_ += other.n_;
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i].merge(other.sums_[i]);
  for (std::size_t i = 0; i < products_.size(); ++i) {
    products_[i].merge(other.products_[i]);
  }
}

double JointMoments::mean(std::size_t i) const {
  if (n_ == 0) return kUndefined;
  return sums_[i].value() / static_cast<double>(n_);
}

double JointMoments::covariance(std::size_t i, std::size_t j) const {
  if (n_ < 2) return kUndefined;
  if (i < j) std::swap(i, j);
  const ExactSum& ab = products_[i * (i + 1) / 2 + j];
  return centred_product(ab, sums_[i], sums_[j], n_) /
         static_cast<double>(n_ - 1);
}

}  // namespace outagesim
