// Rare outages by strikes that hit several, and by switches that do not turn.
#include <gmock/gmock.h>

#include "tests/sim/rare_fixture.h"

namespace outagesim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kSteady =
    laws("exponential(mean 2000 h)", "exponential(mean 1 h)");

std::string common_cause(const std::string& members, const std::string& more,
                         const std::string& between = "500 h") {
  return "[common_cause.flood]\ntime_between = \"exponential(mean " + between +
         ")\"\ntime_to_repair = \"exponential(mean 2 h)\"\nmembers = { " +
         members + " }\n" + more;
}

// A pair of which one stands by, with what its need says besides.
std::string pair_of(const std::string& name, const std::string& need,
                    const std::string& fails) {
  const std::string a = name + "a", b = name + "b";
  return "[service." + name + "]\nneeds.db = { kind = \"any\", of = [\"" + a +
         "\", \"" + b + "\"], " + need + " }\n[service." + a + "]\nfails = { " +
         fails + " }\n[service." + b + "]\nfails = { " + fails + " }\n";
}

TEST(RareStrikes, OfACommonCauseThatSparesMost) {
  const Model model = model_of(
      lasting("1 d") + like_parts(4, 2, kSteady) +
      common_cause("p0 = \"8 %\", p1 = \"5 %\", p2 = \"9 %\", p3 = \"7 %\"",
                   ""));
  const ProductChain chain = product_chain(model, 0);
  EXPECT_LT(chain.uncounted_rate * 86400, 1e-12);
  const double known =
      solve_chain(chain, model.horizon).answers.outage_probability;
  expect_both_hold(model, known);
}

TEST(RareStrikes, RepairedEachByItself) {
  const Model model =
      model_of(lasting("1 d") + like_parts(3, 2, kSteady) +
               common_cause("p0 = \"30 %\", p1 = \"100 %\", p2 = \"3 %\"",
                            "shared_repair = false\n", "5000 h"));
  const ProductChain chain = product_chain(model, 0);
  const double known =
      solve_chain(chain, model.horizon).answers.outage_probability;
  // Strikes on top of strikes, beyond those that the chain counts.
  expect_both_hold(model, known, 0.05, chain.uncounted_rate * 86400);
}

TEST(RareStrikes, OfAFaultAtARateAndOneAtATime) {
  expect_as_simulated(lasting("2 d") +
                      like_parts(3, 2,
                                 laws("exponential(mean 200 h)",
                                      "lognormal(median 2 h, sigma 0.5)")) +
                      "[fault.now-and-then]\nrate = \"1 per week\"\nwhere = "
                      "\"p0\"\nends = \"exponential(mean 3 h)\"\n"
                      "[fault.drill]\nat = \"20 h\"\nwhere = \"p1\"\nends = "
                      "\"2 h\"\n");
}

// One in a thousand switch-overs fails: far likelier than two failures at once.
TEST(RareSwitches, ThatDoNotTurnAreFoundByBoth) {
  const Model model = model_of(
      lasting("7 d") + "[service.web]\nkind = \"product\"\nneeds = [\"db\"]\n" +
      pair_of("db", "coverage = \"99.9 %\"",
              laws("exponential(mean 9000 h)", "exponential(mean 3 h)")));
  const double known = exact_rare(model);
  EXPECT_LT(known, 1e-4);
  expect_both_hold(model, known);
}

// Two of three pairs must serve; each is lost by two failures, or by one and a
// switch-over that fails.
TEST(RareSwitches, ThatDoNotTurnStandBetweenLevels) {
  const std::string fails =
      laws("exponential(mean 400 h)", "exponential(mean 2 h)");
  const std::string need = "coverage = \"99.9 %\"";
  const Model model = model_of(
      lasting("7 d") +
      "[service.web]\nkind = \"product\"\nneeds.q = { kind = \"quorum\", "
      "at_least = 2, of = [\"x\", \"y\", \"z\"] }\n" +
      pair_of("x", need, fails) + pair_of("y", need, fails) +
      pair_of("z", need, fails));
  const double known = exact_rare(model);
  EXPECT_LT(known, 1e-4);
  expect_both_hold(model, known);
}

TEST(RareSwitches, ThatTakeTheirTimeKeepTheirLaw) {
  const std::string fails =
      laws("exponential(mean 120 h)", "lognormal(median 5 h, sigma 1)");
  const std::string need =
      "detection = \"lognormal(median 10 min, sigma 1)\", switch_time = \"30 "
      "min\", coverage = \"90 %\"";
  expect_as_simulated(
      lasting("7 d") +
      "[service.web]\nkind = \"product\"\nneeds.q = { kind = \"quorum\", "
      "at_least = 1, of = [\"x\", \"y\"] }\n" +
      pair_of("x", need, fails) + pair_of("y", need, fails));
}

TEST(RareRefusal, NamesEachPartAndTheWayOut) {
  const Model model = model_of(
      lasting("1 d") +
      like_parts(2, 1, kSteady + ", severity = \"uniform(10 %, 90 %)\"") +
      common_cause("p0 = \"2 %\", p1 = \"1 %\"", "stationary = true\n"));
  const std::vector<RareRefusal> refusals = rare_refusals(model);
  ASSERT_EQ(refusals.size(), 1U);
  EXPECT_THAT(
      refusals[0].why,
      ElementsAre(HasSubstr("its severity is drawn anew each time; give it as "
                            "one number"),
                  HasSubstr("p1: its severity"),
                  "common cause flood: repairs may be going on at the "
                  "beginning; leave out `stationary`"));
  EXPECT_TRUE(rare_outages(model).empty());
}

}  // namespace
}  // namespace outagesim
