#include "sim/experiment/portrait.h"

#include <gtest/gtest.h>

#include "sim/experiment/picks.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

// A shop stands on a database that is down from 1 h to 2 h of 4.
const char* const kOneHour = R"toml(
[scenario]
start = 2024-12-26T18:40:00Z
horizon = "4 h"
[service.database]
kind = "infrastructure"
[service.shop]
kind = "product"
needs = ["database"]
[service.aside]
[fault.power]
at = "1 h"
where = "database"
effect = "down"
ends = "1 h"
[population.customers]
uses = "shop"
users = 1000
visits = "24 per day"
visit_length = "10 min"
reports = "10 %"
)toml";

TEST(Portrait, TellsWhatEachServiceServedAndHowLongItWasBelow) {
  const Model model = model_of(kOneHour);
  const Portrait portrait = portray(model, {.replications = 3});
  EXPECT_EQ(portrait.replications, 3u);
  for (const int service : {0, 1}) {
    EXPECT_DOUBLE_EQ(portrait.services[service].served.mean(), 0.75);
    EXPECT_DOUBLE_EQ(portrait.services[service].below.mean(), 3600);
  }
  EXPECT_DOUBLE_EQ(portrait.services[2].served.mean(), 1);
  EXPECT_DOUBLE_EQ(portrait.services[2].below.mean(), 0);
}

TEST(Portrait, EndsWhereTheViewEnds) {
  const Model model = model_of(kOneHour);
  const Portrait portrait =
      portray(model, {.replications = 1, .until = Seconds{2 * 3600}});
  EXPECT_DOUBLE_EQ(portrait.services[1].served.mean(), 0.5);
  EXPECT_EQ(portrait.grid.front(), Seconds{0});
  EXPECT_EQ(portrait.grid.back(), Seconds{2 * 3600});
}

TEST(Portrait, FollowsTheServedFractionFromMomentToMoment) {
  const Model model = model_of(kOneHour);
  const Portrait portrait = portray(model, {.replications = 2});
  for (std::size_t i = 0; i < portrait.grid.size(); ++i) {
    const double t = portrait.grid[i].value;
    if (t == 3600 || t == 7200) continue;
    EXPECT_EQ(portrait.served[1][i], t > 3600 && t < 7200 ? 0 : 1) << t;
  }
}

TEST(Portrait, CountsPeopleAsTheEngineDoes) {
  const Model model = model_of(kOneHour);
  Engine engine(model);
  const Replication& replication = engine.run(1, 0);
  const std::vector<Seconds> grid{Seconds{0}, Seconds{5400}, model.horizon};
  const auto people = people_over_time(model, replication, grid);
  // 1,000 users × 1 visit an hour × 10 min.
  EXPECT_NEAR(people[1].failing, 1000.0 / 6, 1e-9);
  EXPECT_NEAR(people[1].minutes_lost, 1000.0 / 6 * 30, 1e-6);
  EXPECT_EQ(people[2].failing, 0);
  const PopulationRecord& record = replication.populations.front();
  EXPECT_NEAR(people[2].minutes_lost, record.harm.user_seconds_lost / 60, 1e-6);
  EXPECT_NEAR(people[2].reported, record.reports_total,
              1e-6 * record.reports_total);
}

TEST(Portrait, ReadsQuantilesOffASortedSample) {
  EXPECT_EQ(sorted_quantile({}, 0.5), 0);
  EXPECT_EQ(sorted_quantile({1, 2, 3, 4, 5}, 0.5), 3);
  EXPECT_EQ(sorted_quantile({1, 2, 3, 4, 5}, 1), 5);
}

// Five runs, out for 1 … 5 h in the order 3, 1, 5, 2, 4.
void five_runs(const Model& model, Picker& picker) {
  std::uint64_t index = 0;
  for (const int hours : {3, 1, 5, 2, 4}) {
    Replication replication;
    replication.index = index++;
    replication.products.resize(1);
    replication.products[0].outage_time = 3600.0 * hours;
    replication.populations.resize(model.populations.size());
    for (PopulationRecord& people : replication.populations) {
      people.harm.user_seconds_lost = hours;
    }
    OutageRecord outage;
    outage.end = 3600.0 * hours;
    outage.onset = 0;
    outage.lost = hours;
    replication.outages = {outage};
    picker.look(replication);
  }
  EXPECT_TRUE(picker.has_seen(5));
  EXPECT_FALSE(picker.has_seen(6));
}

TEST(Picker, FindsTheMiddleAndTheWorstRun) {
  const Model model = model_of(kOneHour);
  Picker picker(model);
  five_runs(model, picker);
  const Picked picked = picker.picked();
  EXPECT_EQ(picked.median, 0u);
  EXPECT_EQ(picked.worst, 2u);
  EXPECT_FALSE(picked.recorded);
}

TEST(Picker, FindsTheRunNearestToWhatWasRecorded) {
  const Model model = model_of(std::string(kOneHour) + R"toml(
[[observed]]
product = "shop"
milestone = "recovered"
at = "125 min"
source = "the log"
)toml");
  Picker picker(model);
  five_runs(model, picker);
  EXPECT_EQ(picker.picked().recorded, 3u);
}

}  // namespace
}  // namespace outagesim
