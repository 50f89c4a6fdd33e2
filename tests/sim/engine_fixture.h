// Models from a few lines of scenario, and means over replications of them.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "models/compiled/compile.h"
#include "models/scenario/load.h"
#include "sim/engine/engine.h"
#include "sim/stats/moments.h"
#include "tests/support/source_tree.h"

namespace outagesim {

inline Model model_of(const std::string& toml) {
  static std::atomic<int> count{0};  // models are made by several threads
  const auto path =
      scratch_folder() / ("scenario-" + std::to_string(count++) + ".toml");
  std::ofstream(path) << "format = 1\n" << toml;
  const Scenario scenario = load_scenario(path.string());
  std::filesystem::remove(path);
  return compile(scenario);
}

// The mean of a quantity of one replication, over `n` of them.
template <class Quantity>
Mean mean_over(const Model& model, std::uint64_t n, Quantity quantity) {
  Engine engine(model);
  Mean mean;
  for (std::uint64_t i = 0; i < n; ++i) mean.add(quantity(engine.run(7, i)));
  return mean;
}

inline double standard_error(const Mean& mean) {
  return std::sqrt(mean.variance() / static_cast<double>(mean.n));
}

// Within four standard errors of a known answer, and not trivially so.
inline void expect_near(const Mean& mean, double known) {
  EXPECT_GT(standard_error(mean), 0);
  EXPECT_NEAR(mean.mean(), known, 4 * standard_error(mean));
}

// The served fraction of a product at a moment, of its baseline.
inline double served_at(const Replication& replication, std::uint32_t product,
                        double t) {
  double served = 1;
  for (const ServedStep& step : replication.steps) {
    if (step.product == product && step.t <= t) served = double{step.served};
  }
  return served;
}

}  // namespace outagesim
