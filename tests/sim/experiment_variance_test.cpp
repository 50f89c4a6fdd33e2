// What --variance-reduction claims: the truth is covered as often as before,
// and the variance is as much smaller as it says.
#include <gtest/gtest.h>

#include "sim/core/byte_archive.h"
#include "sim/experiment/monte_carlo.h"
#include "sim/experiment/statistics.h"
#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

const std::string kFrame =
    "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"1000 h\"\n"
    "outage_ends_after = \"0 s\"\n";
const std::string kFails =
    "fails = { time_to_failure = \"exponential(mean 100 h)\", "
    "time_to_repair = \"exponential(mean 5 h)\" }\n";

// Three in series: the mean over the horizon of the cube of what one alone is
// up, a + (1 - a) exp(-t / s), as the sum of its powers.
double exact_availability() {
  const double a = 100.0 / 105, s = 100.0 * 5 / 105, horizon = 1000;
  const auto mean = [&](double k) {
    return -s / (k * horizon) * std::expm1(-k * horizon / s);
  };
  const double b = 1 - a;
  return a * a * a + 3 * a * a * b * mean(1) + 3 * a * b * b * mean(2) +
         b * b * b * mean(3);
}

const Model& series() {
  static const Model kModel = model_of(
      kFrame + "[service.a]\n" + kFails + "[service.b]\n" + kFails +
      "[service.p]\nkind = \"product\"\nneeds = [\"a\", \"b\"]\n" + kFails);
  return kModel;
}

// The n replications from `first` on.
ControlledMean availability(const Model& model, Engine& engine,
                            std::uint64_t first, std::uint64_t n) {
  const LinearControls controls = linear_controls(model);
  const double watched = (model.horizon - model.begins).value;
  ControlledMean mean;
  for (std::uint64_t i = first; i < first + n; ++i) {
    const Replication& replication = engine.run(11, i);
    mean.add(i, replication.products[0].served_time / watched,
             centred(controls.lost[0], replication.failed_time));
  }
  return mean;
}

TEST(VarianceReductionStatistics, CoversTheExactAvailability) {
  constexpr std::uint64_t kExperiments = 1000, kEach = 400;
  const double truth = exact_availability();
  Engine engine(series());
  int covered = 0;
  Mean values, gains, plain;
  for (std::uint64_t e = 0; e < kExperiments; ++e) {
    const ControlledMean mean =
        availability(series(), engine, e * kEach, kEach);
    const Estimate estimate = mean.estimate();
    covered += estimate.low <= truth && truth <= estimate.high ? 1 : 0;
    values.add(estimate.value);
    gains.add(mean.gain());
    double sum = 0;
    for (const PairMoments& part : mean.parts) sum += part.a.sum.value();
    plain.add(sum / kEach);
  }
  EXPECT_NEAR(covered / 1000.0, 0.95, 4 * std::sqrt(0.95 * 0.05 / 1000));
  EXPECT_NEAR(values.mean(), truth, 4 * standard_error(values));
  // How much the estimates really vary less; each variance of 1,000 normal
  // numbers is known to 4.5 %.
  const double real = plain.variance() / values.variance();
  EXPECT_GT(real, 10);
  EXPECT_NEAR(gains.mean() / real, 1, 4 * 0.045 * std::sqrt(2));
}

TEST(VarianceReduction, TakesTheWholeVarianceOfALoneService) {
  const Model model =
      model_of(kFrame + "[service.p]\nkind = \"product\"\n" + kFails);
  MonteCarloOptions options;
  options.replications = 256;
  options.threads = 1;
  options.reduce_variance = true;
  const MonteCarloResult result = run_monte_carlo(model, options);
  const Estimate mean = estimate_of(result.summary, "availability_time",
                                    {Scope::kProduct, 0}, "mean");
  const double a = 100.0 / 105, s = 100.0 * 5 / 105;
  const double exact = a - (1 - a) * s / 1000 * std::expm1(-1000 / s);
  EXPECT_NEAR(mean.value, exact, 1e-12);
  // All is explained, but 256 runs vouch for no more than 256 / 5 times less.
  options.reduce_variance = false;
  const Estimate plain =
      estimate_of(run_monte_carlo(model, options).summary, "availability_time",
                  {Scope::kProduct, 0}, "mean");
  const double ratio = (mean.high - mean.low) / (plain.high - plain.low);
  EXPECT_NEAR(ratio, std::sqrt(5.0 / 256), 1e-4);
}

TEST(VarianceReduction, IsTheSameForAnyNumberOfThreads) {
  MonteCarloOptions options;
  options.replications = 200;
  options.threads = 1;
  options.reduce_variance = true;
  Summary one = run_monte_carlo(series(), options).summary;
  options.threads = 3;
  Summary three = run_monte_carlo(series(), options).summary;
  EXPECT_EQ(bytes_of(one), bytes_of(three));
}

TEST(VarianceReduction, LeavesQuantilesAlone) {
  MonteCarloOptions options;
  options.replications = 200;
  options.threads = 1;
  const Summary plain = run_monte_carlo(series(), options).summary;
  options.reduce_variance = true;
  const Summary reduced = run_monte_carlo(series(), options).summary;
  const auto read = [](const Summary& summary, std::string_view statistic) {
    return estimate_of(summary, "downtime", {}, statistic);
  };
  EXPECT_EQ(read(plain, "p90").value, read(reduced, "p90").value);
  const Estimate a = read(plain, "mean"), b = read(reduced, "mean");
  EXPECT_LT(4 * (b.high - b.low), a.high - a.low);
  EXPECT_EQ(plain.controlled(0), nullptr);
}

TEST(LinearControls, WeighWhatEachFailureAloneTakes) {
  const Model model = model_of(
      kFrame + "[service.a]\n" + kFails + "[service.b]\n" + kFails +
      "[service.c]\n" + kFails +
      "[service.p]\nkind = \"product\"\n[service.p.needs]\n"
      "a = { kind = \"hard\", share = \"25 %\" }\n"
      "pair = { kind = \"quorum\", of = [\"b\", \"c\"], at_least = 1 }\n");
  const LinearControls controls = linear_controls(model);
  ASSERT_EQ(controls.lost.at(0).terms.size(), 1U);
  EXPECT_EQ(controls.lost[0].terms[0].weight, 0.25);
  EXPECT_EQ(controls.out.at(0).terms.size(), 1U);
  EXPECT_EQ(controls.any_out.terms.size(), 1U);
}

TEST(LinearControls, KnowTheMeanOfEachProcessOrLeaveItOut) {
  Process process;
  process.time_to_failure = Distribution(Exponential{100});
  process.time_to_repair = Distribution(Exponential{5});
  // The formula of [Cox62], integrated by hand in another form.
  const double rate = 1.0 / 100 + 1.0 / 5;
  const double known = 5.0 / 105 * (50 - (1 - std::exp(-50 * rate)) / rate);
  EXPECT_NEAR(mean_time_failed(process, Seconds{50}).value, known, 1e-12);
  process.time_to_repair = Distribution(Fixed{5});
  EXPECT_TRUE(std::isnan(mean_time_failed(process, Seconds{50}).value));
  process.stationary = true;
  EXPECT_NEAR(mean_time_failed(process, Seconds{50}).value, 50 * 5.0 / 105,
              1e-12);
  process.start_to_start = true;
  EXPECT_TRUE(std::isnan(mean_time_failed(process, Seconds{50}).value));
}

// The control's mean is 0 as the engine has it, in equilibrium too.
TEST(LinearControls, AreZeroOnAverage) {
  for (const char* extra : {"", "stationary = true, "}) {
    const Model model = model_of(
        kFrame + "[service.p]\nkind = \"product\"\nfails = { " + extra +
        "time_to_failure = \"exponential(mean 60 h)\", time_to_repair = "
        "\"exponential(mean 20 h)\" }\n");
    const LinearControls controls = linear_controls(model);
    expect_near(mean_over(model, 4000,
                          [&](const Replication& replication) {
                            return centred(controls.lost[0],
                                           replication.failed_time);
                          }),
                0);
  }
}

}  // namespace
}  // namespace outagesim
