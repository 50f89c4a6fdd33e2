// The answer to a static question, for people and for programs.
#pragma once

#include <cstdint>
#include <string>

#include "sim/experiment/static_series.h"

namespace outagesim {

struct StaticStory {
  const Model& model;
  const StaticAnswer& answer;
  std::uint64_t seed = 0;
  Seconds wall_time{0};
};

std::string static_report(const StaticStory& story);
std::string static_json(const StaticStory& story);

}  // namespace outagesim
