// Ranks as threads of one process, with queues for letters.
#include "sim/experiment/rank_series.h"

#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <mutex>
#include <thread>

#include "sim/core/byte_archive.h"
#include "sim/experiment/series.h"

namespace outagesim {
namespace {

// A letter box for each rank.
class Post {
 public:
  explicit Post(unsigned ranks) : boxes_(ranks) {}

  RankLink link(unsigned rank) {
    RankLink link;
    link.rank = rank;
    link.size = static_cast<unsigned>(boxes_.size());
    link.send = [this, rank](unsigned to, std::string_view text) {
      const std::scoped_lock lock(mutex_);
      boxes_[to].push_back({rank, std::string(text)});
    };
    link.receive = [this, rank]() -> std::optional<RankLetter> {
      const std::scoped_lock lock(mutex_);
      if (boxes_[rank].empty()) return std::nullopt;
      RankLetter letter = std::move(boxes_[rank].front());
      boxes_[rank].pop_front();
      return letter;
    };
    return link;
  }

 private:
  std::mutex mutex_;
  std::vector<std::deque<RankLetter>> boxes_;
};

// Adds up the numbers of the replications; a slow one rests at each block.
struct Adder {
  std::uint64_t gathered = 0;
  std::uint64_t total = 0;
  std::uint64_t blocks = 0;
  std::chrono::milliseconds pause{0};

  SeriesTally tally() {
    SeriesTally tally;
    tally.simulate = [this](unsigned, const Block& block,
                            std::vector<std::string>& texts) {
      std::this_thread::sleep_for(pause);
      ++blocks;
      for (std::uint64_t i = block.first; i < block.last; ++i) gathered += i;
      texts[0] += std::to_string(block.number) + " ";
      return block.last;
    };
    tally.gather = [this] { total += std::exchange(gathered, 0); };
    tally.save = [this] { return bytes_of(total); };
    tally.add = [this](std::string_view bytes) {
      std::uint64_t more = 0;
      const bool fine = read_bytes(bytes, more);
      total += more;
      return fine;
    };
    tally.clear = [this] { total = 0; };
    return tally;
  }
};

constexpr std::uint64_t kRuns = 10'000;
constexpr std::uint64_t kSum = kRuns * (kRuns - 1) / 2;

struct Outcome {
  std::vector<Adder> adders;
  std::vector<SeriesEnd> ends;
  std::string text;
};

// A series on as many ranks as there are pauses.
Outcome run_on(const std::vector<int>& pauses) {
  Outcome outcome;
  const auto ranks = static_cast<unsigned>(pauses.size());
  Post post(ranks);
  outcome.adders.resize(ranks);
  outcome.ends.resize(ranks);
  std::vector<std::jthread> threads;
  for (unsigned rank = 0; rank < ranks; ++rank) {
    threads.emplace_back([&, rank] {
      Adder& adder = outcome.adders[rank];
      adder.pause = std::chrono::milliseconds(pauses[rank]);
      const RankLink link = post.link(rank);
      SeriesWatch watch;
      watch.ranks = &link;
      watch.texts.push_back([&](std::string_view text) {
        outcome.text += text;
        return true;
      });
      outcome.ends[rank] = run_series(adder.tally(), {{0, kRuns}, 1}, watch);
    });
  }
  return threads.clear(), outcome;
}

TEST(RankSeries, GivesEveryRankTheSameTotal) {
  const Outcome outcome = run_on({0, 0, 0});
  for (const Adder& adder : outcome.adders) EXPECT_EQ(adder.total, kSum);
  for (const SeriesEnd& end : outcome.ends) {
    EXPECT_EQ(end.finished, kRuns);
    EXPECT_FALSE(end.partial);
  }
}

TEST(RankSeries, WritesTextInOrderOnRank0Alone) {
  std::string expected;
  for (std::uint64_t i = 0; i < kRuns / kBlockSize; ++i) {
    expected += std::to_string(i) + " ";
  }
  EXPECT_EQ(run_on({0, 0, 0, 0}).text, expected);
}

TEST(RankSeries, GivesASlowRankLess) {
  const Outcome outcome = run_on({1, 20, 1});
  EXPECT_EQ(outcome.adders[0].total, kSum);
  EXPECT_GT(outcome.adders[1].blocks, 0);
  EXPECT_LT(3 * outcome.adders[1].blocks, outcome.adders[0].blocks);
  EXPECT_LT(3 * outcome.adders[1].blocks, outcome.adders[2].blocks);
}

}  // namespace
}  // namespace outagesim
