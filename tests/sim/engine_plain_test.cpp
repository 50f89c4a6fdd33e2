// A plain model goes a shorter way, and the general way where it is told as a
// story: both must say the same to the last bit.
#include "sim/engine/plain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <random>
#include <string>

#include "sim/engine/world.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

bool same_number(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

bool same_outage(const OutageRecord& a, const OutageRecord& b) {
  const auto numbers = [](const OutageRecord& o) {
    return std::array{o.onset,       o.detected, o.first_word, o.worst,
                      o.first_cell,  o.end,      o.full,       o.lowest,
                      o.substantial, o.lost};
  };
  return a.product == b.product && a.cause == b.cause &&
         a.was_substantial == b.was_substantial && a.censored == b.censored &&
         a.full_censored == b.full_censored && a.shared == b.shared &&
         std::ranges::equal(numbers(a), numbers(b), same_number);
}

bool same_step(const ServedStep& a, const ServedStep& b) {
  return same_number(a.t, b.t) && a.product == b.product &&
         a.served == b.served;
}

bool same_product(const ProductRecord& a, const ProductRecord& b) {
  return a.outages == b.outages && same_number(a.served_time, b.served_time) &&
         same_number(a.degraded_time, b.degraded_time) &&
         same_number(a.outage_time, b.outage_time);
}

bool same_people(const PopulationRecord& a, const PopulationRecord& b) {
  const auto numbers = [](const PopulationRecord& p) {
    return std::array{p.users_affected,         p.reports_peak,
                      p.reports_total,          p.harm.user_seconds_lost,
                      p.harm.failed_requests,   p.harm.degraded_requests,
                      p.harm.exposure,          p.harm.peak_share,
                      p.harm.failed_visits,     p.harm.given_up,
                      p.harm.away_user_seconds, p.harm.away};
  };
  return std::ranges::equal(numbers(a), numbers(b), same_number);
}

void expect_same(const Replication& a, const Replication& b) {
  EXPECT_TRUE(std::ranges::equal(a.outages, b.outages, same_outage));
  EXPECT_TRUE(std::ranges::equal(a.steps, b.steps, same_step));
  EXPECT_TRUE(std::ranges::equal(a.products, b.products, same_product));
  EXPECT_TRUE(std::ranges::equal(a.populations, b.populations, same_people));
  EXPECT_EQ(a.fell, b.fell);
  EXPECT_TRUE(std::ranges::equal(a.failed_time, b.failed_time, same_number));
  EXPECT_TRUE(same_number(a.users_peak_share, b.users_peak_share));
  EXPECT_EQ(a.events, b.events);
  EXPECT_EQ(a.endless, b.endless);
}

bool is_plain(const Model& model) { return plain_processes(model) != nullptr; }

// Compares replications with those of the general loop; how many outages.
std::size_t compare_ways(const Model& model, std::uint64_t replications) {
  Engine engine(model), general(model);
  Trace trace;
  std::size_t outages = 0;
  for (std::uint64_t i = 0; i < replications; ++i) {
    const Replication& replication = engine.run(3, i);
    expect_same(replication, general.run(3, i, &trace));
    outages += replication.outages.size();
  }
  return outages;
}

Model of_file(const std::string& name) {
  return compile(load_scenario((source_tree() / "scenarios" / name).string()));
}

TEST(PlainWay, SaysTheSameOfAYearOfTenServices) {
  const Model model = of_file("benchmark/repairable10.toml");
  ASSERT_TRUE(is_plain(model));
  EXPECT_GT(compare_ways(model, 50), 2000);
}

TEST(PlainWay, IsNotGoneWhereThereIsMore) {
  EXPECT_FALSE(is_plain(of_file("openai-2024-12-26-supplier-power.toml")));
  EXPECT_FALSE(is_plain(of_file("openai-year.toml")));
}

// Laws with atoms too, so that several things happen at one instant.
constexpr const char* kLaws[] = {
    "exponential(mean 60 h)", "4 h", "weibull(scale 50 h, shape 2)",
    "uniform(1 h, 90 h)", "lognormal(median 12 h, sigma 1.2)"};

class RandomScenario {
 public:
  explicit RandomScenario(unsigned seed) : random_(seed) {}

  std::string text() {
    std::string toml =
        "[scenario]\nstart = 2025-03-03T10:00:00Z\nhorizon = \"1000 h\"\n";
    if (below(2) == 0) toml += "outage_ends_after = \"" + minutes() + "\"\n";
    const unsigned services = 2 + below(12);
    has_people_ = below(2) == 0;
    for (unsigned i = 0; i < services; ++i) add_service(toml, i);
    return toml;
  }

 private:
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  std::string minutes() { return std::to_string(below(3) * 120) + " min"; }
  std::string law() { return kLaws[below(std::size(kLaws))]; }

  void add_service(std::string& toml, unsigned i) {
    const std::string name = "s" + std::to_string(i);
    const bool product = i == 1 || below(4) == 0;
    toml += "\n[service." + name + "]\n";
    if (product) toml += "kind = \"product\"\n";
    if (i < 2 || below(4) != 0) {
      toml += "fails = { time_to_failure = \"" + law() +
              "\", time_to_repair = \"" + law() + "\"" +
              (below(2) == 0 ? ", stationary = true" : "") + " }\n";
    }
    if (i > 0) toml += "[service." + name + ".needs]\n";
    for (unsigned k = 0; k < i; ++k) {
      if (below(3) != 0) continue;
      toml += "s" + std::to_string(k) +
              (below(3) == 0 ? " = \"soft\"\n" : " = \"hard\"\n");
    }
    if (!product || !has_people_) return;
    toml += "\n[population.of-" + name + "]\nuses = \"" + name +
            "\"\nusers = 50_000\nvisits = \"0.5 per day\"\n"
            "visit_length = \"12 min\"\nrequests_per_visit = 20\n";
  }

  std::mt19937 random_;
  bool has_people_ = false;
};

TEST(PlainWay, SaysTheSameOfRandomSystems) {
  std::size_t plain = 0, outages = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    const std::string text = RandomScenario(seed).text();
    SCOPED_TRACE(text);
    const Model model = model_of(text);
    plain += is_plain(model) ? 1 : 0;
    outages += compare_ways(model, 5);
    if (HasFailure()) return;
  }
  EXPECT_EQ(plain, 40);
  EXPECT_GT(outages, 1000);
}

}  // namespace
}  // namespace outagesim
