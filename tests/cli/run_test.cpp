#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/cli/program.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;
using testing::file_text;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Ran;
using testing::run;
using testing::Scratch;

constexpr const char* kScenario = "tests/cli/two-products.toml";
constexpr const char* kFiles[] = {"summary.csv", "timeline.csv", "observed.csv",
                                  "outages.csv"};

// Runs with 1, 2 and 8 threads are told apart by their folder alone.
std::string folder_of(const Scratch& scratch, const std::string& name) {
  return (scratch.path() / name).string();
}

std::vector<std::string> entries(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

TEST(RunCommand, WritesTheSameBytesWithAnyNumberOfThreads) {
  const Scratch scratch;
  for (const std::string threads : {"1", "2", "8"}) {
    const Ran ran =
        run({"run", kScenario, "--replications", "500", "--threads", threads,
             "--out", folder_of(scratch, threads), "--each"});
    ASSERT_EQ(ran.code, 0) << ran.err;
  }
  for (const char* file : {"summary.csv", "timeline.csv", "observed.csv",
                           "outages.csv", "replications.csv"}) {
    const std::string one = file_text(scratch.path() / "1" / file);
    EXPECT_THAT(one, Not(IsEmpty())) << file;
    EXPECT_EQ(one, file_text(scratch.path() / "2" / file)) << file;
    EXPECT_EQ(one, file_text(scratch.path() / "8" / file)) << file;
  }
}

TEST(RunCommand, WritesWholeFilesAndNothingElse) {
  const Scratch scratch;
  const Ran ran = run({"run", kScenario, "--replications=1e2", "--out",
                       folder_of(scratch, "out")});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(entries(scratch.path() / "out"),
              ::testing::UnorderedElementsAre("summary.csv", "timeline.csv",
                                              "observed.csv", "outages.csv",
                                              "run.json"));
}

TEST(RunCommand, SaysInRunJsonWhatWasRun) {
  const Scratch scratch;
  run({"run", kScenario, "--replications", "10", "--seed", "5", "--set",
       "scenario.horizon=30 h", "--out", folder_of(scratch, "out")});
  const auto json =
      nlohmann::json::parse(file_text(scratch.path() / "out" / "run.json"));
  EXPECT_EQ(json["seed"], 5);
  EXPECT_EQ(json["replications"], 10);
  EXPECT_EQ(json["partial"], false);
  EXPECT_EQ(json["scenario"], kScenario);
  EXPECT_EQ(json["set"][0], "scenario.horizon=30 h");
  EXPECT_THAT(std::string(json["command"]),
              HasSubstr("outagesim run tests/cli/two-products.toml "
                        "--replications 10 --seed 5 --set "
                        "'scenario.horizon=30 h' --out "));
  EXPECT_EQ(std::string(json["scenario_hash"]).size(), 16);
  EXPECT_THAT(json["files"], ::testing::Contains("summary.csv"));
}

TEST(RunCommand, PrintsJsonThatParses) {
  const Ran ran =
      run({"run", kScenario, "--replications", "50", "--format", "json"});
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_GT(json["summary"].size(), 50);
  EXPECT_EQ(json["observed"].size(), 1);
  EXPECT_EQ(ran.err, "");
}

TEST(RunCommand, TellsOutagesOfTheFirstRunsOnly) {
  const Scratch scratch;
  run({"run", kScenario, "--replications", "100", "--outages", "3", "--out",
       folder_of(scratch, "out")});
  const std::string text = file_text(scratch.path() / "out" / "outages.csv");
  EXPECT_THAT(text, HasSubstr("\n2,"));
  EXPECT_THAT(text, Not(HasSubstr("\n3,")));
}

TEST(RunCommand, StopsEarlyOncePreciseEnough) {
  const auto done = [](const std::string& threads) {
    const Ran ran =
        run({"run", kScenario, "--replications", "1e6", "--precision", "20 %",
             "--threads", threads, "--format", "json"});
    return nlohmann::json::parse(ran.out)["replications"].get<int>();
  };
  EXPECT_GE(done("1"), 1024);
  EXPECT_LT(done("1"), 100'000);
  EXPECT_EQ(done("1"), done("3"));
}

TEST(RunCommand, SaysWhenItCannotWrite) {
  const Scratch scratch;
  std::ofstream(scratch.path() / "file") << "in the way";
  const Ran ran = run({"run", kScenario, "--replications", "10", "--out",
                       folder_of(scratch, "file/deep")});
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "outagesim run: error: cannot make the folder " +
                         folder_of(scratch, "file/deep") +
                         ": Not a directory\n");
}

TEST(RunCommand, SaysWhenTheOutputIsFull) {
  const Scratch scratch;
  const fs::path err = scratch.path() / "err";
  const pid_t child = testing::start({"run", kScenario, "--replications", "10"},
                                     "/dev/full", err);
  EXPECT_EQ(testing::wait_for(child), 4);
  EXPECT_EQ(file_text(err),
            "outagesim run: error: cannot write to the standard output\n");
}

// Interrupts a run that would take for ever, once it has begun: its exit code,
// or -1 if it never began.
int interrupted(int number, const fs::path& out) {
  const pid_t child = testing::start(
      {"run", kScenario, "--replications", "1e12", "--out", out.string()},
      out.string() + ".stdout", out.string() + ".stderr");
  constexpr int kMostWaits = 600;
  for (int i = 0; i < kMostWaits && !fs::exists(out); ++i) {
    if (::waitpid(child, nullptr, WNOHANG) != 0) return -1;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  ::kill(child, number);
  return testing::wait_for(child);
}

TEST(RunCommand, KeepsWhatIsFinishedWhenInterrupted) {
  const Scratch scratch;
  const fs::path out = scratch.path() / "out";
  EXPECT_EQ(interrupted(SIGINT, out), 130);
  const auto json = nlohmann::json::parse(file_text(out / "run.json"));
  EXPECT_EQ(json["partial"], true);
  EXPECT_GT(json["replications"], 0);
  for (const char* file : kFiles) EXPECT_TRUE(fs::exists(out / file)) << file;
  EXPECT_THAT(file_text(out.string() + ".stdout"),
              HasSubstr(" of 1,000,000,000,000 runs"));
}

TEST(RunCommand, KeepsWhatIsFinishedWhenTerminated) {
  const Scratch scratch;
  EXPECT_EQ(interrupted(SIGTERM, scratch.path() / "out"), 143);
  EXPECT_TRUE(fs::exists(scratch.path() / "out" / "summary.csv"));
}

TEST(RunCommand, KeepsWhatIsFinishedWhenTheTerminalIsGone) {
  const Scratch scratch;
  EXPECT_EQ(interrupted(SIGHUP, scratch.path() / "out"), 129);
  EXPECT_TRUE(fs::exists(scratch.path() / "out" / "summary.csv"));
}

// One whose single replication takes seconds: small faults by the million.
constexpr const char* kSlow =
    "format = 1\n[scenario]\nstart = 2025-01-01T00:00:00Z\n"
    "horizon = \"3650 d\"\n[service.a]\n"
    "kind = \"product\"\nfails = { time_to_failure = \"exponential(mean 1 "
    "min)\", time_to_repair = \"1 s\" }\n";

TEST(RunCommand, AbandonsALongReplicationAtOnce) {
  const Scratch scratch;
  std::ofstream(scratch.path() / "slow.toml") << kSlow;
  const fs::path out = scratch.path() / "out";
  const pid_t child = testing::start(
      {"run", (scratch.path() / "slow.toml").string(), "--replications", "1000",
       "--threads", "2", "--out", out.string()},
      scratch.path() / "stdout", scratch.path() / "stderr");
  while (!fs::exists(out)) {
    ASSERT_EQ(::waitpid(child, nullptr, WNOHANG), 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const auto asked = std::chrono::steady_clock::now();
  ::kill(child, SIGTERM);
  EXPECT_EQ(testing::wait_for(child), 143);
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - asked;
  EXPECT_LT(took.count(), 1);  // usually 0.05 s; a replication takes 10 s
  const auto json = nlohmann::json::parse(file_text(out / "run.json"));
  EXPECT_EQ(json["partial"], true);
  EXPECT_THAT(entries(out), ::testing::UnorderedElementsAre(
                                "summary.csv", "timeline.csv", "observed.csv",
                                "outages.csv", "run.json"));
}

#ifndef __SANITIZE_ADDRESS__  // which needs more address space than this
TEST(RunCommand, SaysWhenTheSystemGrantsNoMoreThreads) {
  const Scratch scratch;
  const auto limit = [] {
    constexpr rlim_t kMega = 1 << 20;
    const rlimit stack{800 * kMega, 800 * kMega};  // that of every thread
    const rlimit memory{2400 * kMega, 2400 * kMega};
    ::setrlimit(RLIMIT_STACK, &stack);
    ::setrlimit(RLIMIT_AS, &memory);
  };
  const pid_t child = testing::start({"run", kScenario, "--threads", "8"},
                                     scratch.path() / "stdout",
                                     scratch.path() / "stderr", limit);
  EXPECT_EQ(testing::wait_for(child), 4);
  EXPECT_EQ(file_text(scratch.path() / "stderr"),
            "outagesim run: error: the system grants no more threads: Resource "
            "temporarily unavailable; ask for fewer with --threads, or raise "
            "the limits (ulimit -u, ulimit -v)\n");
}
#endif

TEST(TraceCommand, TellsTheStoryOfOneRun) {
  const Ran ran = run({"trace", kScenario, "--replication", "3"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("replication 3 of seed 1"));
  EXPECT_THAT(ran.out, HasSubstr("why"));
}

TEST(TraceCommand, FindsTheRunBehindANumber) {
  const Ran ran = run({"trace", kScenario, "--like", "p95:chat:ttr",
                       "--replications", "200", "--format", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto story = nlohmann::json::parse(ran.out);
  const auto all = nlohmann::json::parse(
      run({"run", kScenario, "--replications", "200", "--format", "json"}).out);
  double p95 = 0;
  for (const auto& row : all["summary"]) {
    if (row["name"] == "chat" && row["metric"] == "ttr" &&
        row["statistic"] == "p95") {
      p95 = row["value"];
    }
  }
  bool near = false;
  for (const auto& outage : story["outages"]) {
    if (outage["product"] != "chat") continue;
    const double lasted = double(outage["end_s"]) - double(outage["onset_s"]);
    near = near || std::abs(lasted / p95 - 1) < 0.01;
  }
  EXPECT_TRUE(near);
}

TEST(TraceCommand, SuggestsNamesForLike) {
  EXPECT_THAT(run({"trace", kScenario, "--like", "p95:chatt:ttr"}).err,
              HasSubstr("ttr is not told of \"chatt\"; did you mean "
                        "\"chat\"?"));
  EXPECT_THAT(run({"trace", kScenario, "--like", "p95:chat:tttr"}).err,
              HasSubstr("there is no metric \"tttr\"; did you mean"));
  EXPECT_THAT(run({"trace", kScenario, "--like", "p96:chat:ttr"}).err,
              HasSubstr("ttr has no statistic \"p96\"; did you mean"));
  EXPECT_THAT(run({"trace", kScenario, "--like", "chat"}).err,
              HasSubstr("expected STATISTIC:NAME:METRIC such as "
                        "p95:chatgpt:ttr, found \"chat\""));
}

TEST(BlastCommand, TellsWhatFallsAndWhy) {
  const Ran ran = run({"blast", kScenario});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("  chat: db\n"));
  EXPECT_THAT(run({"blast", kScenario, "db"}).out,
              HasSubstr("with redundancy working: chat, video; users hit: "
                        "100 %\n"));
  EXPECT_EQ(run({"blast", kScenario, "dbb"}).err,
            "outagesim blast: error: no service is named \"dbb\"; did you "
            "mean \"db\"?\nTry \"outagesim blast --help\".\n");
  const auto json =
      nlohmann::json::parse(run({"blast", kScenario, "--format", "json"}).out);
  EXPECT_EQ(json["single_points"]["chat"][0], "db");
}

TEST(DiffCommand, ComparesInTheWordsOfTheLanguage) {
  EXPECT_EQ(run({"diff", kScenario, kScenario}).out,
            "tests/cli/two-products.toml → tests/cli/two-products.toml: no "
            "difference\n");
  EXPECT_EQ(
      run({"diff", kScenario, kScenario, "--set", "remedy.restart.rest=1 h"})
          .out,
      "tests/cli/two-products.toml → tests/cli/two-products.toml: 1 "
      "difference\n\n  ~ remedy.restart.rest  30 min → 1 h\n");
}

TEST(ListCommand, PrintsEveryTopic) {
  for (const char* topic :
       {"faults", "needs", "effects", "distributions", "metrics", "keys"}) {
    const Ran ran = run({"list", topic});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, Not(IsEmpty())) << topic;
  }
  EXPECT_EQ(run({"list", "metric"}).err,
            "outagesim list: error: there is nothing to list under "
            "\"metric\"; did you mean \"metrics\"?\n"
            "Try \"outagesim list --help\".\n");
  EXPECT_EQ(run({"list", "laws"}).err,
            "outagesim list: error: there is nothing to list under "
            "\"laws\"; the topics are faults, needs, effects, "
            "distributions, metrics, keys\n"
            "Try \"outagesim list --help\".\n");
}

TEST(ListCommand, PrintsASchemaThatParses) {
  const auto schema = nlohmann::json::parse(run({"list", "--schema"}).out);
  EXPECT_TRUE(schema.contains("$schema"));
}

TEST(ValidateCommand, CountsWhatAScenarioHolds) {
  EXPECT_EQ(run({"validate", kScenario}).out,
            "tests/cli/two-products.toml: fine: 5 services (3 products), 3 "
            "needs, 1 fault, 1 remedy, 1 population\n");
}

TEST(ValidateCommand, ShowsWhereAMistakeIs) {
  const Ran ran = run({"validate", kScenario, "--set", "scenario.horizon=48"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("--set:1:"));
}

}  // namespace
}  // namespace outagesim
