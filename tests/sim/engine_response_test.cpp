// Detection, diagnosis and remedies, against closed forms.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

constexpr double kMinutes = 60;

std::string frame(const std::string& h = "200 h") {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"" + h +
         "\"\noutage_ends_after = \"0 s\"\nparallel_correlation = 0.0\n"
         "[service.web]\nkind = \"product\"\nneeds = [\"db\"]\n";
}

const std::string kFault =
    "[fault.f]\nat = \"0 min\"\nwhere = \"db\"\neffect = \"down\"\n";

double length(const Replication& r) {
  return (r.outages.at(0).end - r.outages.at(0).onset) / kMinutes;
}

TEST(ResponseChain, TakesTheSumOfItsStages) {
  const Model model = model_of(
      frame() + "[service.db]\n" + kFault +
      "[response.f]\ndetect = \"exponential(mean 10 min)\"\nengage = "
      "\"exponential(mean 5 min)\"\ndiagnose = \"exponential(mean 30 min)\"\n"
      "[remedy.fix]\nfor = \"f\"\nfirst = \"exponential(mean 60 min)\"\ndoes = "
      "\"repair\"\n");
  const Mean mean = mean_over(model, 20000, length);
  expect_near(mean, 105);
  // The variance of the sum is the sum of variances: stages are independent.
  const double known = 10 * 10 + 5 * 5 + 30 * 30 + 60 * 60;
  EXPECT_NEAR(mean.variance(), known, 0.08 * known);
}

TEST(ParallelRemedies, RaceToTheMinimum) {
  const Model model = model_of(
      frame() + "[service.db]\n" + kFault +
      "[response.f]\n"
      "[remedy.a]\nfor = \"f\"\nfirst = \"exponential(mean 60 min)\"\ndoes = "
      "\"repair\"\n"
      "[remedy.b]\nfor = \"f\"\nfirst = \"exponential(mean 30 min)\"\ndoes = "
      "\"repair\"\n");
  // Rates add: 1/60 + 1/30 = 1/20.
  expect_near(mean_over(model, 20000, length), 20);
}

TEST(ParallelRemedies, TakeTurnsWhereTheTeamHasOneResponder) {
  const Model model = model_of(
      frame() + "[service.db]\n" + kFault +
      "[team.t]\nresponders = 1\n[response.f]\nteam = \"t\"\n"
      "[remedy.a]\nfor = \"f\"\nfirst = \"exponential(mean 60 min)\"\ndoes = "
      "\"repair\"\n"
      "[remedy.b]\nfor = \"f\"\nfirst = \"exponential(mean 30 min)\"\ndoes = "
      "\"repair\"\n");
  // Nobody is left for b, and a repairs everything.
  expect_near(mean_over(model, 20000, length), 60);
}

TEST(Remedies, FollowOneAnotherWhereTheySaySo) {
  const Model model = model_of(
      frame() + "[service.db]\n" + kFault +
      "[response.f]\n"
      "[remedy.a]\nfor = \"f\"\nfirst = \"exponential(mean 60 min)\"\ndoes = "
      "\"repair\"\nworks = \"0 %\"\n"
      "[remedy.b]\nfor = \"f\"\nafter = \"a\"\nfirst = \"exponential(mean 30 "
      "min)\"\ndoes = \"repair\"\n");
  expect_near(mean_over(model, 20000, length), 90);
}

TEST(SharedCampaign, SpreadsCellsEvenlyFromFirstToLast) {
  const Model model = model_of(
      frame() + "[service.db]\ncells = { number = 5 }\n" + kFault +
      "[response.f]\n[remedy.fix]\nfor = \"f\"\nfirst = \"30 min\"\nrest = "
      "\"40 min\"\ndoes = \"repair\"\n");
  Engine engine(model);
  const Replication& r = engine.run(1, 0);
  // One fifth back at 30, 40, 50, 60 and 70 minutes.
  for (int i = 0; i < 5; ++i) {
    EXPECT_NEAR(served_at(r, 0, (29.9 + 10 * i) * kMinutes), 0.2 * i, 1e-6);
    EXPECT_NEAR(served_at(r, 0, (30.1 + 10 * i) * kMinutes), 0.2 * (i + 1),
                1e-6);
  }
  EXPECT_NEAR(length(r), 70, 1e-9);
  EXPECT_NEAR(r.outages[0].substantial, 50 * kMinutes, 1e-9);
}

TEST(LockOut, WaitsUntilTheLockIsOpen) {
  const Model model = model_of(
      frame() + "[service.db]\n[service.vpn]\n" + kFault +
      "[fault.lock]\nat = \"0 min\"\nwhere = \"vpn\"\neffect = \"down\"\nends "
      "= \"exponential(mean 50 min)\"\n"
      "[response.f]\n[remedy.fix]\nfor = \"f\"\nneeds = \"vpn\"\nfirst = "
      "\"exponential(mean 20 min)\"\ndoes = \"repair\"\n");
  expect_near(mean_over(model, 20000, length), 70);
}

TEST(LockOut, OpensEarlierByBreakGlass) {
  const Model model = model_of(
      frame() + "[service.db]\n[service.vpn]\n" + kFault +
      "[fault.lock]\nat = \"0 min\"\nwhere = \"vpn\"\neffect = \"down\"\nends "
      "= \"exponential(mean 50 min)\"\n"
      "[response.f]\n[remedy.fix]\nfor = \"f\"\nneeds = \"vpn\"\nbreak_glass = "
      "\"exponential(mean 50 min)\"\nfirst = \"20 min\"\ndoes = \"repair\"\n");
  expect_near(mean_over(model, 20000, length), 25 + 20);
}

TEST(Diagnosis, CostsMoreWhenItIsWrong) {
  const Model model = model_of(
      frame() + "[service.db]\n" + kFault +
      "[response.f]\ndiagnose = { time = \"10 min\", wrong = \"25 %\", "
      "wrong_costs = \"exponential(mean 40 min)\" }\n"
      "[remedy.fix]\nfor = \"f\"\nfirst = \"0 min\"\ndoes = \"repair\"\n");
  expect_near(mean_over(model, 20000, length), 10 + 0.25 * 40);
}

TEST(Detection, IsARaceOfSignals) {
  const Model model = model_of(
      frame() + "[service.db]\n" + kFault +
      "[response.f]\n[response.f.detect]\nmonitor = \"exponential(mean 30 "
      "min)\"\nalerts = \"exponential(mean 60 min)\"\n"
      "[remedy.fix]\nfor = \"f\"\nfirst = \"0 min\"\ndoes = \"repair\"\n");
  expect_near(mean_over(model, 20000, length), 20);
}

TEST(Detection, HearsTheCrowd) {
  const auto text = [](const std::string& reports) {
    return frame() + "[service.db]\n" + kFault +
           "[population.people]\nuses = \"web\"\nusers = 1000000\nvisits = "
           "\"10 per day\"\nreports = \"1 %\"\n"
           "[response.f]\ndetect = { crowd = { reports = " +
           reports +
           " } }\n[remedy.fix]\nfor = \"f\"\nfirst = \"0 min\"\ndoes = "
           "\"repair\"\n";
  };
  // Those who are active, 7 % of all, report at once, 770 in the first quarter
  // of an hour; after that new visits of the others bring ever more, up to
  // 93 % × 1e6 × 10 / 86400 s × 900 s × 1 % = 970 a quarter of an hour.
  const Model at_once = model_of(text("100"));
  const Model few = model_of(text("800")), many = model_of(text("850"));
  const Model never = model_of(text("100000"));
  EXPECT_EQ(length(Engine(at_once).run(1, 0)), 0);
  const double soon = length(Engine(few).run(1, 0));
  const double late = length(Engine(many).run(1, 0));
  EXPECT_GT(soon, 0);
  EXPECT_GT(late, soon);
  EXPECT_LT(late, 300);
  EXPECT_TRUE(Engine(never).run(1, 0).outages.at(0).censored);
}

TEST(Detection, SlowsWhileTelemetryIsDown) {
  // Down for 30 min at a quarter of the speed, then at full speed:
  // E T = 4m (1 - q) + q m with m = 20 min, q = exp(-30 / (4 m)).
  const Model model = model_of(
      frame() + "[service.db]\n[service.metrics]\n" +
      "[fault.blind]\nat = \"0 min\"\nwhere = \"metrics\"\neffect = "
      "\"down\"\nends = \"30 min\"\n" +
      kFault +
      "[response.f]\n[response.f.detect]\nmonitor = { time = "
      "\"exponential(mean 20 min)\", through = \"metrics\", blind = \"25 %\" "
      "}\n"
      "[remedy.fix]\nfor = \"f\"\nfirst = \"0 min\"\ndoes = \"repair\"\n");
  const double q = std::exp(-30.0 / 80);
  expect_near(mean_over(model, 20000, length), 80 * (1 - q) + 20 * q);
}

TEST(SupplierReturn, RestartsWhatStoodOnThePlace) {
  const Model model =
      model_of(frame() +
               "[service.db]\nneeds.place = { kind = \"any\", of = [\"east\", "
               "\"west\"], switch = \"by hand\" }\n"
               "[service.east]\nkind = \"supplier\"\n[service.west]\nkind = "
               "\"supplier\"\n"
               "[fault.f]\nat = \"0 min\"\nwhere = \"east\"\neffect = "
               "\"down\"\nends = \"exponential(mean 40 min)\"\nthen = "
               "\"exponential(mean 25 min)\"\n");
  expect_near(mean_over(model, 20000, length), 65);
}

TEST(SupplierReturn, IsRacedByFailover) {
  // The supplier returns after Exp(40) and restarts at once; we turn away
  // after Exp(40) too: the minimum has mean 20.
  const Model model =
      model_of(frame() +
               "[service.db]\nneeds.place = { kind = \"any\", of = [\"east\", "
               "\"west\"], switch = \"by hand\" }\n"
               "[service.east]\nkind = \"supplier\"\n[service.west]\nkind = "
               "\"supplier\"\n"
               "[fault.f]\nat = \"0 min\"\nwhere = \"east\"\neffect = "
               "\"down\"\nends = \"exponential(mean 40 min)\"\nthen = \"0 "
               "min\"\n[response.f]\n[remedy.failover]\nfor = \"f\"\nfirst = "
               "\"exponential(mean 40 min)\"\ndoes = { switch = \"place\" }\n");
  expect_near(mean_over(model, 20000, length), 20);
}

TEST(Traffic, StaysWhereItWasSentUntilTheNextIncident) {
  // Two of ten cells fall; after 10 min traffic uses the 20 % of head-room;
  // both are repaired after 30 and take another 20 to restart.
  const Model model = model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"10 "
      "h\"\n[service.web]\nkind = \"product\"\ncells = { number = 10 "
      "}\nhead_room = \"20 %\"\nrestart = { takes = \"20 min\" }\n"
      "[fault.f]\nat = \"0 min\"\nwhere = [\"web.1\", \"web.2\"]\neffect = "
      "\"down\"\n[response.f]\n"
      "[remedy.drain]\nfor = \"f\"\nfirst = \"10 min\"\ndoes = { traffic = "
      "\"web\" }\n[remedy.fix]\nfor = \"f\"\nfirst = \"30 min\"\ndoes = "
      "\"repair\"\n");
  Engine engine(model);
  const Replication& r = engine.run(1, 0);
  EXPECT_NEAR(served_at(r, 0, 9 * kMinutes), 0.8, 1e-6);
  EXPECT_NEAR(served_at(r, 0, 11 * kMinutes), 0.8 * 1.2, 1e-6);
  EXPECT_NEAR(served_at(r, 0, 31 * kMinutes), 0.8 * 1.2, 1e-6);
  EXPECT_EQ(served_at(r, 0, 51 * kMinutes), 1);
  EXPECT_EQ(r.outages.size(), 1U);
}

// M/M/1//3, the machine repairman: P(n down) ∝ 3!/(3-n)! (λ/μ)^n.
// [Trivedi02, section 8.2.3]
double mean_up_machines(double ratio) {
  double total = 0, up = 0, weight = 1;
  for (int down = 0; down <= 3; ++down) {
    total += weight;
    up += weight * (3 - down);
    weight *= (3 - down) * ratio;
  }
  return up / total;
}

TEST(RepairQueue, WithOneResponderIsTheMachineRepairman) {
  std::string text =
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"4000 "
      "h\"\noutage_ends_after = \"0 s\"\n[team.crew]\nresponders = 1\n";
  for (const std::string i : {"1", "2", "3"}) {
    const std::string m = "m" + i;
    text += "[service." + m + "]\nkind = \"product\"\n";
    // The first failure, and one after each repair.
    text += "[service.kick" + i + "]\n[fault.kick" + i +
            "]\nat = \"0 s\"\nwhere = \"kick" + i +
            "\"\neffect = \"down\"\nends = \"exponential(mean 10 h)\"\n";
    text += "[fault.first" + i + "]\nwhen = \"fault kick" + i +
            " ended\"\nwhere = \"" + m + "\"\neffect = \"down\"\n";
    text += "[fault.again" + i + "]\nwhen = \"remedy fix" + i +
            " done\"\ndelay = \"exponential(mean 10 h)\"\nwhere = \"" + m +
            "\"\neffect = \"down\"\n";
    text += "[response.crew" + i + "]\nfor = [\"first" + i + "\", \"again" + i +
            "\"]\n[remedy.fix" + i + "]\nfor = [\"first" + i + "\", \"again" +
            i +
            "\"]\nteam = \"crew\"\nfirst = \"exponential(mean 5 h)\"\ndoes "
            "= \"repair\"\n";
  }
  const Model model = model_of(text);
  const Mean up = mean_over(model, 400, [](const Replication& r) {
    double served = 0;
    for (const ProductRecord& product : r.products) {
      served += product.served_time;
    }
    return served / (4000 * 3600.0);
  });
  // Starting with all up adds less than 15 h of 4000: 0.2 % of the answer.
  EXPECT_NEAR(up.mean(), mean_up_machines(0.5),
              4 * standard_error(up) + 0.002 * mean_up_machines(0.5));
}

}  // namespace
}  // namespace outagesim
