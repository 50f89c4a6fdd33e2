#include "sim/experiment/length_tail.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace outagesim {
namespace {

constexpr double kShareAbove = 0.3;
constexpr std::size_t kMostLengths = 2000;

// The latest windows that hold so many.
std::span<const LogLengths> latest(std::span<const LogLengths> windows) {
  std::size_t lengths = 0;
  std::size_t first = windows.size();
  while (first > 0 && lengths + windows[first - 1].size() <= kMostLengths) {
    lengths += windows[--first].size();
  }
  return windows.subspan(std::min(first, windows.size() - 1));
}

// The length that kShareAbove of them pass, if there are enough.
std::optional<double> threshold_of(std::span<const LogLengths> windows) {
  std::vector<double> all;
  for (const LogLengths& one : windows) {
    all.insert(all.end(), one.begin(), one.end());
  }
  const auto above = std::max<std::size_t>(
      kFewestAbove, static_cast<std::size_t>(std::lround(
                        kShareAbove * static_cast<double>(all.size()))));
  if (above >= all.size()) return std::nullopt;
  const auto at = all.begin() + static_cast<std::ptrdiff_t>(above);
  std::ranges::nth_element(all, at, std::greater<>{});
  return *at;
}

// What the past says of the index: how many were above, how far all together.
struct Excess {
  double n = 0, sum = 0;
};

Excess excess_over(double threshold, std::span<const LogLengths> windows,
                   Seconds window) {
  constexpr double kKept = 0.9;  // over 30 days
  const double kept = std::pow(kKept, window / Seconds{30 * 86400});
  Excess excess;
  for (const LogLengths& one : windows) {
    excess.n *= kept;
    excess.sum *= kept;
    for (const double y : one) {
      if (y <= threshold) continue;
      excess.n += 1;
      excess.sum += y - threshold;
    }
  }
  return excess;
}

// ln of the density where an excess is 0, of the tail that ends at `room`.
double log_height(double index, double room) {
  return std::log(index / -std::expm1(-index * room));
}

}  // namespace

const std::array<double, kTailIndices>& tail_indices() {
  static const auto kIndices = [] {
    std::array<double, kTailIndices> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const double part = static_cast<double>(i) / (kTailIndices - 1);
      all[i] = 0.5 * std::pow(16.0, part);
    }
    return all;
  }();
  return kIndices;
}

double TailModel::log_density(double excess) const {
  double density = 0;
  for (std::size_t i = 0; i < kTailIndices; ++i) {
    const double index = tail_indices()[i];
    density += weights[i] * std::exp(log_height(index, room) - index * excess);
  }
  return std::log(density);
}

double TailModel::index_at(double u) const {
  for (std::size_t i = 0; i < kTailIndices; ++i) {
    if (u < weights[i]) return tail_indices()[i];
    u -= weights[i];
  }
  return tail_indices().back();
}

std::optional<TailModel> tail_model(std::span<const LogLengths> windows,
                                    Seconds window,
                                    std::optional<Seconds> at_most) {
  if (windows.empty()) return std::nullopt;
  const auto counted = latest(windows);
  const auto threshold = threshold_of(counted);
  if (!threshold) return std::nullopt;
  TailModel model;
  model.threshold = *threshold;
  model.room = at_most ? std::log(at_most->value) - *threshold
                       : std::numeric_limits<double>::infinity();
  constexpr double kLeastRoom = 1e-6;
  if (!(model.room > kLeastRoom)) return std::nullopt;
  const Excess excess = excess_over(*threshold, counted, window);
  for (std::size_t i = 0; i < kTailIndices; ++i) {
    const double index = tail_indices()[i];
    model.weights[i] =
        excess.n * log_height(index, model.room) - index * excess.sum;
  }
  const double best = *std::ranges::max_element(model.weights);
  double total = 0;
  for (double& weight : model.weights) {
    weight = std::exp(weight - best);
    total += weight;
  }
  for (double& weight : model.weights) weight /= total;
  return model;
}

}  // namespace outagesim
