// Real jobs: mpirun with 1, 2 and 4 ranks. Skipped where mpirun is missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "tests/cluster/processes.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;
using testing::becomes_true;
using testing::children_of;
using testing::file_text;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Ran;
using testing::Scratch;
using Words = std::vector<std::string>;

constexpr const char* kScenario = "tests/cli/two-products.toml";
constexpr const char* kFiles[] = {"summary.csv", "timeline.csv", "observed.csv",
                                  "outages.csv", "replications.csv"};
const Words kRun{"run",  kScenario, "--replications",
                 "4000", "--each",  "--quiet"};

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Words job(unsigned ranks, const Words& words) {
  return with({OUTAGESIM_MPIRUN, "--allow-run-as-root", "--oversubscribe", "-n",
               std::to_string(ranks), program_path()},
              words);
}

class MpirunTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(OUTAGESIM_MPIRUN)) GTEST_SKIP() << "no mpirun here";
  }
  std::string at(const std::string& name) const {
    return (scratch_.path() / name).string();
  }
  pid_t begin(unsigned ranks, const Words& words) const {
    return testing::start_program(job(ranks, words), at("stdout"),
                                  at("stderr"));
  }
  Ran run(unsigned ranks, const Words& words) const {
    const int code = testing::wait_for(begin(ranks, words));
    return {code, file_text(at("stdout")), file_text(at("stderr"))};
  }

  // What is printed and the table of --out, with and without mpirun.
  void expect_same_table(const Words& words, const std::string& table) const {
    const Ran alone = testing::run(with(words, {"--out", at("alone")}));
    ASSERT_EQ(alone.code, 0) << alone.err;
    ASSERT_FALSE(file_text(at("alone/" + table)).empty());
    for (const unsigned ranks : {1U, 2U, 4U}) {
      const std::string out = at(std::to_string(ranks));
      const Ran ran = run(ranks, with(words, {"--out", out}));
      EXPECT_EQ(ran.code, 0) << ran.err;
      EXPECT_EQ(ran.out, alone.out) << ranks << " ranks";
      EXPECT_EQ(file_text(out + "/" + table), file_text(at("alone/" + table)))
          << ranks << " ranks";
    }
  }

 private:
  Scratch scratch_;
};

void expect_same_files(const fs::path& one, const fs::path& other) {
  for (const char* file : kFiles) {
    EXPECT_FALSE(file_text(one / file).empty()) << file;
    EXPECT_TRUE(file_text(one / file) == file_text(other / file)) << file;
  }
}

TEST_F(MpirunTest, GivesTheBytesOfOneProcess) {
  ASSERT_EQ(testing::run(with(kRun, {"--out", at("alone")})).code, 0);
  for (const unsigned ranks : {1U, 2U, 4U}) {
    const std::string out = at(std::to_string(ranks));
    const Ran ran = run(ranks, with(kRun, {"--out", out}));
    ASSERT_EQ(ran.code, 0) << ran.err;
    expect_same_files(at("alone"), out);
    EXPECT_THAT(file_text(fs::path(out) / "run.json"),
                HasSubstr("\"ranks\": " + std::to_string(ranks)));
  }
}

TEST_F(MpirunTest, SpeaksOnce) {
  const Words words{"run", kScenario, "--replications", "200"};
  const Ran ran = run(3, words);
  EXPECT_EQ(ran.code, 0) << ran.err;
  const std::string line = "200 runs of ";
  const auto first = ran.out.find(line);
  ASSERT_NE(first, std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find(line, first + 1), std::string::npos);
  EXPECT_EQ(ran.err, "");
}

TEST_F(MpirunTest, ComparesAsOneProcessDoes) {
  const Words words{"compare",        kScenario, "--what-if", "redundant:db",
                    "--replications", "500",     "--quiet"};
  ASSERT_EQ(testing::run(with(words, {"--out", at("alone")})).code, 0);
  for (const unsigned ranks : {2U, 4U}) {
    const std::string out = at(std::to_string(ranks));
    ASSERT_EQ(run(ranks, with(words, {"--out", out})).code, 0);
    EXPECT_EQ(file_text(at("alone/comparison.csv")),
              file_text(fs::path(out) / "comparison.csv"));
  }
}

TEST_F(MpirunTest, SweepsAsOneProcessDoes) {
  expect_same_table(
      {"sweep", kScenario, "--over", "remedy.restart.rest=30 min,1 h", "--over",
       "scenario.horizon=10 d,20 d,30 d", "--replications", "300", "--quiet"},
      "sweep.csv");
}

TEST_F(MpirunTest, SweepsToAPrecisionAsOneProcessDoes) {
  expect_same_table({"sweep", kScenario, "--over", "scenario.horizon=10 d,30 d",
                     "--precision", "10 %", "--quiet"},
                    "sweep.csv");
}

TEST_F(MpirunTest, BacktestsAsOneProcessDoes) {
  expect_same_table(
      {"backtest", "scenarios/openai-2024-12-11-telemetry.toml",
       "scenarios/openai-2024-12-26-supplier-power.toml",
       "scenarios/meta-2024-12-11.toml", "--replications", "300", "--quiet"},
      "backtest.csv");
}

TEST_F(MpirunTest, StopsAtTheSameRunOncePreciseEnough) {
  const Words words{"run",     kScenario, "--precision", "10 %",
                    "--quiet", "--each",  "--out"};
  ASSERT_EQ(testing::run(with(words, {at("alone")})).code, 0);
  ASSERT_EQ(run(3, with(words, {at("three")})).code, 0);
  expect_same_files(at("alone"), at("three"));
}

TEST_F(MpirunTest, TellsAMistakeOnce) {
  const Ran ran = run(3, {"run", "no-such.toml"});
  EXPECT_EQ(ran.code, 1);
  const auto first = ran.err.find("no-such.toml");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(ran.err.find("no-such.toml", first + 1), std::string::npos)
      << ran.err;
}

TEST_F(MpirunTest, EndsWithACheckpointWhenARankDies) {
  Words words = kRun;
  words[3] = "30000";
  const Words kept = with(words, {"--out", at("out"), "--checkpoint",
                                  at("kept"), "--checkpoint-every", "50 ms"});
  const pid_t parent = begin(3, kept);
  becomes_true([&] { return fs::exists(at("kept")); },
               std::chrono::seconds(10));
  const std::vector<pid_t> ranks = children_of(parent);
  ASSERT_EQ(ranks.size(), 3);
  ::kill(ranks.back(), SIGKILL);
  EXPECT_NE(testing::wait_for(parent), 0);
  EXPECT_THAT(file_text(at("stderr")),
              HasSubstr("of 30000 runs are kept in " + at("kept") +
                        "; the same command goes on from there\n"));
  EXPECT_THAT(file_text(at("stderr")) + file_text(at("stdout")),
              HasSubstr("signal 9 (Killed)"));
  ASSERT_EQ(run(2, kept).code, 0);
  ASSERT_EQ(testing::run(with(words, {"--out", at("alone")})).code, 0);
  expect_same_files(at("alone"), at("out"));
}

// Rank 0 has a word of its own only if no letter was on its way to it (Open MPI
// ends it in the middle of one); mpirun names the dead rank always.
TEST_F(MpirunTest, GoesOnWhenARankHasDiedInASweepOrABacktest) {
  const std::vector<Words> commands{
      {"sweep", kScenario, "--over", "scenario.horizon=2 d,3 d"},
      {"backtest", "scenarios/openai-2024-12-26-supplier-power.toml",
       "scenarios/meta-2024-12-11.toml"}};
  for (const Words& command : commands) {
    const std::string& name = command.front();
    const std::string kept = at(name + ".ckpt"), out = at(name);
    const Words words = with(command, {"--replications", "8000", "--quiet"});
    const Words keeping = with(words, {"--out", out, "--checkpoint", kept,
                                       "--checkpoint-every", "50 ms"});
    const pid_t parent = begin(3, keeping);
    becomes_true([&] { return fs::exists(kept); }, std::chrono::seconds(20));
    const std::vector<pid_t> ranks = children_of(parent);
    ASSERT_EQ(ranks.size(), 3);
    ::kill(ranks.back(), SIGKILL);
    EXPECT_NE(testing::wait_for(parent), 0);
    EXPECT_THAT(file_text(at("stderr")) + file_text(at("stdout")),
                HasSubstr("signal 9 (Killed)"));
    ASSERT_EQ(run(2, keeping).code, 0);
    const std::string alone = at(name + "-alone");
    ASSERT_EQ(testing::run(with(words, {"--out", alone})).code, 0);
    const std::string table = "/" + name + ".csv";
    EXPECT_FALSE(file_text(out + table).empty());
    EXPECT_EQ(file_text(out + table), file_text(alone + table));
  }
}

}  // namespace
}  // namespace outagesim
