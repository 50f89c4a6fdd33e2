// Overlapping failures of one process: known answers of the renewal equation.
#include "models/analysis/renewal_losses.h"

#include <gtest/gtest.h>

#include <cmath>

#include "models/scenario/load.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

// Failures at a rate: how many are under way is Poisson, so that the mean of
// the product is exp(-rate × mean length × loss) [Takacs62].
TEST(RenewalLoss, OfFailuresAtARateIsThatOfAPoissonNumber) {
  const RenewalLoss process{Exponential{36'000}, Exponential{3'600}, 0.3};
  const double exact = std::exp(-0.1 * 0.3);
  EXPECT_NEAR(left_at(process, Seconds{1e6}, 600), exact, 2e-6);
  EXPECT_NEAR(left_at(process, Seconds{0}, 600), exact, 2e-6);
  EXPECT_NEAR(left_at(process, Seconds{4'000}, 600), exact, 2e-6);
}

// Gaps of exactly an hour, each failure lasting half of one: under way for half
// of the time, never two at once.
TEST(RenewalLoss, OfRegularFailuresIsTheShareOfTheTimeTheyTake) {
  const RenewalLoss process{Uniform{3'599, 3'601}, Uniform{1'799, 1'801}, 0.4};
  EXPECT_NEAR(left_at(process, Seconds{1e5}, 900), 1 - 0.4 / 2, 2e-3);
}

// Bursts overlap more than failures at a rate: less is lost twice over, so more
// is left; without overlap it would be 1 - loss × share.
TEST(RenewalLoss, OfBurstsLiesAboveThatOfAPoissonNumber) {
  const double mean_gap = 36'000;
  const RenewalLoss bursts{Weibull{0.6, mean_gap / std::tgamma(1 + 1 / 0.6)},
                           Exponential{3'600}, 0.5};
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

TEST(RenewalProducts, SayWhyNotWhereHealthIsNotTakenInProportion) {
  const auto products =
      renewal_products(year_with({"service.api.head_room=20 %"}));
  EXPECT_EQ(products[0].why_not, "api has head-room");
  EXPECT_EQ(products[1].why_not, "");
}

}  // namespace
}  // namespace outagesim
