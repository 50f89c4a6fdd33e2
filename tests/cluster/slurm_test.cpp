// A real job array of Slurm on one node: the very command of docs/cluster.md.
// Skipped where Slurm is not installed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cluster/slurm_site.h"

namespace outagesim {
namespace {

using testing::becomes_true;
using testing::file_text;
using testing::find_program;
using ::testing::HasSubstr;
using testing::Ran;
using testing::SlurmSite;
using Words = std::vector<std::string>;
namespace fs = std::filesystem;

constexpr const char* kScenario = "tests/cli/two-products.toml";

// The line of the page that begins with sbatch, word by word.
Words command_of_the_page() {
  std::istringstream page(source_text("docs/cluster.md"));
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("    sbatch ")) continue;
    std::istringstream words(line);
    return {std::istream_iterator<std::string>(words), {}};
  }
  return {};
}

class SlurmArray : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string lacks = SlurmSite::missing(); !lacks.empty()) {
      GTEST_SKIP() << "no Slurm here: there is no " << lacks;
    }
    ::setenv("OUTAGESIM", program_path().c_str(), 1);
    site_.emplace();
    ASSERT_TRUE(site_->is_ready()) << site_->logs();
  }

  void TearDown() override { ::unsetenv("OUTAGESIM"); }

  // The command of the page with a scenario and a size of our own.
  Ran submit(const std::string& array, const std::string& replications,
             const Words& more = {}) const {
    Words words = command_of_the_page();
    if (words.size() != 7) return {-1, "", "the page has another command"};
    words[1] = "--array=" + array;
    words[3] = kScenario;
    words[4] = site_->at("results");
    words[6] = replications;
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.begin() + 1, "--output=" + site_->at("task-%a.log"));
    return site_->ask(words);
  }

  void expect_bytes_of_one_process(const std::string& replications) const {
    const Ran alone =
        testing::run({"run", kScenario, "--replications", replications,
                      "--quiet", "--out", site_->at("alone")});
    ASSERT_EQ(alone.code, 0) << alone.err;
    for (const char* file :
         {"summary.csv", "timeline.csv", "observed.csv", "outages.csv"}) {
      const std::string whole = file_text(site_->at("alone") + "/" + file);
      EXPECT_FALSE(whole.empty()) << file;
      EXPECT_TRUE(whole == file_text(site_->at("results") + "/" + file))
          << file << '\n'
          << site_->logs();
    }
  }

  // How many tasks said that they put the parts together.
  int mergers() const {
    int n = 0;
    for (const auto& entry : fs::directory_iterator(site_->folder())) {
      if (!entry.path().filename().string().starts_with("task-")) continue;
      n += file_text(entry.path()).find("\nmerged ") != std::string::npos;
    }
    return n;
  }

  std::optional<SlurmSite> site_;
};

TEST_F(SlurmArray, GivesTheBytesOfOneProcess) {
  ASSERT_EQ(command_of_the_page().at(1), "--array=0-7");
  const Ran submitted = submit("0-7", "4000");
  ASSERT_EQ(submitted.code, 0) << submitted.err;
  ASSERT_TRUE(site_->has_done()) << site_->logs();
  expect_bytes_of_one_process("4000");
  EXPECT_EQ(mergers(), 1);
  EXPECT_EQ(site_->end_all(), 0) << "processes had to be killed";
}

// Slurm ends one of two tasks and queues it again, as it does with one that
// must give way.
TEST_F(SlurmArray, GoesOnWhereATaskWasPreempted) {
  ASSERT_EQ(submit("0-1", "100000", {"--checkpoint-every", "50 ms"}).code, 0);
  const std::string kept = site_->at("results.parts/0.ckpt");
  ASSERT_TRUE(
      becomes_true([&] { return fs::exists(kept); }, std::chrono::seconds(20)))
      << site_->logs();
  ASSERT_EQ(site_->ask({"scontrol", "requeue", "1_0"}).code, 0);
  const auto told = [&] {
    const std::string log = file_text(site_->at("task-0.log"));
    return log.find(" of 50000 runs are kept in " + kept) != std::string::npos;
  };
  EXPECT_TRUE(becomes_true(told, std::chrono::seconds(10))) << site_->logs();
  ASSERT_TRUE(site_->has_done()) << site_->logs();
  expect_bytes_of_one_process("100000");
}

}  // namespace
}  // namespace outagesim
