#include "sim/experiment/forecast.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/base/normal.h"
#include "models/parts/law.h"
#include "sim/core/random.h"
#include "sim/experiment/count_forecast.h"
#include "sim/experiment/length_forecast.h"
#include "sim/stats/crps.h"

namespace outagesim {
namespace {

// What a stream is for: the draws are 0.
constexpr std::uint64_t kTies = 1;

// Counts of whole windows before `from`, the oldest first.
std::vector<double> counts_before(const std::vector<PastLength>& past,
                                  UtcTime from, Seconds window) {
  const auto step = static_cast<std::int64_t>(window.value);
  const std::int64_t watched = from.seconds - past.front().start.seconds;
  std::vector<double> counts(static_cast<std::size_t>(watched / step));
  for (const PastLength& one : past) {
    if (one.start >= from) break;
    const auto back =
        static_cast<std::size_t>((from.seconds - 1 - one.start.seconds) / step);
    if (back < counts.size()) counts[counts.size() - 1 - back] += 1;
  }
  return counts;
}

const CountModel& chosen(const std::vector<CountModel>& models, double u) {
  double passed = 0;
  for (const CountModel& model : models) {
    passed += model.weight;
    if (u < passed) return model;
  }
  return models.back();
}

void draw_once(const std::vector<CountModel>& models,
               const LengthForecast& lengths_known, Stream& stream,
               Forecast& forecast) {
  const CountModel& model = chosen(models, stream.next());
  const double count = count_quantile(model, stream.next());
  const LengthsDrawn lengths =
      drawn_lengths(believable_law(lengths_known, stream),
                    static_cast<std::uint64_t>(std::ceil(count)), stream);
  forecast.count.add(count);
  forecast.total.add(lengths.sum);
  forecast.longest.add(lengths.longest);
  forecast.over_four_hours.add(lengths.longest > kForecastLong);
}

// The place of what came among the draws, itself one of them, ties broken by
// `u`: uniform if the forecast is right, atoms or not [Czado09].
double randomised_place(const Quantiles& foretold, double observed, double u) {
  const double told = foretold.counts.told(observed);
  std::uint64_t below = 0;
  std::uint64_t ties = 1;
  for (const BinCount& bin : foretold.counts.ascending()) {
    if (bin.value < told) below += bin.count;
    if (bin.value == told) ties += bin.count;
  }
  return (static_cast<double>(below) + u * static_cast<double>(ties)) /
         static_cast<double>(foretold.counts.n + 1);
}

ForecastScore score(const Quantiles& foretold, double observed, double before,
                    double u) {
  static constexpr std::array kBands{0.05, 0.25, 0.5, 0.75, 0.95};
  ForecastScore one;
  one.observed = observed;
  for (std::size_t i = 0; i < kBands.size(); ++i) {
    one.bands[i] = foretold.quantile(kBands[i]).value;
  }
  one.inside_50 = observed >= one.bands[1] && observed <= one.bands[3];
  one.inside_90 = observed >= one.bands[0] && observed <= one.bands[4];
  one.crps = crps(foretold, observed);
  one.naive = std::abs(observed - before);
  one.place = randomised_place(foretold, observed, u);
  return one;
}

RolledForecast scored(const Forecast& forecast,
                      const std::vector<PastLength>& all,
                      const ForecastOptions& options) {
  const Seconds window = options.window;
  const UtcTime earlier{forecast.from.seconds -
                        static_cast<std::int64_t>(window.value)};
  const WhatCame came = what_came(all, forecast.from, window);
  const WhatCame before = what_came(all, earlier, window);
  const Stream ties{
      StreamKey{.seed = options.seed,
                .entity = static_cast<std::uint64_t>(forecast.from.seconds),
                .purpose = kTies}};
  return {forecast.from,
          score(forecast.count, came.count, before.count, ties.at(0)),
          score(forecast.total, came.total, before.total, ties.at(1)),
          score(forecast.longest, came.longest, before.longest, ties.at(2)),
          forecast.over_four_hours.estimate().value,
          came.longest > kForecastLong};
}

bool enough_before(const std::vector<PastLength>& past, UtcTime from,
                   const ForecastOptions& options) {
  if (past.empty() || from <= past.front().start) return false;
  const auto watched =
      static_cast<double>(from.seconds - past.front().start.seconds);
  if (watched < options.window.value * double{kFewestWindows}) return false;
  std::size_t over = 0;
  for (const PastLength& one : past) {
    const double end = static_cast<double>(one.start.seconds) + one.length;
    over += end <= static_cast<double>(from.seconds) ? 1 : 0;
    if (over >= kFewestPast || one.start >= from) break;
  }
  return over >= kFewestPast;
}

// The first moment of the month after `time`.
UtcTime month_after(UtcTime time) {
  const std::int64_t day = 86400;
  // The first of the month lies within 31 days ahead.
  for (std::int64_t at = time.seconds / day * day + day;; at += day) {
    if (to_text(UtcTime{at}).substr(8, 2) == "01") return {at};
  }
}

}  // namespace

std::vector<PastLength> lengths_of(const IncidentLog& log,
                                   const ForecastOptions& options,
                                   std::optional<std::uint32_t> service) {
  std::vector<PastLength> past;
  for (const LoggedIncident& incident : log.incidents) {
    const bool hit =
        !service || std::ranges::find(incident.services, *service) !=
                        incident.services.end();
    if (!hit || !incident.end()) continue;
    const auto length =
        static_cast<double>(incident.end()->seconds - incident.start().seconds);
    const bool too_long = options.longest && length > options.longest->value;
    if (length > 0 && !too_long) past.push_back({incident.start(), length});
  }
  return past;
}

std::optional<Forecast> forecast_at(const std::vector<PastLength>& past,
                                    UtcTime from,
                                    const ForecastOptions& options) {
  if (!enough_before(past, from, options)) return std::nullopt;
  const std::vector<double> counts = counts_before(past, from, options.window);
  const LengthForecast lengths =
      length_forecast(past, from, options.window, options.longest);
  if (!lengths.known()) return std::nullopt;
  const std::vector<CountModel> models = count_models(counts, options.window);
  Forecast forecast;
  forecast.from = from;
  for (std::uint64_t i = 0; i < options.draws; ++i) {
    Stream stream{
        StreamKey{.seed = options.seed,
                  .replication = i,
                  .entity = static_cast<std::uint64_t>(from.seconds)}};
    draw_once(models, lengths, stream, forecast);
  }
  return forecast;
}

WhatCame what_came(const std::vector<PastLength>& all, UtcTime from,
                   Seconds window) {
  const UtcTime until{from.seconds + static_cast<std::int64_t>(window.value)};
  WhatCame outcome;
  for (const PastLength& one : all) {
    if (one.start < from || one.start >= until) continue;
    outcome.count += 1;
    outcome.total += one.length;
    outcome.longest = std::max(outcome.longest, one.length);
  }
  return outcome;
}

std::vector<RolledForecast> roll(const std::vector<PastLength>& all,
                                 UtcTime since, UtcTime until,
                                 const ForecastOptions& options) {
  std::vector<UtcTime> dates;
  const auto window = static_cast<std::int64_t>(options.window.value);
  std::int64_t free_from = since.seconds;
  for (UtcTime at = month_after(UtcTime{since.seconds - 1});
       at.seconds + window <= until.seconds; at = month_after(at)) {
    if (at.seconds < free_from || !enough_before(all, at, options)) continue;
    dates.push_back(at);
    // A window of 30 days may reach a day into a month of 28 or 29.
    free_from = at.seconds + window - 3 * 86400;
  }
  if (dates.size() > kMostRolled) {
    dates.erase(dates.begin(), dates.end() - std::ptrdiff_t{kMostRolled});
  }
  std::vector<RolledForecast> rolled;
  for (const UtcTime at : dates) {
    const auto forecast = forecast_at(all, at, options);
    if (forecast) rolled.push_back(scored(*forecast, all, options));
  }
  return rolled;
}

}  // namespace outagesim
