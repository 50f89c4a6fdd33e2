// What is measured of outages and people, where it is easily miscounted.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

constexpr double kMinutes = 60;

std::string frame(const std::string& horizon) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + horizon +
         "\"\n[service.web]\nkind = \"product\"\n";
}

std::string fault(const std::string& name, const std::string& at,
                  const std::string& ends, const std::string& effect) {
  return "[fault." + name + "]\nat = \"" + at +
         "\"\nwhere = \"web\"\neffect = " + effect + "\nends = \"" + ends +
         "\"\n";
}

const std::string kDown = "\"down\"";

TEST(OutageAtTheHorizon, IsCensoredWhileItsEndHasToLast) {
  const auto outage = [](const std::string& horizon) {
    const Model model =
        model_of(frame(horizon) + fault("f", "10 min", "20 min", kDown));
    return Engine(model).run(1, 0).outages.at(0);
  };
  const OutageRecord open = outage("50 min"), over = outage("60 min");
  EXPECT_TRUE(open.censored);
  EXPECT_EQ(open.end, 30 * kMinutes);
  EXPECT_TRUE(std::isnan(open.substantial));
  EXPECT_TRUE(open.full_censored);
  EXPECT_FALSE(over.censored);
  EXPECT_EQ(over.end, 30 * kMinutes);
  EXPECT_EQ(over.substantial, 30 * kMinutes);
  EXPECT_FALSE(over.full_censored);
}

TEST(OutageAtTheHorizon, IsMitigatedOnceThatHasLasted) {
  const auto outage = [](const std::string& horizon) {
    const Model model =
        model_of(frame(horizon) + fault("f", "10 min", "20 min", kDown) +
                 fault("g", "10 min", "10 h", "{ health = \"80 %\" }"));
    return Engine(model).run(1, 0).outages.at(0);
  };
  EXPECT_TRUE(std::isnan(outage("50 min").substantial));
  EXPECT_EQ(outage("60 min").substantial, 30 * kMinutes);
  EXPECT_TRUE(outage("60 min").censored);
  EXPECT_EQ(outage("60 min").end, 60 * kMinutes);
}

const std::string kPeople =
    "[population.all]\nuses = \"web\"\nusers = 1000\nvisits = \"0.1 per "
    "hour\"\nvisit_length = \"1 h\"\nrequests_per_visit = 1\nreports = \"100 "
    "%\"\n";

TEST(PeopleStruck, CountThoseWhoWereActiveAtTheOnset) {
  const Model model =
      model_of(frame("60 d") + kPeople + fault("f", "10 h", "1 s", kDown));
  const PopulationRecord people = Engine(model).run(1, 0).populations[0];
  // A tenth were active; in one second hardly anybody comes.
  EXPECT_NEAR(people.users_affected, 100, 0.1);
  EXPECT_NEAR(people.reports_total, people.users_affected, 1e-3);
  EXPECT_NEAR(people.harm.peak_share, 0.1, 1e-12);
}

TEST(PeopleStruck, AreCountedOnceOverManyDips) {
  std::string dips;
  for (int i = 0; i < 50; ++i) {
    dips += fault("f" + std::to_string(i), std::to_string(10 + 3 * i) + " h",
                  "1 s", kDown);
  }
  const Model model = model_of(frame("60 d") + kPeople + dips);
  const Replication r = Engine(model).run(1, 0);
  const PopulationRecord& people = r.populations[0];
  EXPECT_NEAR(people.users_affected, 1000 * (1 - std::pow(0.9, 50)), 0.5);
  EXPECT_NEAR(people.reports_total, people.users_affected, 1e-3);
  EXPECT_LE(r.users_peak_share, people.users_affected / 1000);
}

TEST(PeopleStruck, FailAtOnceInTheBusiestHour) {
  const std::string profile =
      "[profile.day]\nhours = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, "
      "0, 0, 0, 0, 0, 0, 0, 0, 1]\n";
  const Model model =
      model_of(frame("2 d") + profile + kPeople + "profile = \"day\"\n" +
               fault("f", "2.5 h", "20 h", kDown));
  const Replication r = Engine(model).run(1, 0);
  // All visits fall into two hours: twelve times the mean, all users.
  EXPECT_EQ(r.users_peak_share, 1);
  EXPECT_EQ(r.populations[0].harm.peak_share, 1);
}

}  // namespace
}  // namespace outagesim
