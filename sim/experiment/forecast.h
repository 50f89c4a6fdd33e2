// What a history of incidents says of the days to come: how many incidents, how
// many hours, the longest, and the chance of one over four hours. Nothing but
// the history is used, so the same forecast made at each earlier month can be
// held against what came.
//
// Counts of equal stretches are foretold by sim/experiment/count_forecast.h,
// lengths by sim/experiment/length_forecast.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/import/incident_log.h"
#include "sim/experiment/lengths.h"
#include "sim/stats/proportion.h"
#include "sim/stats/quantiles.h"

namespace outagesim {

struct ForecastOptions {
  Seconds window{30 * 86400};
  std::optional<Seconds> longest;  // longer ones are taken for left open
  std::uint64_t draws = 4000;
  std::uint64_t seed = 1;
};

// Those with a length above 0, and not above `longest`; by start. Of one
// service, if one is named by its number.
std::vector<PastLength> lengths_of(
    const IncidentLog& log, const ForecastOptions& options,
    std::optional<std::uint32_t> service = std::nullopt);

inline constexpr double kForecastLong = 4 * 3600;  // s

struct Forecast {
  UtcTime from;
  Quantiles count;
  Quantiles total;    // s
  Quantiles longest;  // s; 0 without incidents
  Proportion over_four_hours;
};

// A forecast needs so many past incidents with a length.
inline constexpr std::size_t kFewestPast = 10;
// ... and so many windows of history.
inline constexpr std::size_t kFewestWindows = 3;

// From what had ended by `from`; nothing if that is too little.
std::optional<Forecast> forecast_at(const std::vector<PastLength>& past,
                                    UtcTime from,
                                    const ForecastOptions& options);

// What came.
struct WhatCame {
  double count = 0;
  double total = 0;    // s
  double longest = 0;  // s
};
WhatCame what_came(const std::vector<PastLength>& all, UtcTime from,
                   Seconds window);

// One quantity of one forecast against what came.
struct ForecastScore {
  double observed = 0;
  std::array<double, 5> bands{};  // 5, 25, 50, 75, 95 %
  bool inside_50 = false;
  bool inside_90 = false;
  double crps = 0;
  double naive = 0;  // |what came - what came in the window before|
  // Of what came in the forecast, in (0, 1): P(less) + U P(equal), with U from
  // the seed and the date (randomised PIT [Czado09]).
  double place = 0;
};

struct RolledForecast {
  UtcTime from;
  ForecastScore count, total, longest;
  double chance = 0;  // foretold, of one over four hours
  bool came = false;
};

// Of more, the latest are made: twenty years of months.
inline constexpr std::size_t kMostRolled = 240;

// The same forecast at the first of each month (UTC) for which the history is
// long enough and the window is over by `until`. Windows overlap by at most
// three days.
std::vector<RolledForecast> roll(const std::vector<PastLength>& all,
                                 UtcTime since, UtcTime until,
                                 const ForecastOptions& options);

}  // namespace outagesim
