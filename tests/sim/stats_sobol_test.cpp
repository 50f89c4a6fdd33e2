// Sobol's indices against closed forms.
#include "sim/stats/sobol.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

using Function = std::function<double(const std::vector<double>&)>;

// `noise`: standard deviation of each of the two simulations of a value.
std::vector<SobolRow> rows_of(const Function& f, std::size_t inputs,
                              std::size_t n, double noise = 0,
                              std::uint64_t seed = 5) {
  std::vector<SobolRow> rows;
  for (std::size_t j = 0; j < n; ++j) {
    Stream stream({.seed = seed, .replication = j});
    std::vector<double> a(inputs), b(inputs);
    for (double& x : a) x = stream.next();
    for (double& x : b) x = stream.next();
    const auto value = [&](const std::vector<double>& x) {
      const double exact = f(x);
      return Twice{exact + noise * normal(stream),
                   exact + noise * normal(stream)};
    };
    SobolRow row{value(a), value(b), {}};
    for (std::size_t i = 0; i < inputs; ++i) {
      std::vector<double> mixed = a;
      mixed[i] = b[i];
      row.mixed.push_back(value(mixed));
    }
    rows.push_back(row);
  }
  return rows;
}

// [Ishigami90] with a = 7 and b = 0.1, inputs uniform from -pi to pi.
double ishigami(const std::vector<double>& u) {
  const auto x = [&](std::size_t i) {
    return std::numbers::pi * (2 * u[i] - 1);
  };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) +
         0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

struct Known {
  double variance, first[3], total[3];
};
Known ishigami_indices() {
  const double pi4 = std::pow(std::numbers::pi, 4);
  const double v1 = 0.5 * std::pow(1 + 0.1 * pi4 / 5, 2);
  const double v2 = 49.0 / 8;
  const double v13 = 0.01 * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
  const double v = v1 + v2 + v13;
  return {v, {v1 / v, v2 / v, 0}, {(v1 + v13) / v, v2 / v, v13 / v}};
}

void expect_known(const SobolIndices& found) {
  const Known known = ishigami_indices();
  const auto near = [](const Estimate& e, double truth) {
    const double error = (e.high - e.low) / 2 / 1.96;
    EXPECT_GT(error, 0);
    EXPECT_NEAR(e.value, truth, 4 * error);
  };
  near(found.variance, known.variance);
  for (std::size_t i = 0; i < 3; ++i) {
    near(found.first[i], known.first[i]);
    if (known.total[i] > 0) near(found.total[i], known.total[i]);
  }
}

TEST(Sobol, FindsTheIndicesOfIshigamisFunction) {
  const SobolIndices found = sobol_indices(rows_of(ishigami, 3, 8192), 1);
  expect_known(found);
  EXPECT_NEAR(found.first[1].value, 0.4424, 0.05);
  EXPECT_NEAR(found.total[2].value, 0.2437, 0.03);
}

TEST(Sobol, TakesTheNoiseOfSimulationOut) {
  // As much noise as there is signal: without two simulations of each value
  // the total index of an idle input would be near one half.
  const auto rows = rows_of(
      [](const std::vector<double>& u) { return ishigami(u); }, 4, 8192, 3.7);
  const SobolIndices found = sobol_indices(rows, 1);
  expect_known(found);
  const Estimate& idle = found.total[3];
  EXPECT_LE(idle.low, 0);
  EXPECT_GE(idle.high, 0);
  EXPECT_LT(idle.high, 0.1);
}

TEST(Sobol, OfASumAreTheShareOfEachVariance) {
  const auto found = sobol_indices(
      rows_of([](const std::vector<double>& u) { return u[0] + 2 * u[1]; }, 2,
              4096),
      1);
  EXPECT_NEAR(found.variance.value, 5.0 / 12, 0.05);
  EXPECT_NEAR(found.first[0].value, 0.2, 0.05);
  EXPECT_NEAR(found.total[1].value, 0.8, 0.05);
}

TEST(Sobol, TotalIntervalsCoverTheTruthNineteenTimesInTwenty) {
  int covered = 0;
  for (int k = 0; k < kExperiments; ++k) {
    const auto rows =
        rows_of([](const std::vector<double>& u) { return u[0] + 2 * u[1]; }, 2,
                256, 0.1, 1000 + static_cast<std::uint64_t>(k));
    const Estimate total = sobol_indices(rows, 1).total[1];
    covered += total.low <= 0.8 && 0.8 <= total.high ? 1 : 0;
  }
  EXPECT_NEAR(covered / double{kExperiments}, 0.95, coverage_error());
}

TEST(Sobol, AreNotDefinedWhereNothingVaries) {
  const auto found = sobol_indices(
      rows_of([](const std::vector<double>&) { return 3.0; }, 2, 16), 1);
  EXPECT_EQ(found.variance.value, 0);
  EXPECT_TRUE(std::isnan(found.first[0].value));
}

}  // namespace
}  // namespace outagesim
