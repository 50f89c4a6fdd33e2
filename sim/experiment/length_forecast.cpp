#include "sim/experiment/length_forecast.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "models/base/normal.h"

namespace outagesim {
namespace {

// What is left of the knowledge of the level from one window to the next.
constexpr std::array kForgetting{1.0, 0.97, 0.9, 0.8, 0.6, 0.4, 0.2, 0.1};
// The variance of the step that one window's lengths share, over theirs. As
// likely none as any.
constexpr std::array kShared{0.0, 0.02, 0.05, 0.1, 0.2, 0.4};
constexpr double kNothingShared = 0.5;

using Window = std::vector<double>;  // ln s

std::vector<Window> windows_before(std::span<const PastLength> past,
                                   UtcTime from, Seconds window) {
  std::vector<Window> newest_first;
  const auto step = static_cast<std::int64_t>(window.value);
  for (const PastLength& one : past) {
    const bool over = static_cast<double>(one.start.seconds) + one.length <=
                      static_cast<double>(from.seconds);
    if (!over) continue;
    const auto back =
        static_cast<std::size_t>((from.seconds - 1 - one.start.seconds) / step);
    if (back >= newest_first.size()) newest_first.resize(back + 1);
    newest_first[back].push_back(std::log(one.length));
  }
  std::ranges::reverse(newest_first);
  return newest_first;
}

struct LogSample {
  double n = 0, mean = 0, squares = 0;
};

LogSample sample_of(const Window& window) {
  LogSample sample;
  for (const double y : window) {
    sample.n += 1;
    const double before = sample.mean;
    sample.mean += (y - before) / sample.n;
    sample.squares += (y - before) * (y - sample.mean);
  }
  return sample;
}

// What of a window was foretold to lie above a threshold, and how likely the
// tail thought it, given that it does.
struct TailTrial {
  double threshold = 0, end = 0;  // ln s
  std::vector<double> above;      // ln s
  double log_likely = 0;
};

// The latest windows are tried, and of one with very many only the first.
constexpr std::size_t kMostTried = 120;
constexpr std::size_t kMostAbove = 20;

TailTrial trial_of(const TailModel& tail, const Window& window) {
  TailTrial trial{tail.threshold, tail.threshold + tail.room, {}, 0};
  for (const double y : window) {
    if (y <= tail.threshold) continue;
    trial.above.push_back(y);
    trial.log_likely += tail.log_density(y - tail.threshold);
    if (trial.above.size() == kMostAbove) break;
  }
  return trial;
}

// A window's trial from the windows before it; those without stay empty.
std::vector<TailTrial> tail_trials(const std::vector<Window>& windows,
                                   std::span<const LogLengths> lengths,
                                   Seconds window,
                                   std::optional<Seconds> at_most) {
  std::vector<TailTrial> trials(windows.size());
  const std::size_t n = windows.size();
  for (std::size_t i = n - std::min(n, kMostTried); i < n; ++i) {
    if (windows[i].empty()) continue;
    const auto tail = tail_model(lengths.first(i), window, at_most);
    if (tail) trials[i] = trial_of(*tail, windows[i]);
  }
  return trials;
}

// Never so far that the level is less sure than after one length.
void forget(LengthModel& model, double forgetting) {
  model.known = std::max(forgetting * model.known, std::min(model.known, 1.0));
}

// As many lengths without a shared step would tell as much of the level.
double telling(const LengthModel& model, const LogSample& sample) {
  return 1 / (model.shared + 1 / sample.n);
}

LengthModel after(const LengthModel& before, const LogSample& sample) {
  LengthModel model = before;
  const double n = telling(before, sample);
  model.known += n;
  const double off = sample.mean - before.mean;
  model.mean += off * n / model.known;
  model.shape += sample.n / 2;
  model.rate +=
      (sample.squares + before.known * n / model.known * off * off) / 2;
  return model;
}

// ln of how likely the sample was, without what is the same for all models.
double log_likely(const LengthModel& before, const LengthModel& after,
                  const LogSample& sample) {
  const double spread_of_mean =
      sample.n * (1 / before.known + before.shared + 1 / sample.n);
  return before.shape * std::log(before.rate) -
         after.shape * std::log(after.rate) - std::log(spread_of_mean) / 2;
}

// The same of the lengths above the threshold, given that they are: each alone
// is Student's t distributed.
double log_likely_above(const LengthModel& before, const TailTrial& trial) {
  using InDouble = boost::math::policies::policy<
      boost::math::policies::promote_double<false>>;
  const boost::math::students_t_distribution<double, InDouble> student(
      2 * before.shape);
  const double spread = std::sqrt(before.rate / before.shape *
                                  (1 + before.shared + 1 / before.known));
  const auto above = [&](double y) {
    if (y == std::numeric_limits<double>::infinity()) return 0.0;
    return cdf(complement(student, (y - before.mean) / spread));
  };
  constexpr double kLeast = 1e-300;
  const double held =
      std::max(kLeast, above(trial.threshold) - above(trial.end));
  double likely = 0;
  for (const double y : trial.above) {
    likely +=
        std::log(std::max(kLeast, pdf(student, (y - before.mean) / spread)) /
                 spread / held);
  }
  return likely;
}

// ln of how much likelier the tail thought what was above the threshold.
double likelier_with_tail(const LengthModel& before, const TailTrial& trial) {
  if (trial.above.empty()) return 0;
  return trial.log_likely - log_likely_above(before, trial);
}

double log_prior(double shared) {
  return std::log(shared > 0 ? (1 - kNothingShared) / (kShared.size() - 1)
                             : kNothingShared);
}

// Both with and without the tail.
struct Weighed {
  LengthModel model;  // weight: ln of how likely it was
  double tail = 0;    // so much likelier with the tail
};

Weighed weighed(const std::vector<LogSample>& samples,
                const std::vector<TailTrial>& trials, double forgetting,
                double shared) {
  Weighed result;
  LengthModel& model = result.model;
  model.shared = shared;
  double score = log_prior(shared);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    forget(model, forgetting);
    if (samples[i].n == 0) continue;
    const LengthModel next = after(model, samples[i]);
    // Before two different lengths nothing is foretold.
    if (model.shape > 0 && model.rate > 0) {
      score += log_likely(model, next, samples[i]);
      result.tail += likelier_with_tail(model, trials[i]);
    }
    model = next;
  }
  forget(model, forgetting);
  model.weight = score;
  return result;
}

void share_out(std::vector<LengthModel>& models) {
  const double best =
      std::ranges::max_element(models, {}, &LengthModel::weight)->weight;
  double total = 0;
  for (LengthModel& model : models) {
    model.weight = std::exp(model.weight - best);
    total += model.weight;
  }
  for (LengthModel& model : models) model.weight /= total;
}

}  // namespace

LengthForecast length_forecast(std::span<const PastLength> past, UtcTime from,
                               Seconds window, std::optional<Seconds> at_most) {
  const std::vector<Window> windows = windows_before(past, from, window);
  const std::vector<LogLengths> lengths(windows.begin(), windows.end());
  const auto trials = tail_trials(windows, lengths, window, at_most);
  std::vector<LogSample> samples;
  samples.reserve(windows.size());
  for (const Window& one : windows) samples.push_back(sample_of(one));
  LengthForecast forecast;
  forecast.at_most = at_most;
  forecast.tail = tail_model(lengths, window, at_most);
  for (const double forgetting : kForgetting) {
    for (const double shared : kShared) {
      Weighed one = weighed(samples, trials, forgetting, shared);
      if (!(one.model.shape > 0 && one.model.rate > 0)) return {};
      forecast.models.push_back(one.model);
      if (!forecast.tail) continue;
      one.model.tailed = true;
      one.model.weight += one.tail;
      forecast.models.push_back(one.model);
    }
  }
  share_out(forecast.models);
  return forecast;
}

LengthLaw believable_law(const LengthForecast& forecast, Stream& stream) {
  const std::vector<LengthModel>& models = forecast.models;
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
      model.mean + spread * std::sqrt(1 / model.known + model.shared) *
                       normal_quantile(Probability{stream.next()});
  LengthLaw law{{std::exp(level), spread}, {}, forecast.at_most};
  if (model.tailed) {
    law.tail = {std::exp(forecast.tail->threshold),
                forecast.tail->index_at(stream.next())};
  }
  return law;
}

}  // namespace outagesim
