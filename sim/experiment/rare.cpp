#include "sim/experiment/rare.h"

#include <algorithm>
#include <cmath>

#include "models/analysis/product_moves.h"
#include "models/base/text.h"
#include "sim/core/random.h"
#include "sim/stats/moments.h"

namespace outagesim {
namespace {

constexpr double kFailureShare = 0.5;  // of biased moves where repairs compete
constexpr std::uint64_t kBatch = 1000;

double exponential(Stream& stream, double rate) {
  return -std::log(stream.next()) / rate;
}

// The move that the uniform falls on, by rates.
const ChainStep& plain_step(const ChainStand& stand, Stream& stream) {
  double left = stream.next() * stand.exit;
  for (const ChainStep& step : stand.steps) {
    left -= step.rate;
    if (left < 0) return step;
  }
  return stand.steps.back();
}

struct BiasedStep {
  const ChainStep* step = nullptr;
  double weight = 1;  // true over biased probability
};

// Failures share a half among them evenly, all else the other by rates.
BiasedStep biased_step(const ChainStand& stand, Stream& stream) {
  std::size_t failures = 0;
  double other = 0;
  for (const ChainStep& step : stand.steps) {
    failures += step.fails ? 1 : 0;
    other += step.fails ? 0 : step.rate;
  }
  double share = kFailureShare;
  if (failures == 0) share = 0;
  if (other == 0) share = 1;
  const bool fail = stream.next() < share;
  double left = stream.next() * (fail ? static_cast<double>(failures) : other);
  const ChainStep* chosen = &stand.steps.front();
  for (const ChainStep& step : stand.steps) {
    if (step.fails != fail) continue;
    chosen = &step;
    left -= fail ? 1 : step.rate;
    if (left < 0) break;
  }
  const double biased = fail ? share / static_cast<double>(failures)
                             : (1 - share) * chosen->rate / other;
  return {chosen, chosen->rate / stand.exit / biased};
}

// What paths said, and when that is enough.
class RareTally {
 public:
  explicit RareTally(const RareOptions& options) : options_(options) {}

  void add(double path, std::uint64_t hits, std::uint64_t steps,
           std::uint64_t plain_steps) {
    mean_.add(path);
    hits_ += hits;
    steps_ += steps;
    plain_steps_ += plain_steps;
  }

  bool enough() const {
    if (steps_ >= options_.most_steps) return true;
    if (mean_.n < options_.least_paths || mean_.n % kBatch != 0) return false;
    return relative_error() <= options_.relative_error;
  }

  RareEstimate estimate(std::string_view method) const {
    RareEstimate answer;
    answer.method = method;
    answer.probability = mean_.estimate();
    answer.probability.low = std::max(0.0, answer.probability.low);
    answer.relative_error = relative_error();
    answer.paths = mean_.n;
    answer.hits = hits_;
    answer.steps = steps_;
    if (hits_ == 0) {
      // Nothing was seen: nothing is known but that it is a probability.
      answer.probability.low = 0;
      answer.probability.high = 1;
      return answer;
    }
    const auto n = static_cast<double>(mean_.n);
    const double p = mean_.mean();
    const double plain_work = static_cast<double>(plain_steps_) / n;
    const double work = static_cast<double>(steps_) / n;
    answer.gain = p * (1 - p) * plain_work / (mean_.variance() * work);
    return answer;
  }

 private:
  double relative_error() const {
    if (hits_ == 0) return kUnbounded;
    const double variance = mean_.variance() / static_cast<double>(mean_.n);
    return std::sqrt(variance) / mean_.mean();
  }

  RareOptions options_;
  Mean mean_;
  std::uint64_t hits_ = 0, steps_ = 0, plain_steps_ = 0;
};

class ImportanceSampler {
 public:
  ImportanceSampler(const Model& model, std::uint32_t product)
      : walk_(model, product), horizon_((model.horizon - model.begins).value) {}

  // One path of the plain process, from whose whole moments excursions try.
  void path(Stream& stream, RareTally& tally) {
    double sum = 0, now = 0;
    std::uint32_t state = 0;
    std::uint64_t hits = 0, plain = 0, steps = 0;
    while (true) {
      const ChainStand& stand = walk_.at(state);
      if (stand.out || stand.exit == 0) break;
      if (stand.whole) {
        const double weight = excursion(stream, state, now, steps);
        hits += weight > 0 ? 1 : 0;
        sum += weight;
      }
      now += exponential(stream, stand.exit);
      if (now > horizon_) break;
      state = plain_step(stand, stream).to;
      ++plain;
    }
    tally.add(sum, hits, steps + plain, std::max<std::uint64_t>(plain, 1));
  }

 private:
  // Until the outage, the horizon, or all is whole again: the weight of an
  // outage, else 0. The first move is made to come before the horizon
  // [Lewis84].
  double excursion(Stream& stream, std::uint32_t state, double now,
                   std::uint64_t& steps) {
    const double exit = walk_.at(state).exit;
    double weight = -std::expm1(-exit * (horizon_ - now));
    now -= std::log1p(-stream.next() * weight) / exit;
    while (true) {
      const ChainStand& stand = walk_.at(state);
      const BiasedStep move = biased_step(stand, stream);
      weight *= move.weight;
      state = move.step->to;
      ++steps;
      const ChainStand& next = walk_.at(state);
      if (next.out) return weight;
      if (next.whole) return 0;
      now += exponential(stream, next.exit);
      if (now > horizon_) return 0;
    }
  }

  ProductWalk walk_;
  double horizon_;
};

class Splitter {
 public:
  Splitter(const Model& model, std::uint32_t product,
           const SplittingLevel& level)
      : walk_(model, product),
        distance_(model, product, walk_.processes()),
        level_(level),
        horizon_((model.horizon - model.begins).value) {
    farthest_ = distance_.of(walk_.down_in(0));
    tune();
  }

  void path(Stream& stream, RareTally& tally) {
    hits_ = steps_ = 0;
    plain_ = 0;
    weight_ = 0;
    run(stream, {0, 0.0, 0}, 1, 0);
    tally.add(weight_, hits_, steps_, std::max<std::uint64_t>(plain_, 1));
  }

 private:
  struct Place {
    std::uint32_t state = 0;
    double now = 0;
    std::uint32_t level = 0;
  };

  std::uint32_t level_of(std::uint32_t state) const {
    const auto& down = walk_.down_in(state);
    if (level_) return level_(down);
    const std::uint32_t far = distance_.of(down);
    return far >= farthest_ ? 0 : farthest_ - far;
  }

  // As many tries at each level as a failure there is less likely than a
  // repair: what comes through is about as many as went in.
  void tune() {
    const ChainStand& start = walk_.at(0);
    if (start.steps.empty()) return;
    double repair = 0;
    for (const ChainStep& step : walk_.at(start.steps[0].to).steps) {
      if (!step.fails) repair = std::max(repair, step.rate);
    }
    const double fail = start.exit;
    const double wanted = fail > 0 ? repair / fail : 1;
    tries_ = static_cast<std::uint32_t>(std::clamp(wanted, 2.0, 300.0));
  }

  // A path from `at`, of this weight; it dies when it falls below `born`.
  void run(Stream& stream, Place at, double weight, std::uint32_t born) {
    while (move(stream, at)) {
      plain_ += born == 0 ? 1 : 0;
      if (walk_.at(at.state).out) {
        weight_ += weight;
        ++hits_;
        return;
      }
      const std::uint32_t level = level_of(at.state);
      if (level < born) return;
      for (; at.level > level; --at.level) weight *= tries_;
      while (at.level < level) {
        ++at.level;
        weight /= tries_;
        try_again(stream, at, weight);
      }
    }
  }

  // The other tries from where a level was reached.
  void try_again(Stream& stream, const Place& at, double weight) {
    for (std::uint32_t i = 1; i < tries_; ++i) {
      run(stream, at, weight, at.level);
    }
  }

  // One plain move; false where the horizon, or nothing, comes first.
  bool move(Stream& stream, Place& at) {
    const ChainStand& stand = walk_.at(at.state);
    if (stand.out || stand.exit == 0) return false;
    at.now += exponential(stream, stand.exit);
    if (at.now > horizon_) return false;
    at.state = plain_step(stand, stream).to;
    ++steps_;
    return true;
  }

  ProductWalk walk_;
  OutageDistance distance_;
  SplittingLevel level_;
  double horizon_;
  std::uint32_t farthest_ = 0;
  std::uint32_t tries_ = 2;
  double weight_ = 0;
  std::uint64_t hits_ = 0, steps_ = 0, plain_ = 0;
};

template <class Sampler>
RareEstimate sampled(Sampler& sampler, const RareOptions& options,
                     std::string_view method) {
  RareTally tally(options);
  for (std::uint64_t i = 0; !tally.enough(); ++i) {
    Stream stream({options.seed, i, name_hash(method), 0});
    sampler.path(stream, tally);
  }
  return tally.estimate(method);
}

}  // namespace

RareEstimate rare_by_importance_sampling(const Model& model,
                                         std::uint32_t product,
                                         const RareOptions& options) {
  ImportanceSampler sampler(model, product);
  return sampled(sampler, options, "importance sampling");
}

RareEstimate rare_by_splitting(const Model& model, std::uint32_t product,
                               const RareOptions& options,
                               const SplittingLevel& level) {
  Splitter splitter(model, product, level);
  return sampled(splitter, options, "splitting");
}

}  // namespace outagesim
