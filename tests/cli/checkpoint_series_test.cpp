// Checkpoints of commands that simulate one thing after the other: sweep and
// backtest. What was killed or told to end goes on to the same bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "models/base/text.h"
#include "tests/cli/program.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;
using testing::file_text;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Ran;
using testing::run;
using testing::Scratch;
using Words = std::vector<std::string>;

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

const Words kSweep{"sweep",          "tests/cli/two-products.toml",
                   "--over",         "scenario.horizon=20 h,30 h,2 d,3 d",
                   "--replications", "4000",
                   "--quiet"};
const Words kBacktest{"backtest",
                      "scenarios/openai-2024-12-11-telemetry.toml",
                      "scenarios/openai-2024-12-26-supplier-power.toml",
                      "scenarios/meta-2024-12-11.toml",
                      "--replications",
                      "100",
                      "--quiet"};

class CheckpointSeries : public ::testing::Test {
 protected:
  std::string at(const std::string& name) const {
    return (scratch_.path() / name).string();
  }
  // Sends it the signal after a while: its exit code.
  int ended_after(const Words& words, int signal,
                  std::chrono::microseconds time) const {
    const pid_t child = testing::start(words, at("stdout"), at("stderr"));
    std::this_thread::sleep_for(time);
    ::kill(child, signal);
    return testing::wait_for(child);
  }
  // Kills it at ten moments, which together take most of the time it takes
  // alone, then lets it end.
  void expect_same_table_after_kills(const Words& words,
                                     const std::string& table) const {
    const auto begun = std::chrono::steady_clock::now();
    const Ran whole = run(with(words, {"--out", at("whole")}));
    ASSERT_EQ(whole.code, 0) << whole.err;
    const auto alone = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begun);
    const Words kept = with(words, {"--out", at("out"), "--checkpoint",
                                    at("kept"), "--checkpoint-every", "0 s"});
    int kills = 0;
    for (std::uint64_t i = 0; i < 10; ++i) {
      const auto moment = name_hash("moment " + std::to_string(i)) % 1000;
      kills +=
          ended_after(kept, SIGKILL, alone * static_cast<int>(moment) / 6000) ==
          128 + SIGKILL;
    }
    EXPECT_GE(kills, 5);
    const Ran ran = run(kept);
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, whole.out);
    EXPECT_FALSE(file_text(at("out/" + table)).empty());
    EXPECT_EQ(file_text(at("out/" + table)), file_text(at("whole/" + table)));
  }

 private:
  Scratch scratch_;
};

TEST_F(CheckpointSeries, OfASweepGivesTheBytesOfAnUndisturbedOne) {
  expect_same_table_after_kills(kSweep, "sweep.csv");
}

TEST_F(CheckpointSeries, OfASweepToAPrecisionToo) {
  expect_same_table_after_kills(with(kSweep, {"--precision", "10 %"}),
                                "sweep.csv");
}

TEST_F(CheckpointSeries, OfABacktestGivesTheBytesOfAnUndisturbedOne) {
  expect_same_table_after_kills(kBacktest, "backtest.csv");
}

TEST_F(CheckpointSeries, IsWrittenWhenTerminated) {
  Words words = with(kSweep, {"--checkpoint", at("kept"), "--checkpoint-every",
                              "1 h", "--out", at("out")});
  words[5] = "1e9";
  EXPECT_EQ(ended_after(words, SIGTERM, std::chrono::milliseconds(700)), 143);
  EXPECT_THAT(file_text(at("stderr")),
              HasSubstr(" runs of the next are kept in " + at("kept") +
                        "; the same command goes on from there\n"));
  EXPECT_TRUE(fs::exists(at("kept")));
}

TEST_F(CheckpointSeries, OfAnotherGridIsRefused) {
  ASSERT_EQ(run(with(kSweep, {"--checkpoint", at("kept")})).code, 0);
  Words other = with(kSweep, {"--checkpoint", at("kept")});
  other[3] = "scenario.horizon=20 h,40 h";
  const Ran ran = run(other);
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err,
              HasSubstr("holds another run: its --over is scenario.horizon=20 "
                        "h,30 h,2 d,3 d, here it is scenario.horizon=20 h,40 "
                        "h; give another file"));
}

// What was stopped says so wherever it tells something.
TEST(BacktestCommand, TellsThatItIsPartial) {
  const Scratch scratch;
  const auto at = [&](const char* name) { return scratch.path() / name; };
  const Words words{"backtest",
                    "scenarios/openai-2024-12-11-telemetry.toml",
                    "scenarios/openai-2024-12-26-supplier-power.toml",
                    "--replications",
                    "1e9",
                    "--quiet",
                    "--out",
                    at("out").string()};
  const pid_t child = testing::start(words, at("stdout"), at("stderr"));
  while (!fs::exists(at("out"))) {
    ASSERT_EQ(::waitpid(child, nullptr, WNOHANG), 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  ::kill(child, SIGINT);
  EXPECT_EQ(testing::wait_for(child), 130);
  EXPECT_THAT(file_text(at("stdout")),
              ::testing::StartsWith("Partial: stopped after 0 of 2 incidents"));
  EXPECT_THAT(file_text(at("out") / "run.json"),
              HasSubstr("\"partial\": true"));
  EXPECT_THAT(file_text(at("out") / "backtest.csv"),
              Not(HasSubstr("telemetry")));
}

TEST(BacktestCommand, SpeaksJson) {
  const Ran ran =
      run({"backtest", "scenarios/openai-2024-12-26-supplier-power.toml",
           "--replications", "50", "--format", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, ::testing::StartsWith("{\n"));
  EXPECT_THAT(ran.out, HasSubstr("\"milestone\": \"first word\""));
  EXPECT_THAT(ran.out, HasSubstr("\"partial\": false"));
}

}  // namespace
}  // namespace outagesim
