// All services at once are each service alone, for any number of threads.
#include "sim/experiment/all_falls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stop_token>

#include "models/analysis/blast.h"
#include "sim/experiment/fleet.h"

namespace outagesim {
namespace {

Model fleet_model(std::uint32_t services) {
  const Fleet fleet = make_fleet({.services = services});
  Scenario scenario;
  for (std::uint32_t i = 0; i < services; ++i) {
    Service& service = scenario.services.emplace_back();
    service.name = fleet_name(fleet, i);
    service.kind = fleet.services[i].kind;
    for (const std::uint32_t target : fleet.services[i].needs) {
      Need& need = service.needs.emplace_back();
      need.name = fleet_name(fleet, target);
      need.targets.push_back({{need.name, {}}, {}});
    }
  }
  return compile(scenario);
}

bool are_same(const FallCount& a, const FallCount& b) {
  return a.service == b.service && a.services == b.services &&
         a.products == b.products && a.users == b.users;
}

// Hard needs of all requests alone: what is not up serves nothing.
TEST(AllFalls, AreThoseOfEachServiceAlone) {
  const Model model = fleet_model(2000);
  const std::vector<FallCount> all = all_falls(model, 1);
  const BlastReport report = structural_blast(model);
  ASSERT_EQ(all.size(), report.services.size());
  for (const FallCount& fall : all) {
    const Fallen& alone = report.services[fall.service].with_redundancy;
    EXPECT_EQ(fall.services, alone.services.size());
    EXPECT_EQ(fall.products, alone.products.size());
  }
}

TEST(AllFalls, AreTheSameForAnyNumberOfThreads) {
  const Model model = fleet_model(20'000);
  const std::vector<FallCount> one = all_falls(model, 1);
  for (const unsigned threads : {2u, 3u, 0u}) {
    EXPECT_TRUE(std::ranges::equal(one, all_falls(model, threads), are_same));
  }
}

TEST(AllFalls, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(all_falls(fleet_model(100), 1, stop.get_token()).empty());
}

}  // namespace
}  // namespace outagesim
