// A series divided among ranks. Rank 0 hands out stretches of it, sized by how
// fast each rank has been, and adds up what comes back; it computes too. So a
// slow rank holds up the rest by half a second at most, and a checkpoint can be
// taken at any moment. In the end every rank has the same total.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <optional>
#include <stop_token>
#include <vector>

#include "sim/experiment/rank_link.h"
#include "sim/experiment/series_tally.h"

namespace outagesim {

// How a rank does its share.
struct RankWork {
  const SeriesTally& tally;
  // Simulates a stretch; what it adds up to is gathered afterwards.
  std::function<std::vector<FinishedRuns>(const RunRange&)> simulate;
  std::stop_token stop;
};

// What rank 0 does.
class RankLeader {
 public:
  // `take` is given what is finished and already in the tally's total; `tend`
  // is called now and then between.
  RankLeader(const RankLink& link, RankWork work,
             std::function<void(const std::vector<FinishedRuns>&)> take,
             std::function<void()> tend);

  // Returns when all of it is finished, or at once when stopped.
  void fill(std::vector<RunRange> stretches);
  // Gives the total to the others, who then have done.
  void dismiss(std::uint64_t finished);

 private:
  struct Member {
    bool present = false;  // has asked for work
    bool working = false;
    double rate = 0;  // replications a second; 0: not known yet
  };

  RunRange next_stretch(const Member& member);
  void give(unsigned rank);
  void give_all_who_wait();
  bool collect_own();
  bool collect_letters();
  void finish_own();
  void count(Member& member, const std::vector<FinishedRuns>& runs,
             double seconds);

  const RankLink& link_;
  RankWork work_;
  std::function<void(const std::vector<FinishedRuns>&)> take_;
  std::function<void()> tend_;
  std::vector<Member> members_;  // by rank; the first is ourselves
  std::vector<RunRange> to_do_;  // the next one last
  double own_began_ = 0;
  std::optional<std::future<std::vector<FinishedRuns>>> own_;
};

// What the others do: compute what they are given until rank 0 has the total,
// which they then have too. Partial if stopped before.
SeriesEnd serve_leader(const RankLink& link, const RankWork& work);

}  // namespace outagesim
