#include "sim/experiment/lattice.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/random.h"

namespace outagesim {
namespace {

// Primes and their multipliers [LEcuyer00, table 1].
struct Rule {
  std::uint32_t points, multiplier;
};
constexpr std::array<Rule, 6> kRules{{{1021, 76},
                                      {2039, 1487},
                                      {4093, 1516},
                                      {8191, 5130},
                                      {16381, 4026},
                                      {32749, 14251}}};

}  // namespace

ShiftedLattice::ShiftedLattice(std::uint64_t points, std::uint32_t dimensions)
    : shift_(dimensions), point_(dimensions) {
  auto rule = std::ranges::find_if(
      kRules, [&](const Rule& r) { return r.points >= points; });
  if (rule == kRules.end()) rule = kRules.end() - 1;
  points_ = rule->points;
  std::uint64_t power = 1;
  for (std::uint32_t d = 0; d < dimensions; ++d) {
    generator_.push_back(power);
    power = power * rule->multiplier % points_;
  }
}

void ShiftedLattice::shift(std::uint32_t s) {
  Stream stream({.entity = s});
  for (double& each : shift_) each = stream.next();
}

std::span<const double> ShiftedLattice::point(std::uint32_t i) {
  constexpr double kInside = 1e-12;
  for (std::size_t d = 0; d < point_.size(); ++d) {
    const auto at =
        static_cast<double>(i * generator_[d] % points_) / points_ + shift_[d];
    const double folded = 1 - std::abs(2 * (at - std::floor(at)) - 1);
    point_[d] = std::clamp(folded, kInside, 1 - kInside);
  }
  return point_;
}

}  // namespace outagesim
