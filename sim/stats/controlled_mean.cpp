#include "sim/stats/controlled_mean.h"

#include <algorithm>

namespace outagesim {
namespace {

constexpr std::size_t kParts = ControlledMean::kParts;

// All parts but one; `none` leaves out nothing.
constexpr std::size_t kLeaveNone = kParts;
PairMoments together(const ControlledMean& of, std::size_t without) {
  PairMoments sum;
  for (std::size_t i = 0; i < kParts; ++i) {
    if (i != without) sum.merge(of.parts[i]);
  }
  return sum;
}

double coefficient(const PairMoments& of) {
  const double variance = of.b.variance();
  return variance > 0 ? of.covariance() / variance : 0;
}

bool is_used(const PairMoments& all) {
  return all.a.n >= ControlledMean::kFewest && all.b.variance() > 0;
}

// The observations corrected, each part with the coefficient of the others.
struct Corrected {
  double mean = 0;
  double variance = 0;  // of one observation
};

// The spread of what was corrected with coefficients that others were fitted
// to: within the parts, and of the parts' means.
Corrected corrected(const ControlledMean& of, double n) {
  std::array<double, kParts> means{};
  Corrected all;
  double squares = 0;
  for (std::size_t i = 0; i < kParts; ++i) {
    const PairMoments& part = of.parts[i];
    if (part.a.n == 0) continue;
    const double c = coefficient(together(of, i));
    const auto size = static_cast<double>(part.a.n);
    means[i] = part.a.mean() - c * part.b.mean();
    all.mean += means[i] * size / n;
    if (part.a.n < 2) continue;
    squares += (size - 1) * (part.a.variance() - 2 * c * part.covariance() +
                             c * c * part.b.variance());
  }
  for (std::size_t i = 0; i < kParts; ++i) {
    const double off = means[i] - all.mean;
    squares += static_cast<double>(of.parts[i].a.n) * off * off;
  }
  all.variance = std::max(0.0, squares) / (n - 2);
  return all;
}

// The least variance that n observations can vouch for. Something that
// happened in none of them may still happen in 3 of n [Hanley83]; let it be
// 1.5 standard deviations large, then its 3 / n of that is within what is told.
double least_variance(const PairMoments& all) {
  constexpr double kVouched = 5;
  return all.a.variance() * kVouched / static_cast<double>(all.a.n);
}

}  // namespace

void ControlledMean::add(std::uint64_t index, double outcome, double control) {
  parts[index % kParts].add(outcome, control);
}

void ControlledMean::merge(const ControlledMean& other) {
  for (std::size_t i = 0; i < kParts; ++i) parts[i].merge(other.parts[i]);
}

Estimate ControlledMean::estimate(double level) const {
  const PairMoments all = together(*this, kLeaveNone);
  if (!is_used(all)) return all.a.estimate(level);
  const auto n = static_cast<double>(all.a.n);
  const Corrected is = corrected(*this, n);
  const double variance = std::max(is.variance, least_variance(all));
  const double half = student_critical(level, n - 2) * std::sqrt(variance / n);
  return {.value = is.mean,
          .low = is.mean - half,
          .high = is.mean + half,
          .n = all.a.n};
}

double ControlledMean::gain() const {
  const PairMoments all = together(*this, kLeaveNone);
  if (!is_used(all) || !(all.a.variance() > 0)) return 1;
  const double left = corrected(*this, static_cast<double>(all.a.n)).variance;
  return std::max(1.0, all.a.variance() / std::max(left, least_variance(all)));
}

}  // namespace outagesim
