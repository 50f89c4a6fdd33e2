// Killed at twenty random moments, from the first replications to the last, a
// run goes on to the bytes of an undisturbed one. A moment is a share of the
// work that is kept by then, so that it is the same on any machine, and some
// milliseconds after.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include "models/base/text.h"
#include "sim/experiment/checkpoint.h"
#include "tests/cli/program.h"

namespace outagesim {
namespace {

using testing::file_text;
using testing::run;
using testing::Scratch;
using Words = std::vector<std::string>;
namespace fs = std::filesystem;

constexpr int kMoments = 20;

double random_share(int moment) {
  const auto hash = name_hash("share " + std::to_string(moment));
  return static_cast<double>(hash % 1000) / 1000;
}

bool is_running(pid_t child) {
  siginfo_t info{};
  ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
  return info.si_pid == 0;
}

class CheckpointMoments : public ::testing::Test {
 protected:
  std::string at(const std::string& name) const {
    return scratch_.path() / name;
  }

  Words words(const std::string& out) const {
    return {"run",       "tests/cli/two-products.toml",
            "--quiet",   "--replications",
            "6000",      "--each",
            "--threads", "1",
            "--out",     at(out)};
  }
  Words kept_words() const {
    Words kept = words("out");
    for (const std::string& word :
         {std::string("--checkpoint"), at("kept"),
          std::string("--checkpoint-every"), std::string("0 s")}) {
      kept.push_back(word);
    }
    return kept;
  }

  // Of all replications; 0 where there is no file yet.
  double share_kept() const {
    const auto kept = parse_checkpoint(file_text(at("kept")));
    if (!kept) return 0;
    return 1 - static_cast<double>(missing_runs(*kept)) /
                   static_cast<double>(kept->all.last - kept->all.first);
  }

  // Kills a run from its beginning once so much is kept, and a little later:
  // how much is then, or nothing where it ended before. It runs in slices, so
  // that on a busy machine it does not get ahead of who looks.
  std::optional<double> killed_at(double share,
                                  std::chrono::microseconds later) const {
    fs::remove(at("kept"));
    const pid_t child =
        testing::start(kept_words(), at("stdout"), at("stderr"));
    while (is_running(child)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(4));
      ::kill(child, SIGSTOP);
      const bool enough = share_kept() >= share;
      ::kill(child, SIGCONT);
      if (enough) break;
    }
    std::this_thread::sleep_for(later);
    ::kill(child, SIGKILL);
    const bool killed = testing::wait_for(child) == 128 + SIGKILL;
    return killed ? std::optional(share_kept()) : std::nullopt;
  }

  void expect_same_files() const {
    for (const char* file : {"summary.csv", "timeline.csv", "observed.csv",
                             "outages.csv", "replications.csv"}) {
      const std::string whole = file_text(at("whole") + "/" + file);
      EXPECT_FALSE(whole.empty()) << file;
      EXPECT_TRUE(whole == file_text(at("out") + "/" + file)) << file;
    }
  }

 private:
  Scratch scratch_;
};

TEST_F(CheckpointMoments, FromFirstToLastGiveTheSameBytes) {
  ASSERT_EQ(run(words("whole")).code, 0);
  std::vector<double> shares;
  for (int i = 0; i < kMoments; ++i) {
    const double share = (i + random_share(i)) / kMoments;
    const std::chrono::microseconds later(
        static_cast<int>(5000 * random_share(kMoments + i)));
    const auto kept = killed_at(share, later);
    if (kept) shares.push_back(*kept);
    fs::remove_all(at("out"));
    ASSERT_EQ(run(kept_words()).code, 0) << share;
    expect_same_files();
  }
  // How early the first one is depends on how busy the machine is.
  ASSERT_GE(shares.size(), kMoments / 2);
  EXPECT_GT(*std::ranges::max_element(shares), 0.75);
}

}  // namespace
}  // namespace outagesim
