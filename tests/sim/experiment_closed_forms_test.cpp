// What strategies save, against closed forms.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/experiment/compare.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

const std::string kFrame =
    "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"400 h\"\n"
    "outage_ends_after = \"0 s\"\nparallel_correlation = 0.0\n";

// The effect of the second model on a metric of the first's product.
StrategyEffect effect_on(const std::string& metric, const Model& baseline,
                         const Model& strategy, std::uint64_t n = 20000) {
  const CompareResult result = run_comparison(
      {{"(baseline)", &baseline}, {"strategy", &strategy}}, {n, 1, 2});
  const auto& metrics = result.comparison.metrics();
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    if (metrics[i].metric->name == metric &&
        metrics[i].subject.scope == Scope::kProduct) {
      return result.comparison.differences(i)[1];
    }
  }
  ADD_FAILURE() << metric << " is not compared";
  return {};
}

// The interval is 1.96 standard errors to either side; four are allowed.
void expect_saves(const StrategyEffect& effect, double known) {
  const double error =
      (effect.difference.high - effect.difference.low) / 2 / 1.96;
  EXPECT_GT(error, 0);
  EXPECT_NEAR(effect.difference.value, known, 4 * error);
}

// Two faults at once, each an hour's work in the mean.
std::string two_faults(int responders) {
  std::string text = kFrame +
                     "[service.shop]\nkind = \"product\"\nneeds = [\"a\", "
                     "\"b\"]\n[service.a]\n[service.b]\n[team.ops]\n"
                     "responders = " +
                     std::to_string(responders) + "\n";
  for (const std::string name : {"a", "b"}) {
    text += "[fault.f" + name + "]\nat = \"0 min\"\nwhere = \"" + name +
            "\"\neffect = \"down\"\n[response.f" + name +
            "]\nteam = \"ops\"\n[remedy.fix-" + name + "]\nfor = \"f" + name +
            "\"\nteam = \"ops\"\nfirst = \"exponential(mean 60 min)\"\ndoes = "
            "\"repair\"\n";
  }
  return text;
}

TEST(ClosedForm, OfASecondResponderIsTheMaximumInsteadOfTheSum) {
  // E(X + Y) = 120 min; E(max(X, Y)) = 60 + 60 - 30 = 90 min.
  expect_saves(
      effect_on("mttr", model_of(two_faults(1)), model_of(two_faults(2))),
      -30.0 * 60);
}

std::string suppliers(const std::string& needs) {
  const std::string fails =
      "kind = \"supplier\"\nfails = { time_to_failure = \"exponential(mean 90 "
      "h)\", time_to_repair = \"exponential(mean 10 h)\", stationary = true "
      "}\n";
  return kFrame + "[service.shop]\nkind = \"product\"\n[service.shop.needs]\n" +
         "supplier = " + needs + "\n[service.first]\n" + fails +
         "[service.second]\n" + fails;
}

TEST(ClosedForm, OfASecondIndependentSupplierIsTheSquare) {
  // Each is down a tenth of the time; both at once a hundredth.
  const StrategyEffect effect = effect_on(
      "availability_time",
      model_of(suppliers("{ kind = \"hard\", on = \"first\" }")),
      model_of(suppliers("{ kind = \"any\", of = [\"first\", \"second\"], "
                         "switch = \"automatic\", switch_back = true }")));
  expect_saves(effect, 0.1 - 0.01);
}

std::string beta(const std::string& needs) {
  return kFrame + "[service.shop]\nkind = \"product\"\n[service.shop.needs]\n" +
         "supplier = " + needs +
         "\n[service.first]\nkind = \"supplier\"\n[service.second]\nkind = "
         "\"supplier\"\n[fault.f]\nat = \"0 min\"\nwhere = \"first\"\nends = "
         "\"exponential(mean 60 min)\"\n[fault.both]\nwhen = \"fault f "
         "started\"\nhappens = \"20 %\"\nwhere = \"second\"\nends = "
         "\"exponential(mean 60 min)\"\n";
}

TEST(ClosedForm, OfABetaFactorIsItsShareOfTheMinimum) {
  // One in five takes both, and then the first to return ends it: 30 min.
  // [Fleming75]
  const StrategyEffect effect = effect_on(
      "downtime", model_of(beta("{ kind = \"hard\", on = \"first\" }")),
      model_of(beta("{ kind = \"any\", of = [\"first\", \"second\"], switch = "
                    "\"automatic\" }")));
  expect_saves(effect, (0.2 * 30 - 60) * 60);
}

}  // namespace
}  // namespace outagesim
