// Overlapping failures of one process: known answers of the renewal equation.
#include "models/analysis/renewal_losses.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "models/scenario/load.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

Distribution law(Law of) { return Distribution(of); }

// Failures at a rate: how many are under way is Poisson, so that the mean of
// the product is exp(-rate × mean length × loss) [Takacs62].
TEST(RenewalLoss, OfFailuresAtARateIsThatOfAPoissonNumber) {
  const RenewalLoss process{law(Exponential{36'000}), law(Exponential{3'600}),
                            0.3};
  const double exact = std::exp(-0.1 * 0.3);
  EXPECT_NEAR(left_at(process, Seconds{1e6}, 2400), exact, 1e-6);
  EXPECT_NEAR(left_at(process, Seconds{0}, 2400), exact, 1e-6);
  EXPECT_NEAR(left_at(process, Seconds{4'000}, 2400), exact, 1e-6);
}

// Gaps of exactly an hour, each failure lasting half of one: under way for half
// of the time, never two at once.
TEST(RenewalLoss, OfRegularFailuresIsTheShareOfTheTimeTheyTake) {
  const RenewalLoss process{law(Uniform{3'599, 3'601}),
                            law(Uniform{1'799, 1'801}), 0.4};
  EXPECT_NEAR(left_at(process, Seconds{1e5}, 900), 1 - 0.4 / 2, 2e-3);
}

// Bursts overlap more than failures at a rate: less is lost twice over, so more
// is left; without overlap it would be 1 - loss × share.
TEST(RenewalLoss, OfBurstsLiesAboveThatOfAPoissonNumber) {
  const double mean_gap = 36'000;
  const RenewalLoss bursts{
      law(Weibull{0.6, mean_gap / std::tgamma(1 + 1 / 0.6)}),
      law(Exponential{3'600}), 0.5};
  const double left = left_at(bursts, Seconds{1e6}, 800);
  EXPECT_GT(left, std::exp(-0.1 * 0.5) + 1e-4);
  EXPECT_LT(left, 1 - 0.5 * (1 - std::exp(-0.1)) + 0.02);
}

Model year_with(std::vector<std::string> set) {
  const auto path = source_tree() / "scenarios" / "openai-year.toml";
  return compile(load_scenario(path.string(), {.set = std::move(set)}));
}

TEST(RenewalProducts, SolveAYearOfDrawnSeverities) {
  const auto products = renewal_products(year_with({}));
  ASSERT_EQ(products.size(), 2U);
  for (const RenewalProduct& product : products) {
    EXPECT_EQ(product.why_not, "");
    EXPECT_LT(product.error, 1e-5);
  }
  // What the scenario's author fitted by hand: 99.82 % and 99.66 %.
  EXPECT_NEAR(products[0].availability, 0.9982, 2e-4);
  EXPECT_NEAR(products[1].availability, 0.9966, 2e-4);
  EXPECT_NEAR(*products[0].incidents, 66, 0.7);
  EXPECT_NEAR(*products[1].incidents, 87, 0.9);
}

// Three hours of it: none under way at first, and none begins. Rates follow
// the hour.
TEST(RenewalProducts, KnowHowSurelyNoOutageComes) {
  const auto exponential = [](const std::string& key, double hours) {
    return key + "=exponential(mean " + std::to_string(hours) + " h)";
  };
  const Model model =
      year_with({"scenario.horizon=3 h",
                 exponential("service.api.fails.time_to_failure", 200),
                 exponential("service.api.fails.time_to_repair", 2),
                 exponential("common_cause.platform.time_between", 300),
                 exponential("common_cause.platform.time_to_repair", 3)});
  const RenewalProduct product = renewal_products(model)[0];
  ASSERT_TRUE(product.outage_probability);
  const double found = 2.0 / 200 + 3.0 / 300;
  const auto on_clock = [&](std::uint32_t clock) {
    return operational_time(model.plan.clocks[clock], Seconds{3 * 3600.0})
               .value /
           3600;
  };
  const double come = on_clock(model.plan.processes[0].clock) / 200 +
                      on_clock(model.plan.common_causes[0].clock) / 300;
  EXPECT_NEAR(*product.outage_probability, -std::expm1(-found - come), 1e-8);
}

TEST(RenewalProducts, SayWhyNotWhereHealthIsNotTakenInProportion) {
  const auto products =
      renewal_products(year_with({"service.api.head_room=20 %"}));
  EXPECT_EQ(products[0].why_not, "api has head-room");
  EXPECT_EQ(products[1].why_not, "");
}

}  // namespace
}  // namespace outagesim
