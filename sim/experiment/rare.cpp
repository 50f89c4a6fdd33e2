#include "sim/experiment/rare.h"

#include <algorithm>
#include <cmath>

#include "models/analysis/product_moves.h"
#include "models/base/text.h"
#include "sim/core/random.h"
#include "sim/experiment/rare_tally.h"

namespace outagesim {
namespace {

constexpr double kFailureShare = 0.5;  // of biased moves where repairs compete

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

class ImportanceSampler {
 public:
  ImportanceSampler(const Model& model, std::uint32_t product,
                    const RareOptions& options)
      : walk_(model, product),
        work_(options),
        horizon_((model.horizon - model.begins).value) {}

  // One path of the plain process, from whose whole moments excursions try.
  // False if the work ended before it.
  bool path(Stream& stream, RareTally& tally) {
    double sum = 0, now = 0;
    std::uint32_t state = 0;
    std::uint64_t hits = 0, plain = 0, steps = 0;
    work_.path();
    while (!work_.spent()) {
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
      work_.move(walk_.moves_found());
    }
    if (work_.spent()) return false;
    tally.add(sum, hits, steps + plain, std::max<std::uint64_t>(plain, 1));
    return true;
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
    while (!work_.spent()) {
      const ChainStand& stand = walk_.at(state);
      const BiasedStep move = biased_step(stand, stream);
      weight *= move.weight;
      state = move.step->to;
      ++steps;
      work_.move(walk_.moves_found());
      const ChainStand& next = walk_.at(state);
      if (next.out) return weight;
      if (next.whole) return 0;
      now += exponential(stream, next.exit);
      if (now > horizon_) return 0;
    }
    return 0;
  }

  ProductWalk walk_;
  RareWork work_;
  double horizon_;
};

class Splitter {
 public:
  Splitter(const Model& model, std::uint32_t product,
           const RareOptions& options, const SplittingLevel& level)
      : walk_(model, product),
        work_(options),
        distance_(model, product, walk_.processes()),
        level_(level),
        horizon_((model.horizon - model.begins).value) {
    farthest_ = distance_.of(walk_.down_in(0));
    tune();
  }

  // False if the work ended before it.
  bool path(Stream& stream, RareTally& tally) {
    hits_ = steps_ = 0;
    plain_ = 0;
    weight_ = 0;
    work_.path();
    run(stream, {0, 0.0, 0}, 1, 0);
    if (work_.spent()) return false;
    tally.add(weight_, hits_, steps_, std::max<std::uint64_t>(plain_, 1));
    return true;
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
    if (stand.out || stand.exit == 0 || work_.spent()) return false;
    at.now += exponential(stream, stand.exit);
    if (at.now > horizon_) return false;
    at.state = plain_step(stand, stream).to;
    ++steps_;
    work_.move(walk_.moves_found());
    return true;
  }

  ProductWalk walk_;
  RareWork work_;
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
  bool goes_on = true;
  for (std::uint64_t i = 0; goes_on && !tally.enough(); ++i) {
    Stream stream({options.seed, i, name_hash(method), 0});
    goes_on = sampler.path(stream, tally);
  }
  RareEstimate estimate = tally.estimate(method);
  estimate.cut_short = !goes_on;
  return estimate;
}

}  // namespace

RareEstimate rare_by_importance_sampling(const Model& model,
                                         std::uint32_t product,
                                         const RareOptions& options) {
  ImportanceSampler sampler(model, product, options);
  return sampled(sampler, options, "importance sampling");
}

RareEstimate rare_by_splitting(const Model& model, std::uint32_t product,
                               const RareOptions& options,
                               const SplittingLevel& level) {
  Splitter splitter(model, product, options, level);
  return sampled(splitter, options, "splitting");
}

}  // namespace outagesim
