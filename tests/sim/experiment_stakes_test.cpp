// What an outage costs whom, of a scenario that can be reckoned by hand.
#include <gtest/gtest.h>

#include "sim/experiment/outcome.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

// Down from hour 1 to hour 7 of 60 days: 6 h of 720 in the first month.
const std::string kShop =
    "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"60 d\"\n"
    "[service.shop]\nkind = \"product\"\n"
    "[service.desk]\nkind = \"product\"\n"
    "[fault.f]\nat = \"1 h\"\nwhere = [\"shop\", \"desk\"]\neffect = "
    "\"down\"\n"
    "[team.night]\nper_hour = \"900 USD\"\n"
    "[response.f]\nteam = \"night\"\ndetect = \"1 h\"\n"
    "[remedy.fix]\nfor = \"f\"\nfirst = \"5 h\"\ndoes = \"repair\"\n";
// A tenth is active: 100 in Europe, 20 developers in Asia.
const std::string kPeople =
    "[population.guests]\nuses = \"shop\"\nusers = 1000\nvisits = \"2.4 per "
    "day\"\nvisit_length = \"60 min\"\nregion = \"Europe\"\nwork = \"50 %\"\n"
    "hour_value = \"2 USD\"\nper_request = \"0.1 USD\"\n"
    "[population.builders]\nuses = \"desk\"\nclass = \"developers\"\nusers = "
    "200\nvisits = \"2.4 per day\"\nvisit_length = \"60 min\"\nregion = "
    "\"Asia\"\npays = \"30 USD\"\nsla = [{ below = \"99.5 %\", credit = \"10 "
    "%\" }, { below = \"99 %\", credit = \"50 %\" }]\n";

double known(const std::string& what) {
  static const Model kModel = model_of(kShop + kPeople);
  Engine engine(kModel);
  const Outcome outcome = outcome_named(kModel, what, "--metric");
  return OutcomeReader(kModel, outcome).read(engine.run(1, 0));
}

TEST(Stakes, AreToldOfClassesAndRegions) {
  EXPECT_NEAR(known("user_minutes_lost"), 120 * 360, 1e-6);
  EXPECT_NEAR(known("Europe:user_minutes_lost"), 100 * 360, 1e-6);
  EXPECT_NEAR(known("developers:user_minutes_lost"), 20 * 360, 1e-6);
  EXPECT_NEAR(known("people:user_minutes_lost"), 100 * 360, 1e-6);
}

TEST(Stakes, AreWorkAndWhatAnHourIsWorth) {
  EXPECT_NEAR(known("work_hours_lost"), 0.5 * 600, 1e-6);
  EXPECT_NEAR(known("value_lost"), 2 * 600, 1e-6);
  EXPECT_NEAR(known("Asia:work_hours_lost"), 0, 1e-6);
}

TEST(Stakes, AreRevenueCreditsAndTheResponse) {
  // 6 h of 2.4 requests a day.
  EXPECT_NEAR(known("revenue_lost"), 0.1 * 1000 * 2.4 / 4, 1e-6);
  // The first month is at 99.17 %, the second at 100 %.
  EXPECT_NEAR(known("sla_credits"), 0.1 * 200 * 30, 1e-6);
  // Noticed after an hour, five hours at it.
  EXPECT_NEAR(known("response_cost"), 5 * 900, 1e-6);
  EXPECT_NEAR(known("cost_total"), 60 + 600 + 4500, 1e-6);
}

TEST(Stakes, AreLessWhereAnAlternativeServes) {
  const std::string turn =
      "patience = \"30 min\"\nalternative = \"the corner shop\"\nturns_to_it = "
      "\"100 %\"\nleaves = \"10 %\"\npays = \"1 USD\"\n";
  const Model model = model_of(
      kShop +
      "[population.guests]\nuses = \"shop\"\nusers = 1000\nvisits = \"2.4 per "
      "day\"\nvisit_length = \"60 min\"\nhour_value = \"2 USD\"\n" +
      turn);
  Engine engine(model);
  const Replication& replication = engine.run(1, 0);
  const auto read = [&](const std::string& what) {
    return OutcomeReader(model, outcome_named(model, what, "--metric"))
        .read(replication);
  };
  // ∫ (1 − e^(−t / 30 min)) over 6 h; back with a mean of 30 min afterwards.
  const double away = 360 - 30 * (1 - std::exp(-12)) + 30 * (1 - std::exp(-12));
  EXPECT_NEAR(read("user_minutes_elsewhere"), 100 * away, 1e-3);
  const double given_up = 0.1 * (1 - std::exp(-12));
  const double left = 0.1 * 1000 * (1 - std::exp(-given_up));
  EXPECT_NEAR(read("users_left"), left, 1e-6);
  EXPECT_NEAR(read("revenue_lost"), left * 12, 1e-5);
}

TEST(Stakes, AreNotToldWhereNothingIsSaid) {
  const Model model =
      model_of(kShop +
               "[population.guests]\nuses = \"shop\"\nusers = 1000\nvisits = "
               "\"2.4 per day\"\n");
  EXPECT_FALSE(applies(*find_metric("users_gave_up"), model));
  EXPECT_FALSE(applies(*find_metric("sla_credits"), model));
  EXPECT_TRUE(applies(*find_metric("visits_failed"), model));
  EXPECT_TRUE(applies(*find_metric("response_cost"), model));
  EXPECT_EQ(subject_count(model, Scope::kClass), 0);
}

}  // namespace
}  // namespace outagesim
