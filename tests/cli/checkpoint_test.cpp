// Checkpoints, shards and merge through the program itself: whatever happened
// on the way, the files are those of an undisturbed run.
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
using testing::Ran;
using testing::run;
using testing::Scratch;
using Words = std::vector<std::string>;

constexpr const char* kScenario = "tests/cli/two-products.toml";
constexpr const char* kFiles[] = {"summary.csv", "timeline.csv", "observed.csv",
                                  "outages.csv", "replications.csv"};

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

const Words kRun{"run",  kScenario, "--replications",
                 "3000", "--each",  "--quiet"};

void expect_same_files(const fs::path& one, const fs::path& other) {
  for (const char* file : kFiles) {
    EXPECT_FALSE(file_text(one / file).empty()) << file;
    EXPECT_TRUE(file_text(one / file) == file_text(other / file)) << file;
  }
}

class Checkpoints : public ::testing::Test {
 protected:
  std::string at(const std::string& name) const {
    return (scratch_.path() / name).string();
  }
  // Starts the words, kills them after a while: whether they had not ended.
  bool killed_after(const Words& words, std::chrono::microseconds time) const {
    const pid_t child = testing::start(words, at("stdout"), at("stderr"));
    std::this_thread::sleep_for(time);
    ::kill(child, SIGKILL);
    return testing::wait_for(child) == 128 + SIGKILL;
  }

 private:
  Scratch scratch_;
};

// At twenty moments that together take most of the time it takes alone, on
// whatever machine.
TEST_F(Checkpoints, GiveTheBytesOfAnUndisturbedRunAfterTwentyKills) {
  Words longer = kRun;
  longer[3] = "12000";
  const auto words = [&](const std::string& out, const std::string& kept) {
    return with(longer, {"--out", at(out), "--checkpoint", at(kept),
                         "--checkpoint-every", "0 s"});
  };
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_EQ(run(words("whole", "aside")).code, 0);
  const auto alone = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begun);
  int kills = 0;
  for (std::uint64_t i = 0; i < 20; ++i) {
    const auto random = name_hash("moment " + std::to_string(i)) % 1000;
    kills += killed_after(words("out", "kept"),
                          alone * static_cast<int>(random) / 12'000)
                 ? 1
                 : 0;
  }
  EXPECT_GE(kills, 10);
  const Ran ran = run(words("out", "kept"));
  ASSERT_EQ(ran.code, 0) << ran.err;
  expect_same_files(at("whole"), at("out"));
  ASSERT_EQ(run(with(longer, {"--out", at("plain")})).code, 0);
  expect_same_files(at("plain"), at("out"));
}

TEST_F(Checkpoints, AreWrittenWhenTerminated) {
  const Words words{
      "run",          kScenario,  "--replications",     "1e9", "--quiet",
      "--checkpoint", at("kept"), "--checkpoint-every", "1 h"};
  const pid_t child = testing::start(words, at("stdout"), at("stderr"));
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_FALSE(fs::exists(at("kept")));
  ::kill(child, SIGTERM);
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  ::kill(child, SIGTERM);  // Slurm says it, and so does its script
  EXPECT_EQ(testing::wait_for(child), 143);
  EXPECT_TRUE(fs::exists(at("kept")));
  EXPECT_THAT(file_text(at("stderr")),
              HasSubstr(" of 1000000000 runs are kept in " + at("kept") +
                        "; the same command goes on from there\n"));
}

TEST_F(Checkpoints, GoOnAtOnceFromAFinishedRun) {
  const Words words = with(kRun, {"--checkpoint", at("kept"), "--out"});
  ASSERT_EQ(run(with(words, {at("first")})).code, 0);
  ASSERT_EQ(run(with(words, {at("second")})).code, 0);
  expect_same_files(at("first"), at("second"));
}

TEST_F(Checkpoints, KeepTheStoppingRule) {
  const Words words{"run",     kScenario, "--precision", "10 %",
                    "--quiet", "--each",  "--out"};
  ASSERT_EQ(run(with(words, {at("whole")})).code, 0);
  const Words kept = with(words, {at("out"), "--checkpoint", at("kept"),
                                  "--checkpoint-every", "0 s"});
  killed_after(kept, std::chrono::milliseconds(100));
  ASSERT_EQ(run(kept).code, 0);
  expect_same_files(at("whole"), at("out"));
}

TEST_F(Checkpoints, OfAllShardsMergeToTheUndividedRun) {
  ASSERT_EQ(run(with(kRun, {"--out", at("whole")})).code, 0);
  for (const std::string shard : {"2", "0", "1"}) {
    const Ran ran =
        run(with(kRun, {"--shard", shard + "/3", "--checkpoint", at(shard),
                        "--threads", shard == "1" ? "2" : "1"}));
    ASSERT_EQ(ran.code, 0) << ran.err;
  }
  const Ran merged =
      run({"merge", at("2"), at("0"), at("1"), "--out", at("merged")});
  EXPECT_EQ(merged.code, 0) << merged.err;
  expect_same_files(at("whole"), at("merged"));
}

TEST_F(Checkpoints, AreNotMergedUnderTheNameOfAnotherScenario) {
  for (const std::string shard : {"0", "1"}) {
    ASSERT_EQ(
        run(with(kRun, {"--shard", shard + "/2", "--checkpoint", at(shard)}))
            .code,
        0);
  }
  const Ran ran = run(
      {"merge", at("0"), at("1"), "--scenario", "scenarios/three-tier.toml"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("the parts are not of this scenario: "
                                 "\"scenarios/three-tier.toml\" has another "
                                 "text; give the one they were computed with "
                                 "as --scenario"));
}

TEST_F(Checkpoints, OfAComparisonMergeToo) {
  const Words words{"compare",        kScenario, "--what-if", "redundant:db",
                    "--replications", "300",     "--quiet"};
  ASSERT_EQ(run(with(words, {"--out", at("whole")})).code, 0);
  for (const std::string shard : {"0", "1"}) {
    ASSERT_EQ(
        run(with(words, {"--shard", shard + "/2", "--checkpoint", at(shard)}))
            .code,
        0);
  }
  ASSERT_EQ(run({"merge", at("0"), at("1"), "--out", at("merged")}).code, 0);
  EXPECT_EQ(file_text(at("whole/comparison.csv")),
            file_text(at("merged/comparison.csv")));
}

TEST_F(Checkpoints, OfAnotherRunAreRefused) {
  const Words words{"run", kScenario, "--replications", "100", "--quiet"};
  ASSERT_EQ(run(with(words, {"--checkpoint", at("kept")})).code, 0);
  const std::string before = file_text(at("kept"));
  const auto refusal = [&](const Words& more) {
    const Ran ran = run(with(with(words, {"--checkpoint", at("kept")}), more));
    EXPECT_EQ(ran.code, 1);
    return ran.err;
  };
  const std::string begin = "outagesim run: error: --checkpoint: \"" +
                            at("kept") + "\" holds another run: ";
  const std::string end =
      "; give another file, or remove it to begin anew\n"
      "Try \"outagesim run --help\".\n";
  EXPECT_EQ(refusal({"--seed", "2"}),
            begin + "its --seed is 1, here it is 2" + end);
  EXPECT_EQ(refusal({"--each"}),
            begin + "its --each is not given, here it is given" + end);
  EXPECT_EQ(
      refusal({"--set", "scenario.horizon=30 h"}),
      begin + "its --set is not given, here it is scenario.horizon=30 h" + end);
  EXPECT_EQ(refusal({"--shard", "1/2"}),
            begin + "it is shard 0/1, here it is 1/2" + end);
  EXPECT_EQ(file_text(at("kept")), before);
}

TEST_F(Checkpoints, ThatAreCutOrForeignAreRefused) {
  const Words words{"run",     kScenario,      "--replications", "100",
                    "--quiet", "--checkpoint", at("kept")};
  ASSERT_EQ(run(words).code, 0);
  std::string bytes = file_text(at("kept"));
  std::ofstream(at("kept"), std::ios::binary)
      << bytes.substr(0, bytes.size() / 2);
  EXPECT_EQ(run(words).err,
            "outagesim run: error: \"" + at("kept") +
                "\" is cut short or damaged: its size or its checksum does not "
                "fit\n"
                "Try \"outagesim run --help\".\n");
  bytes[bytes.size() / 2] ^= 1;
  std::ofstream(at("kept"), std::ios::binary) << bytes;
  EXPECT_THAT(run(words).err, HasSubstr("\" is cut short or damaged"));
  std::ofstream(at("kept")) << "# a scenario\n";
  EXPECT_THAT(run(words).err, HasSubstr("\" is not a checkpoint of outagesim"));
  std::ofstream(at("kept")) << "outagesim checkpoint 99\n";
  EXPECT_THAT(run(words).err,
              HasSubstr("\" is a checkpoint of another version of outagesim"));
}

TEST_F(Checkpoints, SayWhatIsMissing) {
  const Words words{"run", kScenario, "--replications", "100", "--quiet"};
  for (const std::string shard : {"0", "2"}) {
    run(with(words, {"--shard", shard + "/3", "--checkpoint", at(shard)}));
  }
  run(with(words, {"--seed", "2", "--checkpoint", at("other")}));
  EXPECT_THAT(run({"merge", at("0"), at("2")}).err,
              HasSubstr("error: runs 48 to 79 are in none of the files; give "
                        "those of all 3 shards\n"));
  EXPECT_THAT(run({"merge", at("0"), at("0")}).err,
              HasSubstr("\" hold the same runs\n"));
  EXPECT_THAT(run({"merge", at("0"), at("other")}).err,
              HasSubstr("\" does not go with \"" + at("0") +
                        "\": its --seed is 2, here it is 1\n"));
  EXPECT_THAT(run({"merge", at("9")}).err, HasSubstr("there is no file \""));
}

TEST_F(Checkpoints, NeedAFileForAShard) {
  EXPECT_THAT(run({"run", kScenario, "--shard", "0/2"}).err,
              HasSubstr("--shard needs --checkpoint FILE, where its part is "
                        "kept\n"));
  for (const std::string wrong : {"2/2", "1", "1/", "-1/2", "a/b", "0/0"}) {
    EXPECT_THAT(
        run({"run", kScenario, "--checkpoint", at("x"), "--shard", wrong}).err,
        HasSubstr("--shard: expected i/n with i from 0 to n - 1, such "
                  "as 0/8, found \"" +
                  wrong + "\"\n"));
  }
  EXPECT_THAT(run({"run", kScenario, "--checkpoint", at("x"), "--shard", "0/2",
                   "--out", at("out")})
                  .err,
              HasSubstr("--shard computes only a part, so it cannot have "
                        "--out; \"outagesim merge FILE... --out DIR\" puts "
                        "the parts together\n"));
  EXPECT_THAT(run({"run", kScenario, "--checkpoint", at("x"), "--shard", "0/2",
                   "--report", at("page.html")})
                  .err,
              HasSubstr("so it cannot have --report;"));
}

}  // namespace
}  // namespace outagesim
