// From a history to laws, from the laws to a scenario, from the scenario back
// to what the history says: the rate of failures and the time to repair.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "models/base/normal.h"
#include "models/base/utc_time.h"
#include "tests/cli/program.h"

namespace outagesim::testing {
namespace {

using ::testing::HasSubstr;

using Row = std::map<std::string, std::string>;

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ',');) {
    fields.push_back(field);
  }
  return fields;
}

std::vector<Row> rows_of(const fs::path& file) {
  std::istringstream in(file_text(file));
  std::string line;
  std::getline(in, line);
  const auto names = fields_of(line);
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    const auto fields = fields_of(line);
    Row& row = rows.emplace_back();
    const std::size_t n = std::min(names.size(), fields.size());
    for (std::size_t i = 0; i < n; ++i) row[names[i]] = fields[i];
  }
  return rows;
}

double number(const Row& row, const std::string& name) {
  return std::stod(row.at(name));
}

// 400 failures, Weibull gaps of shape 0.8 and scale 100 h, repairs lognormal of
// median 10 min and sigma 0.8: by quantiles at two sequences that fill the unit
// square evenly.
void write_history(const fs::path& path) {
  std::ofstream file(path);
  file << "start,end\n";
  double t = 1577836800;
  for (int i = 1; i <= 400; ++i) {
    const double u = std::fmod(i * 0.7548776662466927, 1.0);
    const double v = std::fmod(i * 0.5698402909980532, 1.0);
    t += 360'000 * std::pow(-std::log1p(-u), 1 / 0.8);
    const double length = 600 * std::exp(0.8 * normal_quantile(Probability{v}));
    const auto start = static_cast<std::int64_t>(t);
    file << to_text(UtcTime{start}) << ','
         << to_text(UtcTime{start + static_cast<std::int64_t>(length)}) << '\n';
  }
}

// Of the chosen law, in s.
double fitted_mean(const std::vector<Row>& fits, const std::string& what) {
  for (const Row& fit : fits) {
    if (fit.at("what") != what || fit.at("chosen") != "1") continue;
    const double first = number(fit, "first");
    if (fit.at("law") == "weibull") {
      return number(fit, "second") * std::tgamma(1 + 1 / first);
    }
    if (fit.at("law") == "lognormal") {
      const double sigma = number(fit, "second");
      return first * std::exp(sigma * sigma / 2);
    }
  }
  ADD_FAILURE() << "another law was chosen for " << what;
  return 0;
}

// The simulated mean lies within four standard errors of the value.
void expect_simulated(const std::vector<Row>& summary,
                      const std::string& metric, double value) {
  for (const Row& row : summary) {
    const bool wanted = row.at("scope") == "product" &&
                        row.at("metric") == metric &&
                        row.at("statistic") == "mean";
    if (!wanted) continue;
    const double error =
        (number(row, "ci_high") - number(row, "ci_low")) / (2 * 1.96);
    EXPECT_LT(error, 0.02 * value) << metric << ": too few to say anything";
    EXPECT_NEAR(number(row, "value"), value, 4 * error) << metric;
    return;
  }
  ADD_FAILURE() << "no " << metric;
}

TEST(CalibratedSystem, FailsAndIsRepairedAsItsHistorySays) {
  const Scratch scratch;
  const fs::path log = scratch.path() / "log.csv";
  write_history(log);
  const std::string folder = (scratch.path() / "laws").string();
  const Ran fitted =
      run({"calibrate", log.string(), "--bootstrap", "0", "--out", folder});
  ASSERT_EQ(fitted.code, 0) << fitted.err;
  const auto fits = rows_of(fs::path(folder) / "fits.csv");
  const double gap = fitted_mean(fits, "time between starts");
  const double repair = fitted_mean(fits, "time to resolve");
  // Those of the laws that made it: 113.3 h and 13.8 min, by 400.
  EXPECT_NEAR(gap / 407'904, 1, 4 * 1.26 / std::sqrt(400));
  EXPECT_NEAR(repair / 826.3, 1, 4 * 0.95 / std::sqrt(400));

  const fs::path scenario = fs::path(folder) / "year.toml";
  std::ofstream(scenario) << "format = 1\nsystem = \"calibrated.toml\"\n"
                             "[scenario]\nstart = 2024-01-01T00:00:00Z\n"
                             "horizon = \"365 d\"\n"
                             "outage_ends_after = \"1 s\"\n";
  const Ran year = run({"run", scenario.string(), "--replications", "300",
                        "--quiet", "--out", folder});
  ASSERT_EQ(year.code, 0) << year.err;
  const auto summary = rows_of(fs::path(folder) / "summary.csv");
  expect_simulated(summary, "outages_per_year", 365 * 86400 / gap);
  expect_simulated(summary, "mttr", repair);

  const Ran check = run({"check", scenario.string(), "--replications", "300"});
  EXPECT_EQ(check.code, 0) << check.out << check.err;
  EXPECT_THAT(check.out, HasSubstr("numbers that could be judged agree"));
}

}  // namespace
}  // namespace outagesim::testing
