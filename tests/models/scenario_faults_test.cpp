// What the loader makes of faults and responses that are right.
#include "models/scenario/load.h"

#include <gtest/gtest.h>

#include "tests/models/scenario_text.h"

namespace outagesim {
namespace {

TEST(LoadScenario, ReadsEveryWayAFaultCanStrike) {
  const Scenario scenario = load(R"toml([service.db]
[fault.a]
at = "-4 min"
where = "db"
ends = "1 h"
[fault.b]
rate = "2 per year"
where = "db"
effect = { health = "40 %" }
ends = "1 h"
[fault.c]
when = "db < 50 % for 30 min"
happens = "25 %"
where = { service = "db", cells = 1 }
effect = { latency = "2 s" }
ends = "1 h"
[fault.d]
when = "fault a ended"
delay = "exponential(mean 5 min)"
where = ["db"]
effect = { load = 1.5 }
ends = "1 h"
)toml");
  ASSERT_EQ(scenario.faults.size(), 4u);
  EXPECT_EQ(std::get<AtTime>(scenario.faults[0].trigger.when).at,
            Seconds{-240});
  EXPECT_EQ(scenario.faults[0].effect.what, FaultEffect::What::kDown);
  EXPECT_DOUBLE_EQ(std::get<AtRate>(scenario.faults[1].trigger.when).rate.value,
                   2 / (365 * 86400.0));
  EXPECT_EQ(scenario.faults[1].effect.amount, 0.4);
  const auto& served = std::get<When>(scenario.faults[2].trigger.when);
  EXPECT_EQ(std::get<ServedBelow>(served.condition).service.name, "db");
  EXPECT_EQ(std::get<ServedBelow>(served.condition).below, Fraction{0.5});
  EXPECT_EQ(std::get<ServedBelow>(served.condition).lasting, Seconds{1800});
  EXPECT_EQ(served.happens, Probability{0.25});
  EXPECT_EQ(scenario.faults[2].where[0].cells.number, 1u);
  EXPECT_EQ(scenario.faults[2].effect.latency, Seconds{2});
  const auto& after = std::get<When>(scenario.faults[3].trigger.when);
  EXPECT_EQ(std::get<AfterEvent>(after.condition).what,
            AfterEvent::What::kFaultEnded);
  EXPECT_EQ(std::get<AfterEvent>(after.condition).subject.name, "a");
  EXPECT_EQ(*after.delay, Distribution(Exponential{300}));
}

TEST(LoadScenario, ReadsVisibilityAndWhatFollows) {
  const Scenario scenario = load(R"toml([service.db]
[fault.slow]
at = "0 s"
where = "db"
ends = "1 h"
then = { takes = "20 min", correlation = 0.8 }
visible = { gradual = "10 min" }
[fault.flicker]
at = "0 s"
where = "db"
ends = "1 h"
then = "30 min"
visible = { every = "5 min", lasting = "30 s", probability = "50 %" }
)toml");
  EXPECT_EQ(std::get<Gradual>(scenario.faults[0].visible).over, Seconds{600});
  EXPECT_EQ(scenario.faults[0].then->correlation, 0.8);
  const auto& flicker = std::get<Intermittent>(scenario.faults[1].visible);
  EXPECT_EQ(flicker.every, Seconds{300});
  EXPECT_EQ(flicker.grows_to, Probability{0.5});
  EXPECT_EQ(scenario.faults[1].then->takes, Distribution(Fixed{1800}));
  EXPECT_EQ(scenario.faults[1].then->correlation, 1);
}

TEST(LoadScenario, ReadsAChangeInWaves) {
  const Scenario scenario = load(R"toml([service.db]
cells = { number = 10 }
[change.telemetry]
at = "0 min"
where = "db"
effect = { load = 2 }
waves = [{ cells = "10 %", bake = "10 min" }, { over = "8 min" }]
takes_effect = "4 min"
check = { services = "db", catches = "90 %", rollback = "10 min" }
)toml");
  const Rollout& rollout = *scenario.faults[0].rollout;
  ASSERT_EQ(rollout.waves.size(), 2u);
  EXPECT_EQ(rollout.waves[0].cells.how, CellChoice::How::kShare);
  EXPECT_EQ(rollout.waves[0].bake, Seconds{600});
  EXPECT_EQ(rollout.waves[1].cells.how, CellChoice::How::kAll);
  EXPECT_EQ(rollout.check->catches, Probability{0.9});
  EXPECT_EQ(rollout.check->below, Fraction{0.95});
}

TEST(LoadScenario, FillsAResponseFromItsLibrary) {
  const Scenario scenario = load(R"toml([service.db]
[fault.power]
at = "0 min"
where = "db"
[stages.cloud]
detect = "exponential(mean 5 min)"
diagnose = "20 min"
mitigate = "lognormal(median 30 min, sigma 1)"
[response.power]
stages = "cloud"
engage = "3 min"
[remedy.repair]
for = "power"
first = "mitigate"
)toml");
  const Response& response = scenario.responses[0];
  EXPECT_EQ(response.faults[0].name, "power");
  ASSERT_EQ(response.detect.size(), 1u);
  EXPECT_EQ(response.detect[0].name, "monitor");
  EXPECT_EQ(*response.detect[0].time, Distribution(Exponential{300}));
  EXPECT_EQ(*response.engage, Distribution(Fixed{180}));
  EXPECT_EQ(response.diagnose->time, Distribution(Fixed{1200}));
  EXPECT_EQ(scenario.remedies[0].first, Distribution(Lognormal{1800, 1}));
}

TEST(LoadScenario, ReadsSignalsAndDiagnosis) {
  const Scenario scenario = load(R"toml([service.db]
kind = "product"
[service.telemetry]
[fault.power]
at = "0 min"
where = "db"
ends = "2 h"
[response.power.detect]
crowd = { reports = 5000 }
alerts = { time = "5 min", through = "telemetry", blind = "10 %" }
author = "3 min"
[response.power.diagnose]
time = "20 min"
wrong = "20 %"
wrong_costs = "40 min"
blind_factor = 2
[population.all]
uses = "db"
users = 1_000_000
visits = "1.2 per day"
reports = "0.01 %"
)toml");
  const Response& response = scenario.responses[0];
  ASSERT_EQ(response.detect.size(), 3u);
  EXPECT_EQ(response.detect[0].name, "crowd");
  EXPECT_EQ(response.detect[0].reports, 5000);
  EXPECT_FALSE(response.detect[0].time);
  EXPECT_EQ(response.detect[1].through->name, "telemetry");
  EXPECT_EQ(response.detect[1].blind, Fraction{0.1});
  EXPECT_EQ(*response.detect[2].time, Distribution(Fixed{180}));
  EXPECT_EQ(response.diagnose->wrong, Probability{0.2});
  EXPECT_EQ(response.diagnose->blind_factor, 2);
}

TEST(LoadScenario, ReadsBackgroundFailures) {
  const Scenario scenario = load(R"toml([service.db]
fails = { time_to_failure = "30 d", time_to_repair = "1 h", from = "start", severity = "uniform(10 %, 60 %)", profile = "busy", zone = "Asia/Riyadh" }
[service.cache]
[[service.cache.fails]]
time_to_failure = "10 d"
time_to_repair = "5 min"
[[service.cache.fails]]
time_to_failure = "99 d"
time_to_repair = "5 h"
stationary = true
[profile.busy]
weekdays = [1, 1, 1, 1, 1, 0.6, 0.6]
[common_cause.flood]
time_between = "1 y"
time_to_repair = "1 d"
members = { db = "50 %", cache = "20 %" }
)toml");
  const BackgroundFailure& failure = scenario.services[0].fails[0];
  EXPECT_TRUE(failure.start_to_start);
  EXPECT_EQ(*failure.severity, Distribution(Uniform{0.1, 0.6}));
  EXPECT_EQ(failure.zone, "Asia/Riyadh");
  ASSERT_EQ(scenario.services[1].fails.size(), 2u);
  EXPECT_TRUE(scenario.services[1].fails[1].stationary);
  const CommonCause& flood = scenario.common_causes[0];
  ASSERT_EQ(flood.members.size(), 2u);
  EXPECT_EQ(flood.members[0].place.service.name, "db");
  EXPECT_EQ(flood.members[0].struck, Probability{0.5});
}

}  // namespace
}  // namespace outagesim
