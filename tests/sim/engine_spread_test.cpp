// Caches, switch-over, circles, cells, waves and restarts in time.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

constexpr double kMinutes = 60;

std::string frame(const std::string& more = "") {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"10 "
         "h\"\noutage_ends_after = \"0 s\"\n" +
         more;
}

std::string down(const std::string& where, const std::string& minutes,
                 const std::string& at = "0") {
  return "[fault.f]\nat = \"" + at + " min\"\nwhere = \"" + where +
         "\"\neffect = \"down\"\nends = \"" + minutes + " min\"\n";
}

Replication once(const std::string& toml) {
  const Model model = model_of(toml);
  Engine engine(model);
  return engine.run(1, 0);
}

TEST(Fault, StrikesACellOnceHoweverOftenItIsNamed) {
  for (const char* where : {"\"db\", \"db\"", "\"db\", \"db.1\"",
                            "{ service = \"db\", cells = 2 }, \"db\"",
                            "\"db\", { service = \"db\", cells = 2 }"}) {
    const Replication r =
        once(frame("[service.shop]\nkind = \"product\"\nneeds.db = \"hard\"\n"
                   "[service.db]\ncells = { number = 4 }\n[fault.f]\nat = \"1 "
                   "h\"\nends = \"1 "
                   "h\"\neffect = { health = \"50 %\" }\nwhere = [") +
             where + "]\n");
    EXPECT_EQ(served_at(r, 0, 90 * kMinutes), 0.5) << where;
  }
}

TEST(CachedNeed, RunsOutAsItsGraceSays) {
  const Replication r =
      once(frame("[service.web]\nkind = \"product\"\nneeds.dns = { kind = "
                 "\"cached\", grace = \"exponential(mean 10 min)\" }\n"
                 "[service.dns]\n") +
           down("dns", "300"));
  for (const double t : {2.0, 10.0, 25.0}) {
    // Cut into 64 steps of equal quantile: off by half a step at most.
    EXPECT_NEAR(served_at(r, 0, t * kMinutes), std::exp(-t / 10), 0.5 / 64);
  }
  EXPECT_EQ(served_at(r, 0, 301 * kMinutes), 1);
}

TEST(CachedNeed, LosesInTotalWhatTheCurveSays) {
  // Uniform over 20 min, down for 300: ∫ F = 300 - 10 min. Steps at the middle
  // of their quantiles make the integral of a straight line exact.
  const Replication r =
      once(frame("[service.web]\nkind = \"product\"\nneeds.dns = { kind = "
                 "\"cached\", life = \"20 min\" }\n[service.dns]\n") +
           down("dns", "300"));
  EXPECT_NEAR(600 * kMinutes - r.products[0].served_time, 290 * kMinutes, 1e-3);
}

TEST(CachedNeed, RecoversAsItRefills) {
  const Replication r =
      once(frame("[service.web]\nkind = \"product\"\nneeds.dns = { kind = "
                 "\"cached\", life = \"20 min\", refill = \"uniform(0 min, 40 "
                 "min)\" }\n[service.dns]\n") +
           down("dns", "60"));
  EXPECT_NEAR(served_at(r, 0, 59 * kMinutes), 0, 1e-9);
  EXPECT_NEAR(served_at(r, 0, 80 * kMinutes), 0.5, 0.5 / 64);
  EXPECT_EQ(served_at(r, 0, 101 * kMinutes), 1);
}

TEST(BalancedCells, ServeWhatTheirHeadRoomAllows) {
  const std::string cells =
      "[service.web]\nkind = \"product\"\ncells = { number = 10 }\n"
      "head_room = \"20 %\"\nrouting = \"balanced\"\n";
  const std::string fault =
      "[fault.f]\nat = \"0 min\"\nwhere = { service = \"web\", cells = ";
  const std::string rest = " }\neffect = \"down\"\nends = \"60 min\"\n";
  EXPECT_EQ(served_at(once(frame(cells) + fault + "1" + rest), 0, 60), 1);
  EXPECT_NEAR(served_at(once(frame(cells) + fault + "3" + rest), 0, 60),
              0.7 * 1.2, 1e-6);
  EXPECT_NEAR(served_at(once(frame(cells) + fault + "\"60 %\"" + rest), 0, 60),
              0.4 * 1.2, 1e-6);
}

TEST(Circle, CountsEachFactorOnceAndRecovers) {
  const std::string ring =
      "[service.a]\nkind = \"product\"\nneeds = [\"b\"]\n[service.b]\nneeds = "
      "[\"c\"]\n[service.c]\nneeds = [\"a\"]\n";
  const Replication r = once(
      frame(ring) +
      "[fault.f]\nat = \"10 min\"\nwhere = \"b\"\neffect = { health = \"80 %\" "
      "}\nends = \"60 min\"\n"
      "[fault.g]\nat = \"20 min\"\nwhere = \"c\"\neffect = { health = \"50 %\" "
      "}\nends = \"10 min\"\n"
      "[fault.h]\nat = \"40 min\"\nwhere = \"a\"\neffect = \"down\"\nends = "
      "\"10 min\"\n");
  EXPECT_EQ(served_at(r, 0, 5 * kMinutes), 1);
  EXPECT_NEAR(served_at(r, 0, 15 * kMinutes), 0.8, 1e-6);
  EXPECT_NEAR(served_at(r, 0, 25 * kMinutes), 0.4, 1e-6);
  EXPECT_NEAR(served_at(r, 0, 35 * kMinutes), 0.8, 1e-6);
  EXPECT_EQ(served_at(r, 0, 45 * kMinutes), 0);
  EXPECT_NEAR(served_at(r, 0, 55 * kMinutes), 0.8, 1e-6);
  EXPECT_EQ(served_at(r, 0, 75 * kMinutes), 1);
}

TEST(SwitchOver, TakesDetectionAndSwitchTimeAndStays) {
  const Replication r = once(
      frame("[service.web]\nkind = \"product\"\nneeds.db = { kind = \"any\", "
            "of = [\"east\", \"west\"], detection = \"3 min\", switch_time = "
            "\"2 min\" }\n[service.east]\n[service.west]\n") +
      down("east", "60", "10"));
  EXPECT_EQ(served_at(r, 0, 14.9 * kMinutes), 0);
  EXPECT_EQ(served_at(r, 0, 15.1 * kMinutes), 1);
  ASSERT_EQ(r.outages.size(), 1U);
  EXPECT_NEAR(r.outages[0].end - r.outages[0].onset, 5 * kMinutes, 1e-9);
}

TEST(SwitchOver, WorksWithItsCoverage) {
  const Model model = model_of(
      frame("[service.web]\nkind = \"product\"\nneeds.db = { kind = \"any\", "
            "of = [\"east\", \"west\"], coverage = \"70 %\" "
            "}\n[service.east]\n[service.west]\n") +
      down("east", "60", "10"));
  const Mean served = mean_over(model, 5000, [](const Replication& r) {
    return served_at(r, 0, 30 * kMinutes);
  });
  expect_near(served, 0.7);
}

TEST(SwitchOver, KeepsItsLuckWhenItIsSlower) {
  const auto text = [](const std::string& more) {
    return frame(
               "[service.web]\nkind = \"product\"\nneeds.db = { kind = "
               "\"any\", of = [\"east\", \"west\"], coverage = \"60 %\"" +
               more + " }\n[service.east]\n[service.west]\n") +
           down("east", "60", "10");
  };
  const Model fast = model_of(text(""));
  const Model slow = model_of(text(", detection = \"1 min\""));
  Engine a(fast), b(slow);
  for (std::uint64_t i = 0; i < 200; ++i) {
    EXPECT_EQ(served_at(a.run(1, i), 0, 30 * kMinutes),
              served_at(b.run(1, i), 0, 30 * kMinutes));
  }
}

TEST(Restart, KeepsItsDrawWhenAnEarlierFailureIsAverted) {
  const std::string web = frame(
      "[service.web]\nkind = \"product\"\nrestart = { takes = "
      "\"exponential(mean 10 min)\" }\n");
  const std::string early =
      "[fault.e]\nat = \"0 min\"\nwhere = \"web\"\neffect = \"down\"\nends = "
      "\"5 min\"\n";
  const Model both = model_of(web + early + down("web", "10", "300"));
  const Model late = model_of(web + down("web", "10", "300"));
  Engine a(both), b(late);
  for (std::uint64_t i = 0; i < 50; ++i) {
    const double end = a.run(1, i).outages.back().end;
    EXPECT_EQ(b.run(1, i).outages.back().end, end);
  }
}

TEST(AutomaticSwitch, AtOnceIsNoOutage) {
  const Replication r = once(
      frame("[service.web]\nkind = \"product\"\nneeds.db = { kind = \"any\", "
            "of = [\"east\", \"west\"] }\n[service.east]\n[service.west]\n") +
      down("east", "60", "10"));
  EXPECT_TRUE(r.outages.empty());
  EXPECT_TRUE(r.steps.empty());
}

TEST(ColdStart, WaitsForWhatItNeedsToStart) {
  const Replication r =
      once(frame("[service.web]\nkind = \"product\"\nneeds.registry = "
                 "\"to_start\"\nrestart = { takes = \"5 min\" "
                 "}\n[service.registry]\n") +
           down("web", "10") +
           "[fault.g]\nat = \"1 min\"\nwhere = \"registry\"\neffect = "
           "\"down\"\nends = \"30 min\"\n");
  // web's fault ends at 10, the registry is back at 31, then 5 min of start.
  EXPECT_NEAR(r.outages.at(0).end, 36 * kMinutes, 1e-6);
}

TEST(StartupLimit, LetsCellsBackInTurn) {
  const Replication r = once(
      frame("[startup_limit.slots]\nat_once = 2\n[service.web]\nkind = "
            "\"product\"\ncells = { number = 6 }\nrestart = { takes = \"10 "
            "min\", limit = \"slots\" }\n") +
      down("web", "30"));
  EXPECT_EQ(served_at(r, 0, 39 * kMinutes), 0);
  EXPECT_NEAR(served_at(r, 0, 41 * kMinutes), 2.0 / 6, 1e-6);
  EXPECT_NEAR(served_at(r, 0, 51 * kMinutes), 4.0 / 6, 1e-6);
  EXPECT_NEAR(served_at(r, 0, 61 * kMinutes), 1, 1e-6);
}

TEST(AsyncNeed, DegradesUntilTheBacklogIsDrained) {
  // 60 min of work wait; drained at three times the rate of arrival, the queue
  // shrinks by 2 a minute: 30 more minutes.
  const Replication r = once(
      frame("[service.web]\nkind = \"product\"\nneeds.billing = { kind = "
            "\"async\", share = \"10 %\", drain = 3 }\n[service.billing]\n") +
      down("billing", "60"));
  EXPECT_TRUE(r.outages.empty());
  EXPECT_NEAR(r.products[0].degraded_time, 0.1 * 90 * kMinutes, 1e-6);
}

TEST(Condition, HoldsForItsTimeBeforeItCauses) {
  const std::string text =
      frame("[service.web]\nkind = \"product\"\n[service.db]\n") +
      "[fault.g]\nwhen = \"db < 50 % for 30 min\"\nwhere = \"web\"\neffect = "
      "\"down\"\nends = \"5 min\"\n";
  EXPECT_TRUE(once(text + down("db", "29")).outages.empty());
  const Replication r = once(text + down("db", "31"));
  ASSERT_EQ(r.outages.size(), 1U);
  EXPECT_NEAR(r.outages[0].onset, 30 * kMinutes, 1e-9);
}

TEST(Waves, StopAtAFailedHealthCheckAndRollBack) {
  const std::string text =
      frame("[service.web]\nkind = \"product\"\ncells = { number = 10 }\n") +
      "[change.c]\nat = \"0 min\"\nwhere = \"web\"\neffect = \"down\"\nwaves = "
      "[{ cells = [\"1\"], bake = \"10 min\" }, { cells = \"all\", over = \"9 "
      "min\" }]\n";
  const Replication free = once(text + "ends = \"60 min\"\n");
  EXPECT_NEAR(served_at(free, 0, 5 * kMinutes), 0.9, 1e-6);
  EXPECT_NEAR(served_at(free, 0, 20 * kMinutes), 0, 1e-6);
  const Replication checked =
      once(text +
           "check = { services = [\"web\"], rollback = \"5 min\" }\nends = "
           "\"600 min\"\n");
  EXPECT_NEAR(served_at(checked, 0, 14 * kMinutes), 0.9, 1e-6);
  EXPECT_NEAR(served_at(checked, 0, 16 * kMinutes), 1, 1e-6);
}

TEST(GradualFault, GrowsInALine) {
  const Replication r = once(
      frame("[service.web]\nkind = \"product\"\n") +
      "[fault.f]\nat = \"0 min\"\nwhere = \"web\"\neffect = \"down\"\nends = "
      "\"60 min\"\nvisible = { gradual = \"40 min\" }\n");
  EXPECT_NEAR(served_at(r, 0, 10 * kMinutes), 0.75, 0.5 / 64);
  EXPECT_NEAR(served_at(r, 0, 41 * kMinutes), 0, 1e-9);
  EXPECT_EQ(served_at(r, 0, 61 * kMinutes), 1);
}

TEST(IntermittentFault, IsThereItsShareOfTheTime) {
  const Model model = model_of(
      frame("[service.web]\nkind = \"product\"\n") +
      "[fault.f]\nat = \"0 min\"\nwhere = \"web\"\neffect = \"down\"\nends = "
      "\"600 min\"\nvisible = { every = \"10 min\", lasting = \"4 min\", "
      "probability = \"50 %\" }\n");
  const Mean served = mean_over(model, 2000, [](const Replication& r) {
    return r.products[0].served_time / (600 * kMinutes);
  });
  expect_near(served, 1 - 0.5 * 0.4);
}

}  // namespace
}  // namespace outagesim
