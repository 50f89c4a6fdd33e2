#include <algorithm>
#include <utility>
#include <vector>

#include "sim/experiment/rare_cycles.h"

namespace outagesim {
namespace {

constexpr double kSeldom = 0.2;  // what happens at once less often branches

// What a path owes: below `born` it goes on with this probability only, as one
// of `level` again.
struct SplitDebt {
  std::uint32_t born = 0, level = 0;
  double keep = 0;
};
struct SplitPath {
  RaceState state;
  double weight = 1;
  std::uint32_t level = 0;  // the tries of which have a share in the weight …
  std::uint32_t floor = 0;  // … but for those up to here, never split
  std::vector<SplitDebt> debts;
};

// The excursions of a path, each tried several times from wherever it comes
// nearer to the outage.
class Splitter {
 public:
  Splitter(RareCourse& course, const SplittingLevel& level)
      : race_(course.race), work_(course.work), level_(level) {
    // As many tries at each level as a failure there is less likely than a
    // repair: what comes through is about as many as went in.
    constexpr double kLeast = 2, kMost = 300;
    tries_ =
        static_cast<std::uint32_t>(std::clamp(race_.slowness(), kLeast, kMost));
    farthest_ = race_.farthest();
    reach_ = race_.most_at_once();
  }

  void operator()(RareCourse&, RaceState state, double weight, Stream& stream,
                  RareSum& sum) {
    if (race_.is_out(state)) return sum.hit(weight);
    const std::uint32_t level = level_of(state);
    sum_ = {};
    SplitPath path{std::move(state), weight, level, level, {}};
    sees(path);
    run(stream, std::move(path));
    sum.add(sum_);
  }

 private:
  std::uint32_t level_of(const RaceState& state) {
    if (level_) return level_(state.stand.down);
    const std::uint32_t far = race_.distance(state);
    return far >= farthest_ ? 0 : farthest_ - far;
  }

  void run(Stream& stream, SplitPath path) {
    while (!work_.spent() && race_.next(path.state, stream, 0, path.weight)) {
      ++sum_.steps;
      work_.move(race_.looked_at());
      settle(stream, path);
      if (!arrive(stream, path)) return;
    }
  }

  // Takes one of what may happen now; what happens seldom is followed as well,
  // each by a path of its own, until it has come to nothing.
  void settle(Stream& stream, SplitPath& path) {
    const std::vector<RaceOutcome> outcomes(race_.outcomes().begin(),
                                            race_.outcomes().end());
    double often = 0;
    for (const RaceOutcome& outcome : outcomes) {
      often += outcome.probability < kSeldom ? 0 : outcome.probability;
    }
    double left = stream.next() * often;
    std::size_t main = 0;
    std::vector<SplitPath> seldom;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const double p = outcomes[i].probability;
      if (p >= kSeldom) {
        if (left >= 0) main = i;
        left -= p;
        continue;
      }
      SplitPath branch = path;
      branch.weight *= p;
      branch.debts.push_back({0, path.level, p});
      race_.settle(branch.state, i, stream);
      seldom.push_back(std::move(branch));
    }
    path.weight *= often;
    race_.settle(path.state, main, stream);
    for (SplitPath& branch : seldom) follow(stream, std::move(branch));
  }

  void follow(Stream& stream, SplitPath branch) {
    const std::uint32_t level = level_of(branch.state);
    branch.debts.back().born = std::max(level, branch.level + 1);
    branch.level = std::max(level, branch.level);
    if (arrive(stream, branch)) run(stream, std::move(branch));
  }

  // False where the path ends: an outage, all whole, or a debt not let off.
  bool arrive(Stream& stream, SplitPath& path) {
    if (path.weight == 0) return false;
    if (race_.is_out(path.state)) {
      sum_.hit(path.weight);
      return false;
    }
    if (race_.is_whole(path.state)) return false;
    const std::uint32_t level = level_of(path.state);
    while (!path.debts.empty() && level < path.debts.back().born) {
      const SplitDebt debt = path.debts.back();
      if (!(stream.next() < debt.keep)) return false;
      path.weight /= debt.keep;
      fall(path, debt.born);
      path.level = debt.level;
      path.debts.pop_back();
    }
    fall(path, level);
    climb(stream, path, level);
    sees(path);
    return true;
  }

  // One event more, and it would be an outage of this weight.
  void sees(const SplitPath& path) {
    if (race_.distance(path.state) <= reach_) {
      sum_.nearly = std::max(sum_.nearly, path.weight);
    }
  }

  void fall(SplitPath& path, std::uint32_t level) const {
    for (; path.level > level; --path.level) {
      if (path.level > path.floor) path.weight *= tries_;
    }
    path.floor = std::min(path.floor, path.level);
  }

  // Up to a level: the other tries from each that is reached on the way.
  void climb(Stream& stream, SplitPath& path, std::uint32_t level) {
    while (path.level < level) {
      ++path.level;
      path.weight /= tries_;
      for (std::uint32_t i = 1; i < tries_ && !work_.spent(); ++i) {
        SplitPath other = path;
        other.debts.push_back({path.level, path.level, 0});
        race_.redraw(other.state, stream);
        run(stream, std::move(other));
      }
    }
  }

  Race& race_;
  RareWork& work_;
  SplittingLevel level_;
  RareSum sum_;  // of the excursion under way
  std::uint32_t farthest_ = 0, reach_ = 1;
  std::uint32_t tries_ = 2;
};

}  // namespace

RareEstimate rare_by_splitting(const Model& model, std::uint32_t product,
                               const RareOptions& options,
                               const SplittingLevel& level) {
  RareCourse course{Race(model, product), RareWork(options)};
  Splitter splitter(course, level);
  return rare_sampled(course, splitter, options, "splitting");
}

}  // namespace outagesim
