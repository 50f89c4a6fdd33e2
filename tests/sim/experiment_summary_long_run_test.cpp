// Summaries of people, stages, joined outages and the long run, and the names
// of all metrics.
#include <gtest/gtest.h>

#include "sim/experiment/statistics.h"
#include "sim/experiment/summary.h"
#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

using testing::outage;
using testing::quiet_replication;
using testing::small_model;

constexpr Subject kChat{Scope::kProduct, 0};
constexpr Subject kVideo{Scope::kProduct, 1};
constexpr Subject kPower{Scope::kFault, 0};

double value(const Summary& summary, std::string_view metric, Subject subject,
             std::string_view statistic) {
  return estimate_of(summary, metric, subject, statistic).value;
}

TEST(Summary, AddsPopulationsUp) {
  const Model model = small_model();
  Summary summary(model);
  Replication replication = quiet_replication(model);
  replication.populations[0].users_affected = 500'000;
  replication.populations[1].users_affected = 50'000;
  replication.populations[0].harm.user_seconds_lost = 6000;
  summary.add(replication);
  EXPECT_EQ(value(summary, "users_affected", {}, "mean"), 550'000);
  EXPECT_EQ(value(summary, "users_affected", kVideo, "mean"), 50'000);
  EXPECT_EQ(value(summary, "user_minutes_lost", kChat, "mean"), 100);
  EXPECT_EQ(value(summary, "blast_users_total", {}, "mean"), 0.5);
}

TEST(Summary, SeesWhereTheTimeWent) {
  const Model model = small_model();
  Summary summary(model);
  Replication replication = quiet_replication(model);
  replication.incidents = {{.start = 0,
                            .detected = 10,
                            .engaged = 30,
                            .diagnosed = 60,
                            .mitigated = 100,
                            .restored = 150}};
  summary.add(replication);
  const auto stage = [&](std::string_view name) {
    return value(summary, name, kPower, "p50");
  };
  EXPECT_EQ(stage("stage_detect"), 10);
  EXPECT_EQ(stage("stage_engage"), 20);
  EXPECT_EQ(stage("stage_diagnose"), 30);
  EXPECT_EQ(stage("stage_mitigate"), 40);
  EXPECT_EQ(stage("stage_restore"), 50);
}

TEST(Summary, CensorsTheStageThatIsStillOpen) {
  const Model model = small_model();
  Summary summary(model);
  Replication replication = quiet_replication(model);
  replication.incidents = {
      {.start = 0, .detected = 10, .engaged = 30, .censored = true}};
  summary.add(replication);
  EXPECT_EQ(estimate_of(summary, "stage_engage", kPower, "p50").censored, 0);
  EXPECT_EQ(estimate_of(summary, "stage_diagnose", kPower, "p50").censored, 1);
  EXPECT_EQ(estimate_of(summary, "stage_mitigate", kPower, "p50").n, 0);
}

TEST(Summary, JoinsOverlappingOutagesOfTheSystem) {
  const Model model = small_model();
  Summary summary(model);
  Replication replication = quiet_replication(model);
  replication.outages = {outage(0, 0, 100), outage(1, 50, 300),
                         outage(0, 1000, 1100)};
  summary.add(replication);
  EXPECT_EQ(value(summary, "outages", {}, "mean"), 2);
  EXPECT_EQ(value(summary, "downtime", {}, "mean"), 400);
  EXPECT_EQ(value(summary, "outages", kChat, "mean"), 2);
  EXPECT_EQ(value(summary, "downtime", kChat, "mean"), 200);
}

TEST(Summary, CountsServicesThatFell) {
  const Model model = small_model();
  Summary summary(model);
  Replication replication = quiet_replication(model);
  replication.fell = {1, 1, 0};
  summary.add(replication);
  summary.add(quiet_replication(model));
  EXPECT_EQ(value(summary, "blast_services_realised", {}, "mean"), 1);
  EXPECT_EQ(
      value(summary, "fell_probability", {Scope::kService, 0}, "probability"),
      0.5);
  EXPECT_EQ(value(summary, "outage_probability", kChat, "probability"), 0);
}

TEST(Summary, AnswersQuestionsOfTheLongRun) {
  Model model = small_model();
  model.horizon = Seconds{73 * 86400};  // a fifth of a year
  Summary summary(model);
  Replication replication = quiet_replication(model);
  const double day = 86400;
  replication.outages = {outage(0, 10, 20), outage(1, 30, 20'000),
                         outage(0, 13 * day, 13 * day + 5),
                         outage(0, 40 * day, 40 * day + 5)};
  summary.add(replication);
  summary.add(quiet_replication(model));
  EXPECT_EQ(value(summary, "outages_per_year", kChat, "mean"), 7.5);
  EXPECT_DOUBLE_EQ(
      value(summary, "second_outage_within_14d", kChat, "probability"),
      1.0 / 3);
  EXPECT_EQ(value(summary, "outage_over_4h_probability", kVideo, "probability"),
            0.5);
  const Subject chat_given_video{Scope::kProductPair, 1};
  const Subject video_given_chat{Scope::kProductPair, 2};
  EXPECT_EQ(value(summary, "same_day", chat_given_video, "probability"), 1);
  EXPECT_DOUBLE_EQ(value(summary, "same_day", video_given_chat, "probability"),
                   1.0 / 3);
}

TEST(Metrics, HaveTheNamesThatOthersRelyOn) {
  for (const char* name : {"ttd",
                           "ttm",
                           "ttr",
                           "mttr",
                           "time_to_full_recovery",
                           "downtime",
                           "availability_time",
                           "availability_requests",
                           "failed_requests",
                           "degraded_requests",
                           "users_affected",
                           "user_minutes_lost",
                           "reports_peak",
                           "reports_total",
                           "blast_services_structural",
                           "blast_services_realised",
                           "blast_users_peak",
                           "blast_users_total",
                           "stage_detect",
                           "stage_engage",
                           "stage_diagnose",
                           "stage_mitigate",
                           "stage_restore"}) {
    EXPECT_NE(find_metric(name), nullptr) << name;
  }
}

}  // namespace
}  // namespace outagesim
