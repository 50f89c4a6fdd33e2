#include "sim/experiment/length_forecast.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/base/normal.h"

namespace outagesim {
namespace {

// What is left of the knowledge of the level from one window to the next.
constexpr std::array kForgetting{1.0, 0.97, 0.9, 0.8, 0.6, 0.4, 0.2, 0.1};

// The logarithms of the lengths of one window.
struct LogSample {
  double n = 0, mean = 0, squares = 0;

  void add(double y) {
    n += 1;
    const double before = mean;
    mean += (y - before) / n;
    squares += (y - before) * (y - mean);
  }
};

std::vector<LogSample> samples_before(std::span<const PastLength> past,
                                      UtcTime from, Seconds window) {
  std::vector<LogSample> newest_first;
  const auto step = static_cast<std::int64_t>(window.value);
  for (const PastLength& one : past) {
    const bool over = static_cast<double>(one.start.seconds) + one.length <=
                      static_cast<double>(from.seconds);
    if (!over) continue;
    const auto back =
        static_cast<std::size_t>((from.seconds - 1 - one.start.seconds) / step);
    if (back >= newest_first.size()) newest_first.resize(back + 1);
    newest_first[back].add(std::log(one.length));
  }
  std::ranges::reverse(newest_first);
  return newest_first;
}

// Never so far that the level is less sure than after one length.
void forget(LengthModel& model, double forgetting) {
  model.known = std::max(forgetting * model.known, std::min(model.known, 1.0));
}

LengthModel after(const LengthModel& before, const LogSample& sample) {
  LengthModel model = before;
  model.known += sample.n;
  const double off = sample.mean - before.mean;
  model.mean += off * sample.n / model.known;
  model.shape += sample.n / 2;
  model.rate +=
      (sample.squares + before.known * sample.n / model.known * off * off) / 2;
  return model;
}

// ln of how likely the sample was, without what is the same for all models.
double log_likely(const LengthModel& before, const LengthModel& after) {
  return before.shape * std::log(before.rate) -
         after.shape * std::log(after.rate) +
         std::log(before.known / after.known) / 2;
}

LengthModel weighed(const std::vector<LogSample>& samples, double forgetting) {
  LengthModel model;
  double score = 0;
  for (const LogSample& sample : samples) {
    forget(model, forgetting);
    if (sample.n == 0) continue;
    const LengthModel next = after(model, sample);
    // Before two different lengths nothing is foretold.
    if (model.shape > 0 && model.rate > 0) score += log_likely(model, next);
    model = next;
  }
  forget(model, forgetting);
  model.weight = score;
  return model;
}

}  // namespace

std::vector<LengthModel> length_models(std::span<const PastLength> past,
                                       UtcTime from, Seconds window) {
  const auto samples = samples_before(past, from, window);
  std::vector<LengthModel> models;
  for (const double forgetting : kForgetting) {
    models.push_back(weighed(samples, forgetting));
  }
  if (!(models[0].shape > 0 && models[0].rate > 0)) return {};
  const double best =
      std::ranges::max_element(models, {}, &LengthModel::weight)->weight;
  double total = 0;
  for (LengthModel& model : models) {
    model.weight = std::exp(model.weight - best);
    total += model.weight;
  }
  for (LengthModel& model : models) model.weight /= total;
  return models;
}

Lognormal believable_law(const std::vector<LengthModel>& models,
                         Stream& stream) {
  double passed = 0;
  const double u = stream.next();
  const auto found = std::ranges::find_if(models, [&](const LengthModel& one) {
    return u < (passed += one.weight);
  });
  const LengthModel& model = found == models.end() ? models.back() : *found;
  const Law precision{Gamma{model.shape, 1 / model.rate}};
  const double spread =
      1 / std::sqrt(quantile(precision, Probability{stream.next()}));
  const double level =
      model.mean + spread / std::sqrt(model.known) *
                       normal_quantile(Probability{stream.next()});
  return {std::exp(level), spread};
}

}  // namespace outagesim
