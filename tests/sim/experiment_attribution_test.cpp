// Shares of simulated harm against what is known without simulation.
#include "sim/experiment/attribution.h"

#include <gtest/gtest.h>

#include "models/base/error.h"
#include "models/compiled/causes.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

const std::string kSettings =
    "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"400 h\"\n"
    "outage_ends_after = \"0 s\"\n";

std::string fault(const std::string& name, const std::string& where,
                  const std::string& at, const std::string& ends) {
  return "[fault." + name + "]\nat = \"" + at + "\"\nwhere = \"" + where +
         "\"\neffect = \"down\"\nends = \"" + ends + "\"\n";
}

AttributionGame game_of(const Model& model) {
  AttributionGame game;
  for (const auto& cause : switchable_causes(model)) {
    game.players.push_back(cause.name);
  }
  game.model = [&model](Coalition coalition) {
    std::vector<bool> keep(switchable_causes(model).size());
    for (unsigned i = 0; i < keep.size(); ++i) {
      keep[i] = has_player(coalition, i);
    }
    return std::make_unique<const Model>(with_causes(model, keep));
  };
  return game;
}

Attribution shares_of_downtime(const Model& model,
                               const AttributionOptions& options) {
  return attribute(game_of(model),
                   outcome_named(model, "shop:downtime", "--metric"), options);
}

TEST(Attribution, GivesEachCauseItsOwnWhereTheyDoNotMeet) {
  const Model model =
      model_of(kSettings + "[service.shop]\nkind = \"product\"\n" +
               fault("first", "shop", "1 h", "2 h") +
               fault("second", "shop", "10 h", "3 h"));
  const Attribution result = shares_of_downtime(model, {.replications = 32});
  EXPECT_EQ(result.coalitions, 4);
  EXPECT_NEAR(result.shares[0].share.value, 2 * 3600, 1e-6);
  EXPECT_NEAR(result.shares[1].share.value, 3 * 3600, 1e-6);
  EXPECT_NEAR(result.shares[1].alone.value, 3 * 3600, 1e-6);
  EXPECT_NEAR(result.total.value, 5 * 3600, 1e-6);
}

TEST(Attribution, HalvesWhatEitherWouldHaveDone) {
  const Model model =
      model_of(kSettings + "[service.shop]\nkind = \"product\"\n" +
               fault("first", "shop", "1 h", "2 h") +
               fault("second", "shop", "1 h", "2 h"));
  const Attribution result = shares_of_downtime(model, {.replications = 16});
  EXPECT_NEAR(result.shares[0].share.value, 3600, 1e-6);
  EXPECT_NEAR(result.shares[1].share.value, 3600, 1e-6);
  EXPECT_NEAR(result.shares[0].alone.value, 7200, 1e-6);
  EXPECT_NEAR(result.shares[0].last.value, 0, 1e-6);
}

TEST(Attribution, HalvesWhatOnlyBothTogetherDo) {
  const Model model = model_of(
      kSettings +
      "[service.shop]\nkind = \"product\"\nneeds.site = { kind = \"quorum\", "
      "of = [\"a\", \"b\"], at_least = 1 }\n[service.a]\n[service.b]\n" +
      fault("first", "a", "1 h", "2 h") + fault("second", "b", "1 h", "2 h"));
  const Attribution result = shares_of_downtime(model, {.replications = 16});
  EXPECT_NEAR(result.shares[0].share.value, 3600, 1e-6);
  EXPECT_NEAR(result.shares[0].alone.value, 0, 1e-6);
  EXPECT_NEAR(result.shares[0].last.value, 7200, 1e-6);
}

// Three sources of random failures of one product, which overlap now and then.
const std::string kRandom =
    kSettings +
    "[service.shop]\nkind = \"product\"\nneeds = [\"db\"]\nfails = { "
    "time_to_failure = \"exponential(mean 40 h)\", time_to_repair = "
    "\"exponential(mean 20 h)\" }\n[service.db]\nfails = { time_to_failure = "
    "\"exponential(mean 60 h)\", time_to_repair = \"exponential(mean 30 h)\" "
    "}\n[common_cause.both]\ntime_between = \"exponential(mean 100 h)\"\n"
    "time_to_repair = \"exponential(mean 10 h)\"\nmembers = { shop = \"100 %\" "
    "}\n[fault.late]\nwhen = \"db < 50 %\"\nwhere = \"shop\"\nends = \"2 h\"\n"
    "effect = \"down\"\n";

TEST(Attribution, SumsToTheTotalInEveryReplication) {
  const Model model = model_of(kRandom);
  const Attribution result = shares_of_downtime(model, {.replications = 200});
  ASSERT_EQ(result.unit_totals.size(), 200);
  const std::size_t players = result.shares.size();
  ASSERT_EQ(players, 4);
  for (std::size_t r = 0; r < result.unit_totals.size(); ++r) {
    double sum = 0;
    for (std::size_t i = 0; i < players; ++i) {
      sum += result.unit_shares[r * players + i];
    }
    EXPECT_NEAR(sum, result.unit_totals[r],
                1e-12 * (1 + std::abs(result.unit_totals[r])));
  }
}

TEST(Attribution, WithoutAnyCauseThereIsNoHarm) {
  const Attribution result =
      shares_of_downtime(model_of(kRandom), {.replications = 64});
  EXPECT_EQ(result.none.value, 0);
  EXPECT_GT(result.all.value, 0);
}

TEST(Attribution, FindsBySamplingWhatIsExact) {
  const Model model = model_of(kRandom);
  const Attribution exact = shares_of_downtime(model, {.replications = 1024});
  const Attribution sampled = shares_of_downtime(
      model,
      {.replications = 1024, .seed = 2, .most_exact = 0, .order_pairs = 32});
  EXPECT_FALSE(sampled.exact);
  EXPECT_EQ(sampled.orders, 64);
  EXPECT_EQ(sampled.replications, 1024);
  double sum = 0;
  for (std::size_t i = 0; i < exact.shares.size(); ++i) {
    const double error = std::hypot(exact.shares[i].standard_error,
                                    sampled.shares[i].standard_error);
    EXPECT_GT(error, 0);
    EXPECT_NEAR(sampled.shares[i].share.value, exact.shares[i].share.value,
                4 * error);
    sum += sampled.shares[i].share.value;
  }
  EXPECT_NEAR(sum, sampled.total.value, 1e-9 * sampled.total.value);
}

TEST(Attribution, IsTheSameWithAnyNumberOfThreads) {
  const Model model = model_of(kRandom);
  const auto one =
      shares_of_downtime(model, {.replications = 100, .threads = 1});
  const auto eight =
      shares_of_downtime(model, {.replications = 100, .threads = 8});
  EXPECT_EQ(one.unit_shares, eight.unit_shares);
}

TEST(Attribution, SwitchingOneCauseOffShiftsNoDrawOfAnother) {
  const Model model = model_of(
      kSettings +
      "[service.shop]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"exponential(mean 40 h)\", time_to_repair = \"exponential(mean 2 h)\" "
      "}\n[service.desk]\nkind = \"product\"\nfails = { time_to_failure = "
      "\"exponential(mean 40 h)\", time_to_repair = \"exponential(mean 2 h)\" "
      "}\n");
  const Model without = with_causes(model, {false, true});
  Engine all(model), some(without);
  for (std::uint64_t i = 0; i < 50; ++i) {
    EXPECT_EQ(all.run(1, i).products[1].outage_time,
              some.run(1, i).products[1].outage_time);
    EXPECT_EQ(some.run(1, i).products[0].outage_time, 0);
  }
}

std::string message_of(const Model& model, const std::string& metric) {
  try {
    outcome_named(model, metric, "--metric");
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(Outcome, RefusesWhatIsNotOneNumberAReplication) {
  const Model model = model_of(kRandom);
  EXPECT_EQ(message_of(model, "mttr"),
            "--metric: mttr is not one number a replication, so it cannot be "
            "shared out; ask for downtime or user_minutes_lost");
  EXPECT_EQ(message_of(model, "downtim"),
            "--metric: there is no metric \"downtim\"; did you mean "
            "\"downtime\"? (outagesim list metrics shows all)");
  EXPECT_EQ(message_of(model, "shp:downtime"),
            "--metric: downtime is not told of \"shp\"; did you mean "
            "\"shop\"?");
}

}  // namespace
}  // namespace outagesim
