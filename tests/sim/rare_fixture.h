// Scenarios of rare outages, and what both samplers say of them.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "models/analysis/scenario_chain.h"
#include "sim/experiment/rare_check.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {

inline std::string lasting(const std::string& horizon) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + horizon +
         "\"\n";
}

inline std::string laws(const std::string& failure, const std::string& repair) {
  return "time_to_failure = \"" + failure + "\", time_to_repair = \"" + repair +
         "\"";
}

// `n` like parts, k of which must serve the product.
inline std::string like_parts(int n, int k, const std::string& fails) {
  std::string text =
      "[service.web]\nkind = \"product\"\nneeds.q = { kind = \"quorum\", "
      "at_least = " +
      std::to_string(k) + ", of = [";
  std::string parts;
  for (int i = 0; i < n; ++i) {
    const std::string name = "p" + std::to_string(i);
    text += (i > 0 ? ", \"" : "\"") + name + "\"";
    parts += "[service." + name + "]\n";
    if (!fails.empty()) parts += "fails = { " + fails + " }\n";
  }
  return text + "] }\n" + parts;
}

// The chain's answer, where it is exact.
inline double exact_rare(const Model& model) {
  const ProductChain chain = product_chain(model, 0);
  EXPECT_TRUE(chain.why_not.empty());
  EXPECT_EQ(chain.fit_error, 0);
  EXPECT_EQ(chain.uncounted_rate, 0);
  return solve_chain(chain, model.horizon).answers.outage_probability;
}

inline void expect_holds(const RareEstimate& estimate, double known,
                         double error = 0) {
  const double own = estimate.relative_error * estimate.probability.value;
  EXPECT_GT(estimate.hits, 0U) << estimate.method;
  EXPECT_NEAR(estimate.probability.value, known, 4 * std::hypot(own, error))
      << estimate.method << " after " << estimate.steps;
}

// Both samplers, to this relative error unless their work ends before: then
// splitting, which may wait for long, says how unsure it is.
inline void expect_both_hold(const Model& model, double known,
                             double relative = 0.05, double error = 0) {
  EXPECT_TRUE(rare_refusals(model).empty());
  RareOptions options;
  options.relative_error = relative;
  options.most_steps = 600'000;
  const RareEstimate biased = rare_by_importance_sampling(model, 0, options);
  EXPECT_LT(biased.relative_error, 2 * relative);
  expect_holds(biased, known, error);
  const RareEstimate split = rare_by_splitting(model, 0, options);
  EXPECT_LT(split.relative_error, 0.5);
  expect_holds(split, known, error);
}

// What the engine sees, where it is not rare.
inline void expect_as_simulated(const std::string& text,
                                std::uint64_t n = 10'000) {
  const Model model = model_of(text);
  const Mean plain = mean_over(model, n, [](const Replication& replication) {
    return replication.outages.empty() ? 0.0 : 1.0;
  });
  EXPECT_GT(plain.mean(), 0.01);
  EXPECT_LT(plain.mean(), 0.9);
  expect_both_hold(model, plain.mean(), 0.03, standard_error(plain));
}

}  // namespace outagesim
