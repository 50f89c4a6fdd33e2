#include "sim/experiment/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "sim/experiment/statistics.h"
#include "tests/sim/byte_archive.h"
#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

using testing::outage;
using testing::quiet_replication;
using testing::small_model;

constexpr Subject kChat{Scope::kProduct, 0};
constexpr Subject kVideo{Scope::kProduct, 1};
constexpr Subject kPower{Scope::kFault, 0};

// Chat out for 10 min, 20 min, 30 min … in turn.
Replication chat_out(const Model& model, std::uint64_t index) {
  Replication replication = quiet_replication(model, index);
  const double length = 600.0 * static_cast<double>(index + 1);
  replication.outages = {outage(0, 0, length)};
  replication.products[0].served_time -= length;
  replication.populations[0].harm.failed_requests = length;
  replication.populations[0].users_affected = length;
  replication.steps = {{0, 0, 0.0F}, {length, 0, 1.0F}};
  return replication;
}

Summary summary_of(const Model& model, std::uint64_t first,
                   std::uint64_t last) {
  Summary summary(model);
  for (std::uint64_t i = first; i < last; ++i) {
    summary.add(chat_out(model, i));
  }
  return summary;
}

std::vector<std::uint64_t> words_of(Summary& summary) {
  Writer writer;
  summary.visit(writer);
  return writer.words;
}

double value(const Summary& summary, std::string_view metric, Subject subject,
             std::string_view statistic) {
  return estimate_of(summary, metric, subject, statistic).value;
}

TEST(Summary, MergesToTheSameBytesInAnyOrder) {
  const Model model = small_model();
  Summary a = summary_of(model, 0, 7);
  Summary b = summary_of(model, 7, 11);
  Summary c = summary_of(model, 11, 20);
  Summary whole = summary_of(model, 0, 20);

  Summary forward = a;
  forward.merge(b);
  forward.merge(c);
  Summary backward = c;
  Summary inner = b;
  inner.merge(a);
  backward.merge(inner);

  EXPECT_EQ(words_of(forward), words_of(whole));
  EXPECT_EQ(words_of(backward), words_of(whole));
}

TEST(Summary, TellsTimesToRecover) {
  const Model model = small_model();
  const Summary summary = summary_of(model, 0, 9);
  EXPECT_EQ(value(summary, "ttr", kChat, "p50"), 3000);
  EXPECT_EQ(value(summary, "ttr", kChat, "mean"), 3000);
  EXPECT_EQ(value(summary, "mttr", kChat, "mean"), 3000);
  EXPECT_EQ(value(summary, "ttd", kChat, "p50"), 60);
  EXPECT_EQ(value(summary, "ttm", kChat, "p50"), 1500);
  EXPECT_EQ(value(summary, "time_to_full_recovery", kChat, "p50"), 6000);
  EXPECT_EQ(value(summary, "time_to_first_word", kChat, "p50"), 600);
}

TEST(Summary, EntersAnOpenOutageAsCensored) {
  const Model model = small_model();
  Summary summary(model);
  for (std::uint64_t i = 0; i < 9; ++i) {
    Replication replication = chat_out(model, i);
    replication.outages[0].censored = i == 8;
    replication.outages[0].end = i == 8 ? model.horizon.value : 3600;
    summary.add(replication);
  }
  const Estimate ttr = estimate_of(summary, "ttr", kChat, "p50");
  EXPECT_EQ(ttr.value, 3600);
  EXPECT_EQ(ttr.n, 9);
  EXPECT_EQ(ttr.censored, 1);
  EXPECT_FALSE(estimate_of(summary, "ttr", kChat, "p95").defined());
  EXPECT_EQ(estimate_of(summary, "mttr", kChat, "mean").censored, 1);
}

// Nine outages: of 3600 s but the last, which is open for two days.
TEST(Summary, GivesMttrTheTimeOfAnOpenOutageButNoRecovery) {
  const Model model = small_model();
  Summary summary(model);
  for (std::uint64_t i = 0; i < 9; ++i) {
    Replication replication = chat_out(model, i);
    replication.outages[0].censored = i == 8;
    replication.outages[0].end = i == 8 ? 172'800 : 3600;
    summary.add(replication);
  }
  EXPECT_DOUBLE_EQ(value(summary, "mttr", kChat, "mean"),
                   (8 * 3600 + 172'800) / 8.0);
}

TEST(Summary, BoundsAQuantileBeyondTheHorizonByTheLongestTimeWatched) {
  const Model model = small_model();
  Summary summary(model);
  for (std::uint64_t i = 0; i < 40; ++i) {
    Replication replication = chat_out(model, i);
    replication.outages[0].censored = i >= 4;
    replication.outages[0].end = i >= 4 ? 172'800 : 3600;
    summary.add(replication);
  }
  const Estimate p99 = estimate_of(summary, "ttr", kChat, "p99");
  EXPECT_FALSE(p99.defined());
  EXPECT_EQ(p99.low, 172'800);
  EXPECT_EQ(p99.high, kUnbounded);
}

TEST(Summary, EndsIntervalsWhereTheMetricEnds) {
  const Model model = small_model();
  const Summary summary = summary_of(model, 0, 5);
  EXPECT_EQ(estimate_of(summary, "ttr", kChat, "p5").low, 0);
  EXPECT_EQ(estimate_of(summary, "ttd", kChat, "p5").low, -kUnbounded);
  EXPECT_EQ(estimate_of(summary, "availability_time", kChat, "p5").low, 0);
  EXPECT_EQ(estimate_of(summary, "availability_time", kChat, "p95").high, 1);
}

// Open for an hour at the horizon: perhaps it will take more than four.
TEST(Summary, DoesNotTakeAnOpenShortOutageForOneUnderFourHours) {
  const Model model = small_model();
  Summary summary(model);
  for (std::uint64_t i = 0; i < 10; ++i) {
    Replication replication = chat_out(model, 0);
    OutageRecord& one = replication.outages[0];
    one.end = one.onset + (i < 2 ? 5 : 1) * 3600;
    one.censored = i == 9;
    summary.add(replication);
  }
  const Estimate over =
      estimate_of(summary, "outage_over_4h_probability", kChat, "probability");
  EXPECT_DOUBLE_EQ(over.value, 2.0 / 9);
  EXPECT_EQ(over.low, wilson(2, 10).low);
  EXPECT_EQ(over.high, wilson(3, 10).high);
  EXPECT_EQ(over.censored, 1);
}

TEST(Summary, CensorsANoticeThatCameNotBeforeTheOutageEnded) {
  const Model model = small_model();
  Summary summary(model);
  Replication replication = chat_out(model, 0);
  replication.outages[0].detected = kNever;
  summary.add(replication);
  summary.add(chat_out(model, 1));
  const Estimate ttd = estimate_of(summary, "ttd", kChat, "p50");
  EXPECT_EQ(ttd.n, 2);
  EXPECT_EQ(ttd.censored, 1);
}

TEST(Summary, TellsNoStagesOfAFaultWithoutResponse) {
  Model model = small_model();
  model.plan.faults[0].response = kNone;
  Summary summary(model);
  Replication replication = quiet_replication(model);
  replication.incidents = {{.start = 0, .restored = 150}};
  summary.add(replication);
  EXPECT_EQ(estimate_of(summary, "stage_detect", kPower, "p50").n, 0);
  EXPECT_EQ(estimate_of(summary, "stage_restore", kPower, "p50").n, 0);
}

// Chat's outages of one replication are all alike, so ten of them tell no more
// than one.
TEST(Summary, TakesTheReplicationForTheUnitOfItsOutages) {
  const Model model = small_model();
  Summary once(model);
  Summary tenfold(model);
  for (std::uint64_t i = 0; i < 60; ++i) {
    Replication replication = chat_out(model, i);
    once.add(replication);
    const double length = replication.outages[0].end;
    replication.outages.clear();
    for (int k = 0; k < 10; ++k) {
      const double onset = 100'000.0 * k;
      replication.outages.push_back(outage(0, onset, onset + length));
    }
    tenfold.add(replication);
  }
  for (const char* statistic : {"mean", "p25", "p50", "p75"}) {
    const Estimate one = estimate_of(once, "ttr", kChat, statistic);
    const Estimate ten = estimate_of(tenfold, "ttr", kChat, statistic);
    EXPECT_EQ(ten.n, 600);
    // Up to one rank, which is 600 s.
    EXPECT_NEAR(ten.low, one.low, 620) << statistic;
    EXPECT_NEAR(ten.high, one.high, 620) << statistic;
  }
}

TEST(Summary, CountsIncidentsBeforeTheyAreJoined) {
  Model model = small_model();
  model.horizon = kLongRun;
  Summary summary(model);
  Replication replication = quiet_replication(model);
  replication.outages = {outage(0, 10, 60), outage(1, 10, 90)};
  replication.steps = {{10, 0, 0.5F}, {10, 1, 0.5F}, {20, 0, 0.2F},
                       {50, 0, 0.4F}, {60, 0, 1.0F}, {90, 1, 1.0F}};
  summary.add(replication);
  EXPECT_EQ(value(summary, "incidents", kChat, "mean"), 2);
  EXPECT_EQ(value(summary, "incidents", kVideo, "mean"), 1);
  EXPECT_EQ(value(summary, "incidents", {}, "mean"), 2);
  EXPECT_EQ(value(summary, "outages", kChat, "mean"), 1);
}

TEST(Summary, CountsNoticeOncePerIncident) {
  const Model model = small_model();
  Summary summary(model);
  Replication replication = quiet_replication(model);
  replication.outages = {outage(0, 0, 100), outage(0, 50'000, 50'100)};
  replication.outages[1].detected = replication.outages[0].detected;
  summary.add(replication);
  EXPECT_EQ(estimate_of(summary, "ttd", kChat, "mean").n, 1);
  EXPECT_EQ(estimate_of(summary, "ttr", kChat, "mean").n, 2);
}

TEST(Summary, AsksForNoNoticeWhereNobodyResponds) {
  Model model = small_model();
  model.plan.faults[0].response = kNone;
  const Summary summary = summary_of(model, 0, 3);
  EXPECT_EQ(estimate_of(summary, "ttd", kChat, "mean").n, 0);
}

TEST(Summary, TellsAvailabilitiesCloseToOneApart) {
  const Model model = small_model();
  Summary summary(model);
  for (const double availability : {0.9990, 0.9992, 0.9994}) {
    Replication replication = quiet_replication(model);
    replication.products[0].served_time = availability * model.horizon.value;
    summary.add(replication);
  }
  EXPECT_NEAR(value(summary, "availability_time", kChat, "p5"), 0.9990, 5e-6);
  EXPECT_NEAR(value(summary, "availability_time", kChat, "p50"), 0.9992, 5e-6);
  EXPECT_NEAR(value(summary, "availability_time", kChat, "p95"), 0.9994, 5e-6);
}

TEST(Summary, SaysNothingOfAMitigationThatWasNotNeeded) {
  const Model model = small_model();
  Summary summary(model);
  Replication replication = chat_out(model, 0);
  replication.outages[0].was_substantial = false;
  replication.outages[0].substantial = kNever;
  summary.add(replication);
  EXPECT_EQ(estimate_of(summary, "ttm", kChat, "p50").n, 0);
}

TEST(Summary, CountsAvailabilityByTimeAndByRequest) {
  const Model model = small_model();
  Summary summary(model);
  Replication replication = quiet_replication(model);
  replication.products[0].served_time = 0.75 * model.horizon.value;
  // 1e6 users × 1e-4 visits/s × 2 requests × 48 h.
  replication.populations[0].harm.failed_requests = 0.1 * 200 * 48 * 3600;
  summary.add(replication);
  EXPECT_DOUBLE_EQ(value(summary, "availability_time", kChat, "mean"), 0.75);
  EXPECT_DOUBLE_EQ(value(summary, "availability_requests", kChat, "mean"), 0.9);
  EXPECT_EQ(value(summary, "availability_requests", kVideo, "mean"), 1);
}

TEST(Summary, LeavesTheLongRunOutOfAnIncident) {
  const Model model = small_model();
  const Summary summary = summary_of(model, 0, 2);
  EXPECT_FALSE(
      estimate_of(summary, "outages_per_year", kChat, "mean").defined());
}

TEST(Summary, TellsEveryMetricOnceInItsRows) {
  const Model model = small_model();
  const Summary summary = summary_of(model, 0, 5);
  std::set<std::string> seen;
  for (const SummaryRow& row : summary_rows(summary)) {
    const std::string key = std::string(scope_name(row.subject.scope)) + "/" +
                            subject_name(model, row.subject) + "/" +
                            std::string(row.metric->name) + "/" +
                            std::string(row.statistic.name);
    EXPECT_TRUE(seen.insert(key).second) << key;
  }
  EXPECT_TRUE(seen.contains("product/chat/ttr/p95"));
  EXPECT_TRUE(seen.contains("system/system/user_minutes_lost/mean"));
  EXPECT_TRUE(seen.contains("fault/power/stage_detect/p50"));
}

}  // namespace
}  // namespace outagesim
