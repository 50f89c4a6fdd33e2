#include "sim/stats/quantiles.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "sim/stats/ranks.h"

namespace outagesim {
namespace {

constexpr std::size_t kSteps = UnitQuantiles::kSteps;

std::size_t unit_bin(double x) {
  if (x <= 0) return 0;
  if (x >= 1) return kSteps;
  const auto nearest = static_cast<std::size_t>(std::lround(x * kSteps));
  return std::clamp<std::size_t>(nearest, 1, kSteps - 1);
}

double unit_value(std::size_t bin) { return static_cast<double>(bin) / kSteps; }

std::vector<BinCount> unit_bins(const UnitQuantiles& quantiles) {
  std::vector<BinCount> bins;
  for (std::size_t i = 0; i <= kSteps; ++i) {
    if (quantiles.counts[i] == 0) continue;
    bins.push_back({unit_value(i), quantiles.counts[i]});
  }
  return bins;
}

}  // namespace

Estimate Quantiles::quantile(double p, double level) const {
  return quantile_of(counts.ascending(), p, {level});
}

Estimate Quantiles::probability_below(double x, double level) const {
  return share_below(counts.ascending(), counts.told(x), {level});
}

void UnitQuantiles::add(double x) {
  assert(x >= 0 && x <= 1 && "a share lies between 0 and 1");
  ++counts[unit_bin(x)];
  if (x == 0) return;
  units += static_cast<std::uint64_t>(std::llround(x * 0x1p32));
}

void UnitQuantiles::add_ones(std::int64_t times) {
  counts[kSteps] += static_cast<std::uint32_t>(times);
  units += static_cast<std::uint64_t>(times) << 32;
}

void UnitQuantiles::merge(const UnitQuantiles& other) {
  for (std::size_t i = 0; i <= kSteps; ++i) counts[i] += other.counts[i];
  units += other.units;
}

std::uint64_t UnitQuantiles::n() const {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

double UnitQuantiles::mean() const {
  return static_cast<double>(units) * 0x1p-32 / static_cast<double>(n());
}

double UnitQuantiles::quantile_alone(double p) const {
  return quantile_value(unit_bins(*this), p);
}

Estimate UnitQuantiles::quantile(double p, double level) const {
  return quantile_of(unit_bins(*this), p, {level});
}

Estimate UnitQuantiles::probability_below(double x, double level) const {
  const double told = x < 0 || x > 1 ? x : unit_value(unit_bin(x));
  return share_below(unit_bins(*this), told, {level});
}

}  // namespace outagesim
