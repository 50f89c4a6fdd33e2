// The check itself: a right engine passes, a wrong rate is caught, and what is
// not solved says why.
#include "sim/experiment/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/base/error.h"
#include "models/scenario/load.h"
#include "sim/experiment/monte_carlo.h"
#include "tests/sim/engine_fixture.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

Model shipped(const std::string& name, std::vector<std::string> set = {}) {
  return compile(load_scenario((source_tree() / "scenarios" / name).string(),
                               {.set = std::move(set)}));
}

CheckReport checked(const Model& exact, const Model& simulated,
                    std::uint64_t replications) {
  MonteCarloOptions options;
  options.replications = replications;
  options.seed = 3;
  options.threads = 2;
  const MonteCarloResult result = run_monte_carlo(simulated, options);
  return lay_beside(exact, result.summary);
}

const CheckRow& row_of(const CheckReport& report, std::string_view metric,
                       std::uint32_t index, std::string_view method) {
  for (const CheckRow& row : report.rows) {
    if (row.metric->name == metric && row.subject.index == index &&
        row.method == method) {
      return row;
    }
  }
  throw InternalError("no row " + std::string(metric));
}

TEST(Check, ARightEnginePassesOnThreeTiers) {
  const Model model = shipped("three-tier.toml");
  const CheckReport report = checked(model, model, 4000);
  EXPECT_TRUE(report.agrees());
  EXPECT_GE(report.rows.size(), 8U);
  for (const CheckRow& row : report.rows) {
    if (row.verdict == CheckVerdict::kExactOnly) continue;
    // Of the catalogue's chain there is room for two phases a law alone.
    const bool rough = row.fit_error > 0.05;
    EXPECT_EQ(row.verdict,
              rough ? CheckVerdict::kFitOnly : CheckVerdict::kAgrees)
        << row.metric->name << " " << row.exact << " " << row.simulated.value;
  }
}

// Power: five per cent more repair time of the common cause and the fronts
// moves the unavailability by five per cent of itself, against some 0.7 % of
// standard error with 12,000 replications of this product.
std::string one_part(const std::string& repair) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"60 d\"\n"
         "outage_ends_after = \"0 s\"\n[service.web]\nkind = \"product\"\n"
         "fails = { time_to_failure = \"exponential(mean 2 d)\", "
         "time_to_repair = \"exponential(mean " +
         repair + ")\" }\n";
}

TEST(Check, ARateOffByFivePerCentIsCaught) {
  const Model right = model_of(one_part("100 min"));
  const Model wrong = model_of(one_part("105 min"));
  EXPECT_TRUE(checked(right, right, 6000).agrees());
  const CheckReport report = checked(wrong, right, 6000);
  EXPECT_FALSE(report.agrees());
  const CheckRow& row =
      row_of(report, "availability_time", 0, "decision diagram");
  EXPECT_EQ(row.verdict, CheckVerdict::kDiffers);
  EXPECT_GT(row.z, 6);  // simulated is more available
}

TEST(Check, AFailureRateOffByFivePerCentIsCaughtByCounting) {
  const Model right = model_of(one_part("100 min"));
  std::string text = one_part("100 min");
  text.replace(text.find("mean 2 d"), 8, "mean 50.4 h");
  const CheckReport report = checked(model_of(text), right, 6000);
  EXPECT_EQ(row_of(report, "outages", 0, "Markov chain").verdict,
            CheckVerdict::kDiffers);
}

TEST(Check, DiagramAndChainAgreeToNineDigits) {
  const Model model =
      shipped("three-tier.toml", {"service.database-a.fails.stationary=false"});
  const Model plain = model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"9 d\"\n"
      "[service.web]\nkind = \"product\"\nneeds.q = { kind = \"quorum\", of = "
      "[\"a\", \"b\", \"c\"], at_least = 2 }\nneeds.s = { kind = \"hard\", on "
      "= \"d\", share = \"40 %\" }\n"
      "[service.a]\nfails = { time_to_failure = \"exponential(mean 3 d)\", "
      "time_to_repair = \"exponential(mean 5 h)\" }\n"
      "[service.b]\nfails = { time_to_failure = \"exponential(mean 4 d)\", "
      "time_to_repair = \"exponential(mean 6 h)\", severity = \"fixed(50 %)\" "
      "}\n"
      "[service.c]\nfails = { time_to_failure = \"exponential(mean 5 d)\", "
      "time_to_repair = \"exponential(mean 7 h)\" }\n"
      "[service.d]\ncells = { number = 4 }\nfails = { time_to_failure = "
      "\"exponential(mean 2 d)\", time_to_repair = \"exponential(mean 3 h)\", "
      "per_cell = true }\n");
  const CheckReport report = checked(plain, plain, 2000);
  const double diagram =
      row_of(report, "availability_time", 0, "decision diagram").exact;
  const double chain =
      row_of(report, "availability_time", 0, "Markov chain").exact;
  EXPECT_NEAR(diagram, chain, 1e-9);
  EXPECT_TRUE(report.agrees());
}

std::vector<std::string> reasons(const CheckReport& report) {
  std::vector<std::string> all;
  for (const UnsolvedPart& part : report.unsolved) {
    all.insert(all.end(), part.why.begin(), part.why.end());
  }
  return all;
}

const CheckRow& stage_of(const CheckReport& report, std::string_view metric,
                         std::string_view measure) {
  for (const CheckRow& row : report.rows) {
    if (row.metric->name == metric && row.measure == measure) return row;
  }
  throw InternalError("no row " + std::string(metric));
}

// The fault may end by itself while people notice and diagnose, what stood on
// the place restarts in correlated times, and the first of two remedies helps.
std::string raced(const std::string& median) {
  return "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"300 d\"\n"
         "[service.web]\nkind = \"product\"\nneeds = [\"hall\"]\n"
         "[service.shop]\nkind = \"product\"\nneeds = [\"hall\"]\n"
         "[service.hall]\nkind = \"supplier\"\n"
         "[fault.power]\nat = \"0 min\"\nwhere = \"hall\"\n"
         "ends = \"lognormal(median 60 min, sigma 1)\"\n"
         "then = { takes = \"lognormal(median 20 min, sigma 0.7)\", "
         "correlation = 0.6 }\n"
         "[response.power]\nengage = \"exponential(mean 5 min)\"\n"
         "detect.monitor = \"exponential(mean 20 min)\"\n"
         "detect.author = \"lognormal(median " +
         median +
         ", sigma 1)\"\n"
         "diagnose = { time = \"lognormal(median 15 min, sigma 0.8)\", wrong = "
         "\"30 %\", wrong_costs = \"exponential(mean 20 min)\" }\n"
         "[remedy.drop]\nfor = \"power\"\nfirst = \"exponential(mean 30 "
         "min)\"\ndoes = { drop = \"hall\" }\n"
         "[remedy.other]\nfor = \"power\"\nfirst = \"exponential(mean 30 "
         "min)\"\ndoes = { drop = \"hall\" }\n";
}

TEST(Check, SolvesStagesThatRaceTheFaultsOwnEnd) {
  const Model model = model_of(raced("10 min"));
  const CheckReport report = checked(model, model, 40'000);
  EXPECT_TRUE(report.agrees());
  for (const char* metric :
       {"stage_engage", "stage_diagnose", "stage_mitigate"}) {
    const CheckRow& row = stage_of(report, metric, "mean");
    EXPECT_LT(std::abs(row.z), 4) << metric << " " << row.exact;
    EXPECT_NEAR(row.simulated.value, row.exact, 0.03 * row.exact) << metric;
  }
  EXPECT_LT(std::abs(stage_of(report, "stage_detect", "middle").z), 4);
  EXPECT_LT(stage_of(report, "stage_detect", kInTime).exact, 0.999);
  EXPECT_LT(stage_of(report, "stage_diagnose", kInTime).exact, 0.9);
}

TEST(Check, AStageOffByTenPerCentIsCaught) {
  const CheckReport report =
      checked(model_of(raced("10 min")), model_of(raced("11 min")), 40'000);
  EXPECT_FALSE(report.agrees());
  EXPECT_EQ(stage_of(report, "stage_detect", "middle").verdict,
            CheckVerdict::kDiffers);
}

// Both incidents of December 2024: each has stages that can be solved.
TEST(Check, SolvesTheStagesOfTheSuppliersPowerFailure) {
  const Model model = shipped("openai-2024-12-26-supplier-power.toml");
  const CheckReport report = checked(model, model, 4000);
  EXPECT_TRUE(report.agrees());
  EXPECT_GE(report.rows.size(), 7U);
  EXPECT_NEAR(stage_of(report, "stage_diagnose", kInTime).exact, 0.951, 5e-4);
  EXPECT_NEAR(stage_of(report, "stage_mitigate", "mean").exact / 3600, 1.959,
              1e-3);
}

TEST(Check, SaysWhyNotPartByPart) {
  const Model model = shipped("three-tier.toml");
  const CheckReport report = checked(model, model, 100);
  EXPECT_THAT(reasons(report),
              AllOf(Contains("fault bad-release: it ends by repair"),
                    Contains(HasSubstr("switch-over takes time or may fail")),
                    Contains(HasSubstr("it strikes at a set time"))));
}

TEST(Check, DoesNotJudgeWhatWasHardlySeen) {
  const Model model = shipped("three-tier.toml");
  const CheckReport report = checked(model, model, 20);
  EXPECT_EQ(row_of(report, "availability_time", 0, "decision diagram").verdict,
            CheckVerdict::kTooFew);
}

// 300 of so heavy a tail lie below their mean nearly always, far off by z.
TEST(Check, JudgesAHeavyTailByItsMiddleAlone) {
  const Model model = model_of(
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"9000 d\"\n"
      "[service.shop]\nkind = \"product\"\n"
      "[fault.dies]\nat = \"0 s\"\nwhere = \"shop\"\n"
      "[response.dies]\ndetect = \"exponential(mean 5 min)\"\n"
      "diagnose = \"lognormal(median 15 min, sigma 2)\"\n"
      "[remedy.repair]\nfor = \"dies\"\nfirst = \"5 min\"\n"
      "does = \"repair\"\n");
  const CheckReport few = checked(model, model, 300);
  EXPECT_TRUE(few.agrees());
  EXPECT_EQ(stage_of(few, "stage_diagnose", "mean").verdict,
            CheckVerdict::kTooFew);
  EXPECT_EQ(stage_of(few, "stage_diagnose", "middle").verdict,
            CheckVerdict::kAgrees);
  EXPECT_EQ(stage_of(few, "stage_detect", "mean").verdict,
            CheckVerdict::kTooFew);  // an exponential law needs 441
  EXPECT_EQ(
      stage_of(checked(model, model, 500), "stage_detect", "mean").verdict,
      CheckVerdict::kAgrees);
}

TEST(Check, RanksWhatPutsTheCatalogueOut) {
  const ExactProducts products =
      exact_products(shipped("three-tier.toml"), {.most_order = 2});
  const ExactProduct& catalogue = products.products[0];
  ASSERT_TRUE(catalogue.why_not.empty());
  // The common cause of both fronts alone; it beside either; the two fronts;
  // two of three apps; and a strike of one front beside one of the other.
  EXPECT_EQ(catalogue.cuts.sets.front().size(), 1U);
  const auto& name = products.sources.known[catalogue.cuts.sets[0][0]].name;
  EXPECT_EQ(name, "configuration of front-a and front-b");
}

}  // namespace
}  // namespace outagesim
