// Prices in a comparison: what has none is not free, and keeps nothing off the
// frontier.
#include "viz/comparison_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/stats/estimate.h"
#include "tests/sim/engine_fixture.h"
#include "viz/report_data.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;

// Out for so many minutes, with a person who always looks.
Model shop_out_for(const std::string& minutes) {
  return model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"24 h\"\n"
      "[service.shop]\nkind = \"product\"\n[fault.f]\nat = \"0 min\"\nwhere = "
      "\"shop\"\neffect = \"down\"\nends = \"" +
      minutes +
      " min\"\n[population.all]\nuses = \"shop\"\nusers = 6000\nvisits = \"24 "
      "per day\"\nvisit_length = \"10 min\"\nrequests_per_visit = 1\n");
}

const Money kUnknown{kUndefined};

// The best has no price, the next costs nothing, then one that costs 100 USD a
// year and is worse.
struct Prices {
  Model as_it_is = shop_out_for("60"), best = shop_out_for("10"),
        free = shop_out_for("20"), worse = shop_out_for("30");
  std::vector<Candidate> candidates{{"(baseline)", &as_it_is},
                                    {"unknown", &best, kUnknown, kUnknown},
                                    {"free", &free},
                                    {"worse", &worse, Money{0}, Money{100}}};
  Comparison comparison =
      run_comparison(candidates, {.replications = 10, .threads = 1}).comparison;
  ComparisonStory story{comparison, {}};
};

TEST(Price, ThatIsNotKnownIsNoPrice) {
  const Prices prices;
  EXPECT_TRUE(std::isnan(price_per_year(prices.candidates[1], {}).value));
  EXPECT_TRUE(std::isnan(price_of_hour(prices.comparison, 1, {})));
  EXPECT_EQ(price_of_hour(prices.comparison, 2, {}), 0);
  // Half an hour of a thousand people who look.
  EXPECT_NEAR(price_of_hour(prices.comparison, 3, {}), 100 / 500.0, 1e-9);
}

TEST(Price, ThatIsNotKnownHasNoPlaceOnTheFrontier) {
  const Prices prices;
  EXPECT_EQ(on_frontier(prices.comparison, {}),
            (std::vector<bool>{false, false, true, false}));
}

TEST(Price, OfWhatIsRecommendedIsKnownIfAnyOfWhatHelpsIs) {
  const Prices prices;
  EXPECT_EQ(recommended_strategy(prices.story), 2U);
  const Comparison unknown =
      run_comparison({prices.candidates[0], prices.candidates[1]},
                     {.replications = 10, .threads = 1})
          .comparison;
  EXPECT_EQ(recommended_strategy({unknown, {}}), 1U);
}

TEST(Price, ThatIsNotKnownIsADash) {
  const Prices prices;
  const std::string text = comparison_report(prices.story, {});
  EXPECT_THAT(text, HasSubstr("       –            –\n"));
  EXPECT_THAT(text, HasSubstr("100 USD      0.2 USD\n"));
  EXPECT_THAT(text, HasSubstr("  100 USD  worse                   30000  "
                              "████████████████\n"
                              "        –  unknown"));
  EXPECT_THAT(text, HasSubstr("–: no price is given"));
}

TEST(Price, ThatIsNotKnownIsEmptyInCsvAndNullInJson) {
  const Prices prices;
  const std::string csv = comparison_csv(prices.story);
  EXPECT_THAT(csv, HasSubstr("\nunknown,all,user_minutes_lost,user_min,10000,"
                             "-50000,-50000,-50000,-0.8333333333333334,1,,"
                             ",,0,0\n"));
  const auto json =
      nlohmann::json::parse(comparison_json(prices.story, RunInfo{}));
  EXPECT_TRUE(json["strategies"][1]["price_per_year_usd"].is_null());
  EXPECT_TRUE(json["strategies"][1]["price_per_user_hour_saved_usd"].is_null());
  EXPECT_EQ(json["strategies"][1]["on_frontier"], false);
  EXPECT_EQ(json["strategies"][2]["price_per_year_usd"], 0);
}

}  // namespace
}  // namespace outagesim
