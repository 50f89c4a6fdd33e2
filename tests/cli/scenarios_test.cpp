// Every scenario that is shipped runs, and shows what its first lines promise.
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/program.h"
#include "tests/support/source_tree.h"

namespace outagesim::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

using Row = std::map<std::string, std::string>;

// Splits at commas; no field that is read here has one in quotes before it.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::string field;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.push_back(std::exchange(field, {}));
    } else if (c != '\r') {
      field += c;
    }
  }
  fields.push_back(field);
  return fields;
}

std::vector<Row> read_csv(const fs::path& path) {
  std::istringstream lines(file_text(path));
  std::string line;
  std::getline(lines, line);
  const auto header = fields_of(line);
  std::vector<Row> rows;
  while (std::getline(lines, line)) {
    const auto fields = fields_of(line);
    Row row;
    for (size_t i = 0; i < std::min(header.size(), fields.size()); ++i) {
      row[header[i]] = fields[i];
    }
    rows.push_back(row);
  }
  return rows;
}

// The results of one run, read back from its files.
class Results {
 public:
  Results(const std::string& scenario, int replications,
          const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"run",
                                   "scenarios/" + scenario + ".toml",
                                   "--seed",
                                   "1",
                                   "--quiet",
                                   "--replications",
                                   std::to_string(replications),
                                   "--out",
                                   scratch_.path().string()};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run(words);
    EXPECT_EQ(ran.code, 0) << ran.err;
    summary_ = read_csv(scratch_.path() / "summary.csv");
    observed = read_csv(scratch_.path() / "observed.csv");
  }

  // NaN where there is no such row.
  double value(const std::string& name, const std::string& metric,
               const std::string& statistic) const {
    return number(name, metric, statistic, "value");
  }

  // From the width of the 95 % interval.
  double standard_error(const std::string& name, const std::string& metric,
                        const std::string& statistic) const {
    return (number(name, metric, statistic, "ci_high") -
            number(name, metric, statistic, "ci_low")) /
           (2 * 1.96);
  }

  std::vector<Row> observed;

 private:
  double number(const std::string& name, const std::string& metric,
                const std::string& statistic, const std::string& column) const {
    for (const Row& row : summary_) {
      if (row.at("name") == name && row.at("metric") == metric &&
          row.at("statistic") == statistic) {
        return std::stod(row.at(column));
      }
    }
    return std::nan("");
  }

  Scratch scratch_;
  std::vector<Row> summary_;
};

std::vector<std::string> shipped() {
  std::vector<std::string> names;
  const fs::path folder = source_tree() / "scenarios";
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class ShippedScenario : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedScenario, SaysWhatItShowsAndWhatToExpect) {
  const auto text =
      file_text(source_tree() / "scenarios" / GetParam() += ".toml");
  EXPECT_NE(text.find("\nshows = "), std::string::npos);
  EXPECT_NE(text.find("\nexpect = "), std::string::npos);
}

TEST_P(ShippedScenario, IsValidAndRuns) {
  const std::string path = "scenarios/" + GetParam() + ".toml";
  EXPECT_EQ(run({"validate", path}).code, 0);
  const Ran ran = run({"run", path, "--replications", "20", "--quiet"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
}

INSTANTIATE_TEST_SUITE_P(All, ShippedScenario, ::testing::ValuesIn(shipped()),
                         test_name);

// Milestones that fell outside the simulated 90 % band.
std::vector<std::string> surprises(const Results& results) {
  std::vector<std::string> outside;
  for (const Row& row : results.observed) {
    if (row.at("inside_90") != "true" && row.at("inside_90") != "1") {
      outside.push_back(row.at("product") + " " + row.at("milestone") + " " +
                        row.at("percentile"));
    }
  }
  return outside;
}

// The 90 % bands are at most a fifth wider than docs/scenarios.md says, in
// minutes: an endless band would hold anything.
void expect_widths(const Results& results, const std::vector<double>& stated) {
  ASSERT_EQ(results.observed.size(), stated.size());
  for (size_t i = 0; i < stated.size(); ++i) {
    const Row& row = results.observed[i];
    EXPECT_LE(std::stod(row.at("band_90_s")), 1.2 * 60 * stated[i])
        << row.at("product") << " " << row.at("milestone");
  }
}

TEST(SupplierPowerStatistics, SparesTextAndHurtsChatGptLongest) {
  const Results results("openai-2024-12-26-supplier-power", 2000);
  EXPECT_EQ(results.value("api-text", "failed_requests", "mean"), 0);
  EXPECT_GT(results.value("chatgpt", "failed_requests", "mean"), 0);
  EXPECT_GT(results.value("chatgpt", "ttr", "p50"),
            results.value("sora", "ttr", "p50"));
}

TEST(SupplierPowerStatistics, HasWhatWasRecordedWithinItsBands) {
  const Results results("openai-2024-12-26-supplier-power", 2000);
  expect_widths(results, {90, 720, 910, 720, 800});
  EXPECT_THAT(surprises(results), IsEmpty());
}

TEST(TelemetryStatistics, HasWhatWasRecordedWithinItsBands) {
  const Results results("openai-2024-12-11-telemetry", 300);
  expect_widths(results, {17, 56, 660, 660, 660, 740, 740, 740});
  EXPECT_THAT(surprises(results), IsEmpty());
}

// What was recorded of a year, each with the standard error of the record
// (232 incidents of the API, 146 of ChatGPT, days with one 62 and 63): counts
// by Poisson times the gaps' coefficients of variation (1.6 and 1.3), medians
// and p90 of a lognormal, shares by binomial. p90 is of joined outages, as
// `ttr` is. Availability was fitted: 5e-5 is the rounding of the record's last
// digit, which checks the fit and predicts nothing.
struct Recorded {
  std::string name, metric, statistic;
  double value, standard_error;
};

void PrintTo(const Recorded& recorded, std::ostream* stream) {
  *stream << recorded.name << " " << recorded.metric;
}

class OpenAiYearStatistics : public ::testing::TestWithParam<Recorded> {};

TEST_P(OpenAiYearStatistics, IsWhatWasRecordedWithinTwoStandardErrors) {
  static const Results year("openai-year", 400);
  const auto& [name, metric, statistic, value, error] = GetParam();
  const double simulated = year.value(name, metric, statistic);
  const double own = year.standard_error(name, metric, statistic);
  EXPECT_NEAR(simulated, value, 2 * std::hypot(error, own))
      << name << " " << metric << " " << statistic;
}

INSTANTIATE_TEST_SUITE_P(
    All, OpenAiYearStatistics,
    ::testing::Values(
        Recorded{"api", "incidents", "mean", 66.1, 1.6 * 66.1 / std::sqrt(247)},
        Recorded{"chatgpt", "incidents", "mean", 86.7,
                 1.3 * 86.7 / std::sqrt(155)},
        Recorded{"api", "ttr", "p50", 72.5 * 60, 6.6 * 60},
        Recorded{"chatgpt", "ttr", "p50", 79.5 * 60, 8.9 * 60},
        Recorded{"api", "ttr", "p90", 284 * 60, 35 * 60},
        Recorded{"chatgpt", "ttr", "p90", 317 * 60, 48 * 60},
        Recorded{"api", "availability_time", "mean", 0.9982, 5e-5},
        Recorded{"chatgpt", "availability_time", "mean", 0.9966, 5e-5},
        Recorded{"chatgpt|api", "same_day", "probability", 0.50, 0.063},
        Recorded{"api|chatgpt", "same_day", "probability", 0.49, 0.063}));

// Overload that outlives its trigger: with each remedy of the strategies the
// outage is a hundredth of what it is without.
TEST(RetryStorm, EndsBySheddingOrNeverBegins) {
  const Results storm("retry-storm", 30);
  EXPECT_GT(storm.value("shop", "failed_requests", "mean"), 500'000);
  for (const std::string set :
       {"service.checkout.needs.database.retry.budget=10 %",
        "service.database.serves.queue=800",
        "service.database.serves.drop_expired=true"}) {
    const Results spared("retry-storm", 30, {"--set", set});
    EXPECT_LT(spared.value("shop", "failed_requests", "mean"), 20'000) << set;
  }
}

TEST(ThunderingHerd, KeepsTheGatewaySaturatedAfterItsReturn) {
  const Results herd("thundering-herd", 2);
  const Results spread("thundering-herd", 2,
                       {"--set", "fault.herd.effect.load=2.7", "--set",
                        "fault.herd.ends=5 min"});
  EXPECT_GT(herd.value("messenger", "ttr", "p50"), 12 * 60);
  EXPECT_LT(spread.value("messenger", "ttr", "p50"), 11.6 * 60);
}

TEST(ColdCache, OutlivesItsRestartOfAMinute) {
  const Results cold("cold-cache", 2);
  EXPECT_GT(cold.value("catalogue", "ttr", "p50"), 4 * 60);
  const Results kept(
      "cold-cache", 2,
      {"--set", "service.catalogue.needs.database.cache.in=database"});
  EXPECT_EQ(kept.value("catalogue", "failed_requests", "mean"), 0);
}

// The control plane tells at the first wave what the workload hides.
TEST(PhasedRollout, IsStoppedSoonestByACheckOfTheControlPlane) {
  const auto lost = [](const std::string& services) {
    return Results("phased-rollout", 60,
                   {"--set", "change.agent.check={ services = " + services +
                                 ", below = \"99 %\", rollback = \"5 min\" }"})
        .value("shop", "failed_requests", "mean");
  };
  const double none =
      Results("phased-rollout", 60).value("shop", "failed_requests", "mean");
  const double workload = lost("[\"shop\"]");
  const double control_plane = lost("[\"control-plane\"]");
  EXPECT_LE(workload, none);
  EXPECT_LT(control_plane, 0.7 * none);
  EXPECT_LT(control_plane, workload);
}

TEST(TelemetryBlind, AnOutOfBandMonitorBringsDetectionBack) {
  const Results blind("telemetry-blind", 200);
  const Results probed("telemetry-blind", 200,
                       {"--set",
                        "response.platform-fails.detect.probe="
                        "uniform(1 min, 3 min)"});
  const Results apart("telemetry-blind", 200,
                      {"--set", "service.telemetry.needs=[]"});
  EXPECT_GT(blind.value("chat", "ttd", "p50"), 10 * 60);
  EXPECT_LT(probed.value("chat", "ttd", "p50"), 4 * 60);
  EXPECT_LT(apart.value("chat", "ttr", "p50"),
            0.7 * probed.value("chat", "ttr", "p50"));
}

// Base rates to which the scenario is fitted, within four standard errors of
// the simulation.
TEST(YearStatistics, ReproducesIncidentsBeforeTheyAreJoined) {
  const Results results("openai-year", 500);
  EXPECT_NEAR(results.value("api", "incidents", "mean"), 66, 4 * 0.56);
  EXPECT_NEAR(results.value("chatgpt", "incidents", "mean"), 87, 4 * 0.52);
}

// Joined by the same rule: recorded 62 and 83, give or take a tenth (247 and
// 155 gaps of coefficients of variation 1.6 and 1.3).
TEST(YearStatistics, PredictsOutagesAfterJoining) {
  const Results results("openai-year", 500);
  EXPECT_NEAR(results.value("api", "outages_per_year", "mean"), 62, 6);
  EXPECT_NEAR(results.value("chatgpt", "outages_per_year", "mean"), 83, 8);
}

// Within two standard errors of the record: of a lognormal law's median
// sigma / sqrt(n), of its p90 1.35 times that. `ttr` is of joined outages,
// whose recorded p90 are 284 and 317 min; 285 and 307 are of incidents
// unjoined, which no metric tells.
TEST(YearStatistics, ReproducesTimesToResolve) {
  const Results results("openai-year", 500);
  const double api = 2 * 1.1018 / std::sqrt(232);
  const double chatgpt = 2 * 1.0792 / std::sqrt(146);
  const auto log_minutes = [&](const char* product, const char* statistic) {
    return std::log(results.value(product, "ttr", statistic) / 60);
  };
  EXPECT_NEAR(log_minutes("api", "p50"), std::log(72.5), api);
  EXPECT_NEAR(log_minutes("chatgpt", "p50"), std::log(79.5), chatgpt);
  EXPECT_NEAR(log_minutes("api", "p90"), std::log(284), 1.35 * api);
  EXPECT_NEAR(log_minutes("chatgpt", "p90"), std::log(317), 1.35 * chatgpt);
}

// 31 days in common of 62 and of 63: within two standard errors.
TEST(YearStatistics, ReproducesDaysInCommon) {
  const Results results("openai-year", 500);
  EXPECT_NEAR(results.value("chatgpt|api", "same_day", "probability"), 0.50,
              2 * std::sqrt(0.25 / 62));
  EXPECT_NEAR(results.value("api|chatgpt", "same_day", "probability"), 0.49,
              2 * std::sqrt(0.25 / 63));
}

TEST(YearStatistics, ReproducesAvailability) {
  const Results results("openai-year", 500);
  EXPECT_NEAR(results.value("api", "availability_time", "mean"), 0.9982,
              0.0003);
  EXPECT_NEAR(results.value("chatgpt", "availability_time", "mean"), 0.9966,
              0.0005);
}

}  // namespace
}  // namespace outagesim::testing
