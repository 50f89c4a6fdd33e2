#include "sim/experiment/count_forecast.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/negative_binomial.hpp>
#include <cmath>

namespace outagesim {
namespace {

constexpr std::array kForgetting{1.0, 0.97, 0.94, 0.9, 0.85, 0.8, 0.7, 0.6};
constexpr std::array kClustering{1.0, 1.25, 1.6, 2.0, 2.5,
                                 3.2, 4.0,  5.0, 6.3, 8.0};
// Doublings in a year. Normal with deviation 1 beforehand: a year may well
// halve or double, and seldom makes four of one.
constexpr std::array kDoublings{-2.0, -1.5, -1.0, -0.5, 0.0,
                                0.5,  1.0,  1.5,  2.0};
constexpr Seconds kYear{365 * 86400};

struct Assumed {
  double forgetting = 1;
  double drift = 1;  // of the level, from one window to the next
  double clustering = 1;
};

// The level as known after some counts: gamma with shape `events` and rate
// `windows`, in which long ago counts less. To begin with as Jeffreys has it:
// half an event in no window.
struct Level {
  double events = 0.5;
  double windows = 0;

  void see(double count, const Assumed& assumed) {
    events = assumed.forgetting * events + count;
    windows = assumed.forgetting * windows / assumed.drift + 1;
  }

  // What is left of it after forgetting once more foretells the next count.
  // Precondition: some count was seen.
  CountModel next(const Assumed& assumed) const {
    constexpr double kLeastMean = 1e-6, kLeastOver = 1e-4;
    const double mean = assumed.drift * events / windows;
    const double unsure = assumed.drift / (assumed.forgetting * windows);
    return {std::max(kLeastMean, mean),
            std::max(1 + kLeastOver, assumed.clustering * (1 + unsure)), 0};
  }
};

// ln(shape (shape + 1) ... (shape + count - 1)).
double log_rising(double shape, double count) {
  constexpr int kFew = 30;  // of factors below 1e10: no overflow
  if (count > kFew) return std::lgamma(count + shape) - std::lgamma(shape);
  double product = 1;
  for (int i = 0; i < kFew && i < count; ++i) product *= shape + i;
  return std::log(product);
}

// Without ln(count!), which is the same for all models.
double log_likely(const CountModel& model, double count) {
  const double over = model.dispersion - 1;
  const double shape = model.mean / over;
  return log_rising(shape, count) - shape * std::log(model.dispersion) +
         count * std::log(over / model.dispersion);
}

// The forecast after all counts; its weight is ln of how likely it was to
// foretell them. The first has nothing before it.
CountModel weighed(std::span<const double> counts, const Assumed& assumed) {
  constexpr std::size_t kMostWeighed = 120;
  const std::size_t n = counts.size();
  const std::size_t first = n > kMostWeighed ? n - kMostWeighed : 1;
  Level level;
  double score = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i >= first) score += log_likely(level.next(assumed), counts[i]);
    level.see(counts[i], assumed);
  }
  CountModel model = level.next(assumed);
  model.weight = score;
  return model;
}

// `prior` is the logarithm of that of the drift.
void add_models(std::span<const double> counts, double drift, double prior,
                std::vector<CountModel>& models) {
  for (const double forgetting : kForgetting) {
    for (const double clustering : kClustering) {
      models.push_back(weighed(counts, {forgetting, drift, clustering}));
      models.back().weight += prior;
    }
  }
}

void share_out(std::vector<CountModel>& models) {
  const double best =
      std::ranges::max_element(models, {}, &CountModel::weight)->weight;
  double total = 0;
  for (CountModel& model : models) {
    model.weight = std::exp(model.weight - best);
    total += model.weight;
  }
  for (CountModel& model : models) model.weight /= total;
}

// Rounds outwards no further than the count that holds the probability; in
// double throughout, as Valgrind has no long double.
using Upwards =
    boost::math::policies::policy<boost::math::policies::discrete_quantile<
                                      boost::math::policies::integer_round_up>,
                                  boost::math::policies::promote_double<false>>;
using NegativeBinomial =
    boost::math::negative_binomial_distribution<double, Upwards>;

}  // namespace

std::vector<CountModel> count_models(std::span<const double> counts,
                                     Seconds window) {
  std::vector<CountModel> models;
  for (const double doublings : kDoublings) {
    const double drift = std::exp2(doublings * (window / kYear));
    add_models(counts, drift, -doublings * doublings / 2, models);
  }
  share_out(models);
  return models;
}

double count_quantile(const CountModel& model, double u) {
  const NegativeBinomial law(model.mean / (model.dispersion - 1),
                             1 / model.dispersion);
  return quantile(law, u);
}

}  // namespace outagesim
