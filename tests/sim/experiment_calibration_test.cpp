#include "sim/experiment/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "models/scenario/load.h"
#include "tests/sim/experiments.h"

namespace outagesim {
namespace {

// A log of one service, or of two with what strikes both.
class LogMaker {
 public:
  explicit LogMaker(std::vector<std::string> services) {
    log_.services = std::move(services);
    log_.columns[0] = "start";
    log_.columns[5] = "end";
  }
  void add(double start, double length, std::vector<std::uint32_t> services) {
    LoggedIncident incident;
    incident.moments[0] = UtcTime{static_cast<std::int64_t>(start)};
    incident.moments[5] = UtcTime{static_cast<std::int64_t>(start + length)};
    incident.services = std::move(services);
    log_.incidents.push_back(std::move(incident));
  }
  IncidentLog log() {
    std::ranges::stable_sort(log_.incidents, {}, &LoggedIncident::start);
    log_.watched_until = *log_.incidents.back().end();
    log_.rows = log_.incidents.size();
    return log_;
  }

 private:
  IncidentLog log_;
};

CalibrationOptions without_bootstrap() {
  CalibrationOptions options;
  options.goodness.replicates = 0;
  return options;
}

// Lengths lognormal(60 min, 1), gaps Weibull(0.7, 50 h).
IncidentLog known_log(int n) {
  LogMaker maker({"api"});
  Stream stream{StreamKey{.seed = 7}};
  double t = 1.7e9;
  for (int i = 0; i < n; ++i) {
    t += quantile(Law{Weibull{0.7, 180'000}}, Probability{stream.next()});
    maker.add(t, quantile(Law{Lognormal{3600, 1}}, Probability{stream.next()}),
              {0});
  }
  return maker.log();
}

TEST(CalibrationStatistics, FindsTheLawsThatMadeTheLog) {
  const Calibration all = calibrate(known_log(2000), without_bootstrap());
  const FittedLaw& length = all.services[0].resolve.laws.front();
  ASSERT_EQ(length.family, LawFamily::kLognormal);
  EXPECT_NEAR(length.parameters[0], 3600, 4 * length.errors[0]);
  EXPECT_NEAR(length.parameters[1], 1, 4 * length.errors[1]);
  const FittedLaw& gap = all.services[0].between.laws.front();
  ASSERT_EQ(gap.family, LawFamily::kWeibull);
  EXPECT_NEAR(gap.parameters[0], 0.7, 4 * gap.errors[0]);
  EXPECT_NEAR(gap.parameters[1], 180'000, 4 * gap.errors[1]);
}

TEST(Calibration, LeavesOutWhatIsTooLongOrOfNoLengthAndSaysSo) {
  LogMaker maker({"api"});
  for (int i = 0; i < 12; ++i) maker.add(1e9 + 1e5 * i, 600 + 60 * i, {0});
  maker.add(1e9 + 2e6, 1e6, {0});
  maker.add(1e9 + 3e6, 0, {0});
  CalibrationOptions options = without_bootstrap();
  options.longest = Seconds{86400};
  const TimeFit fit = calibrate(maker.log(), options).services[0].resolve;
  EXPECT_EQ(fit.times.ended.size(), 12U);
  EXPECT_EQ(fit.too_long, 1U);
  EXPECT_EQ(fit.zero, 1U);
  EXPECT_EQ(fit.median, 930);
}

TEST(Calibration, CensorsOpenIncidentsAndTheLastGap) {
  LogMaker maker({"api"});
  for (int i = 0; i < 12; ++i) maker.add(1e9 + 1e5 * i, 600 + 60 * i, {0});
  IncidentLog log = maker.log();
  log.incidents.back().moments[5].reset();
  log.watched_until = UtcTime{log.incidents.back().start().seconds + 5000};
  const Calibration all = calibrate(log, without_bootstrap());
  EXPECT_EQ(all.open, 1U);
  EXPECT_THAT(all.services[0].resolve.times.censored,
              ::testing::ElementsAre(5000));
  EXPECT_THAT(all.services[0].between.times.censored,
              ::testing::ElementsAre(5000));
  EXPECT_EQ(all.services[0].between.times.ended.size(), 11U);
}

// Known by hand: gaps of whole days, the sixth incident's length left out and
// two starts at once. The gaps stay, the open one as asked.
TEST(Calibration, KeepsTheGapsOfIncidentsWhoseLengthIsLeftOut) {
  LogMaker maker({"api"});
  const std::vector<int> days{0, 1, 3, 4, 8, 9, 9, 11, 12, 16, 17, 19};
  for (std::size_t i = 0; i < days.size(); ++i) {
    maker.add(1e9 + 86400.0 * days[i], i == 5 ? 1e6 : 600.0 + days[i], {0});
  }
  IncidentLog log = maker.log();
  log.watched_until = UtcTime{log.incidents.back().start().seconds + 5000};
  CalibrationOptions options = without_bootstrap();
  options.longest = Seconds{86400};
  options.open_gap = false;
  const ServiceHistory without = calibrate(log, options).services[0];
  EXPECT_EQ(without.resolve.times.ended.size(), 11U);
  EXPECT_EQ(without.between.times.ended.size(), 10U);
  EXPECT_EQ(without.between.zero, 1U);
  EXPECT_TRUE(without.between.times.censored.empty());
  EXPECT_DOUBLE_EQ(without.between.mean, 1.9 * 86400);
  options.open_gap = true;
  const ServiceHistory with = calibrate(log, options).services[0];
  EXPECT_THAT(with.between.times.censored, ::testing::ElementsAre(5000));
  EXPECT_EQ(with.between.times.ended, without.between.times.ended);
}

// Whole table of a history by hand: lognormal lengths have a closed form, with
// 1 / n in the spread; Weibull gaps solve two equations [Lawless03, sec. 5.2].
TEST(Calibration, TellsTheTableOfAHistoryByHand) {
  const std::vector<double> minutes{5,  12, 20,  31,  45,  60,  75,
                                    90, 99, 130, 200, 320, 700, 3000};
  const std::vector<double> gap_hours{3,  200, 10, 55,  24, 1, 70,
                                      90, 400, 35, 150, 8,  17};
  LogMaker maker({"api"});
  double start = 1e9;
  for (std::size_t i = 0; i < minutes.size(); ++i) {
    if (i > 0) start += 3600 * gap_hours[i - 1];
    maker.add(start, 60 * minutes[i], {0});
  }
  CalibrationOptions options = without_bootstrap();
  options.longest = Seconds{86400};
  options.open_gap = false;
  const ServiceHistory api = calibrate(maker.log(), options).services[0];
  const auto law = [](const TimeFit& fit, LawFamily family) {
    return *std::ranges::find(fit.laws, family, &FittedLaw::family);
  };
  double mu = 0, squares = 0, mean = 0;
  for (std::size_t i = 0; i < 13; ++i) {
    mean += minutes[i] / 13;
    mu += std::log(minutes[i]) / 13;
  }
  for (std::size_t i = 0; i < 13; ++i) {
    squares += std::pow(std::log(minutes[i]) - mu, 2);
  }
  const FittedLaw length = law(api.resolve, LawFamily::kLognormal);
  EXPECT_EQ(api.resolve.times.ended.size(), 13U);
  EXPECT_EQ(api.resolve.too_long, 1U);
  EXPECT_NEAR(api.resolve.mean, 60 * mean, 1e-9);
  EXPECT_EQ(api.resolve.median, 60 * 75);
  EXPECT_NEAR(std::log(length.parameters[0] / 60), mu, 1e-9);
  EXPECT_NEAR(length.parameters[1], std::sqrt(squares / 13), 1e-9);

  const FittedLaw gap = law(api.between, LawFamily::kWeibull);
  const double shape = gap.parameters[0];
  double powers = 0, weighed = 0, logs = 0;
  for (const double hours : gap_hours) {
    powers += std::pow(hours, shape) / 13;
    weighed += std::pow(hours, shape) * std::log(hours) / 13;
    logs += std::log(hours) / 13;
  }
  EXPECT_EQ(api.between.times.ended.size(), 13U);
  EXPECT_NEAR(weighed / powers - 1 / shape - logs, 0, 1e-9);
  EXPECT_NEAR(gap.parameters[1] / 3600, std::pow(powers, 1 / shape), 1e-6);
}

// A watch of fixed length, many times over: with the open gap the mean gap is
// found; without it, gaps come out too short, for long ones are cut off.
TEST(CalibrationStatistics, ATimeCutOffByAKnownEndBelongsToTheFit) {
  double with = 0;
  double without = 0;
  constexpr int kTimes = 400;
  for (int i = 0; i < kTimes; ++i) {
    LogMaker maker({"api"});
    Stream stream{StreamKey{.seed = 5, .replication = std::uint64_t(i)}};
    double t = 0;
    while (t < 30) {
      maker.add(1e9 + t * 86400, 60, {0});
      t += exponential(stream);
    }
    IncidentLog log = maker.log();
    log.watched_until = UtcTime{1'000'000'000 + 30 * 86400};
    CalibrationOptions options = without_bootstrap();
    const auto rate = [&](bool open_gap) {
      options.open_gap = open_gap;
      const auto laws = calibrate(log, options).services[0].between.laws;
      const auto found =
          std::ranges::find(laws, LawFamily::kExponential, &FittedLaw::family);
      return 86400 / found->parameters[0] / kTimes;
    };
    with += rate(true);
    without += rate(false);
  }
  // The standard error of one is 1/sqrt(30).
  const double error = 1 / std::sqrt(30.0 * kTimes);
  EXPECT_NEAR(with, 1, 4 * error);
  EXPECT_GT(without, 1 + 0.02);
}

// Ten joint days of fifteen of a and twenty of b.
TEST(Calibration, CountsDaysAndOccasionsInCommon) {
  LogMaker maker({"a", "b"});
  for (int i = 0; i < 10; ++i) {
    const double day = 1.7e9 + 2 * 86400.0 * i;
    maker.add(day, 600, {0});
    maker.add(day + 1800, 600 + i, {1});
  }
  for (int i = 0; i < 5; ++i) maker.add(1.8e9 + 86400 * i, 600 + i, {0});
  for (int i = 0; i < 10; ++i) maker.add(1.9e9 + 86400 * i, 600 + i, {1});
  const Calibration all = calibrate(maker.log(), without_bootstrap());
  ASSERT_EQ(all.days.size(), 1U);
  EXPECT_EQ(all.days[0].a_given_b.successes, 10U);
  EXPECT_EQ(all.days[0].a_given_b.n, 20U);
  EXPECT_EQ(all.days[0].b_given_a.n, 15U);
  EXPECT_EQ(all.joint.occasions, 10U);
  EXPECT_EQ(all.joint.struck[0].successes, 10U);
  EXPECT_EQ(all.joint.share[0].n, 15U);
  EXPECT_EQ(all.joint.share[1].n, 20U);
}

TEST(Calibration, CountsStartsByLocalHourAndWeekday) {
  LogMaker maker({"a"});
  // Thursday 1 January 1970, 10:00 UTC, and a week later.
  maker.add(10 * 3600, 60, {0});
  maker.add(10 * 3600 + 7 * 86400, 60, {0});
  const Calibration all = calibrate(maker.log(), without_bootstrap());
  EXPECT_EQ(all.hours[10], 2U);
  EXPECT_EQ(all.weekdays[3], 2U);
  EXPECT_NEAR(all.profile.hours[10], 24 * 2.5 / 14, 1e-12);
}

// On a clock of busy hours, gaps of a process that runs at that clock are again
// exponential: the rhythm is gone from them.
TEST(CalibrationStatistics, TakesTheRhythmOutOfTheGaps) {
  LogMaker maker({"a"});
  Stream stream{StreamKey{.seed = 3}};
  double t = 1.7e9;
  for (int i = 0; i < 4000; ++i) {
    // Only between 12:00 and 24:00 UTC, at a rate of one in six hours there.
    t += 21600 * exponential(stream) / 2;
    const double day = std::floor(t / 43200);
    maker.add(day * 86400 + 43200 + (t - day * 43200), 60, {0});
  }
  CalibrationOptions options = without_bootstrap();
  options.profiled = true;
  const ServiceHistory& history =
      calibrate(maker.log(), options).services.front();
  const auto shape = [](const TimeFit& fit) {
    const auto found =
        std::ranges::find(fit.laws, LawFamily::kWeibull, &FittedLaw::family);
    return found->parameters[0];
  };
  EXPECT_NEAR(shape(history.own_between), 1, 0.05);
  EXPECT_GT(std::abs(shape(history.between) - 1), 0.1);
}

// p-values of samples from the fitted family are uniform: here, not small.
TEST(GoodnessStatistics, AcceptsTheLawOfTheSampleAndRefusesAnother) {
  Stream stream{StreamKey{.seed = 11}};
  TimesToFit times;
  for (int i = 0; i < 200; ++i) times.ended.push_back(exponential(stream));
  std::ranges::sort(times.ended);
  const GoodnessOptions options{.replicates = 199};
  const Goodness right =
      goodness_of(fit_law(LawFamily::kWeibull, times), times.ended, options);
  EXPECT_GT(right.anderson_darling.value, 0.05);
  const Goodness wrong =
      goodness_of(fit_law(LawFamily::kLognormal, times), times.ended, options);
  EXPECT_LT(wrong.anderson_darling.value, 0.05);
  EXPECT_LT(wrong.kolmogorov_smirnov.value, 0.05);
}

}  // namespace
}  // namespace outagesim
