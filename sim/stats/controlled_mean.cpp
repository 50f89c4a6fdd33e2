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

// Of one observation, once the control is taken off.
double variance_left(const PairMoments& all) {
  const double explained = coefficient(all) * all.covariance();
  const auto n = static_cast<double>(all.a.n);
  return std::max(0.0, all.a.variance() - explained) * (n - 1) / (n - 2);
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
  double value = 0;
  double spread = 0;  // Σ over parts of n² × variance, but for variance_left
  for (std::size_t i = 0; i < kParts; ++i) {
    if (parts[i].a.n == 0) continue;
    const PairMoments others = together(*this, i);
    const auto in_part = static_cast<double>(parts[i].a.n);
    const double corrected =
        parts[i].a.mean() - coefficient(others) * parts[i].b.mean();
    value += corrected * in_part / n;
    // A coefficient from m observations adds 1 / m of the variance.
    spread += in_part * (1 + 1 / (n - in_part));
  }
  const double half = student_critical(level, n - 2) *
                      std::sqrt(variance_left(all) * spread) / n;
  return {
      .value = value, .low = value - half, .high = value + half, .n = all.a.n};
}

double ControlledMean::gain() const {
  const PairMoments all = together(*this, kLeaveNone);
  if (!is_used(all)) return 1;
  const double left = variance_left(all);
  return left > 0 ? std::max(1.0, all.a.variance() / left) : kUnbounded;
}

}  // namespace outagesim
