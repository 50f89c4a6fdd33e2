// A forecast from a history of incidents, and how earlier ones fared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/experiment/forecast.h"
#include "viz/table.h"

namespace outagesim {

// The forecasts of one service alone, rolled over its own history.
struct ServiceForecasts {
  std::string name;
  std::vector<RolledForecast> rolled;
};

struct ForecastStory {
  const IncidentLog& log;
  const ForecastOptions& options;
  std::size_t past = 0;  // incidents with a length, in all
  const Forecast& forecast;
  std::optional<WhatCame> came;  // if the file tells
  const std::vector<RolledForecast>& rolled;
  std::string file;
  std::vector<ServiceForecasts> services;  // if there are several
};

std::string forecast_report(const ForecastStory& story, const TextStyle& style);

// A row for each quantity of each forecast, the asked one without what came.
std::string forecast_csv(const ForecastStory& story);

}  // namespace outagesim
