#include "sim/experiment/series.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>

#include "models/base/error.h"
#include "sim/experiment/rank_series.h"

namespace outagesim {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kFirstLook = 1024;
constexpr double kMostKeeping = 0.05;  // of the time

// Where to look next: always a multiple of the block size.
std::uint64_t next_look(std::uint64_t done) {
  const std::uint64_t next = std::max(kFirstLook, done + done / 2);
  return (next + kBlockSize - 1) / kBlockSize * kBlockSize;
}

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

class Series {
 public:
  Series(const SeriesTally& tally, const SeriesOptions& options,
         const SeriesWatch& watch)
      : tally_(tally),
        options_(options),
        watch_(watch),
        ledger_(options.all.first, watch.texts, watch.keeper != nullptr),
        pass_on_(watch.stop, [this] { stop_.request_stop(); }) {
    if (serves()) return;
    if (watch.keeper != nullptr) resume(watch.keeper->start);
    if (watch.ranks != nullptr) {
      leader_.emplace(
          *watch.ranks, rank_work(), [this](const auto& runs) { take(runs); },
          [this] { keep_if_due(); });
    }
  }

  SeriesEnd run() {
    if (serves()) return serve_leader(*watch_.ranks, rank_work());
    std::uint64_t look = 0;
    do {
      look = tally_.enough ? next_look(look) : options_.all.last;
      const std::uint64_t end = std::min(look, options_.all.last);
      fill_gaps(ledger_.gaps(end));
    } while (!stopped() && look < options_.all.last && !enough_at(look));
    if (leader_ && !stopped()) leader_->dismiss(ledger_.finished());
    if (watch_.keeper != nullptr) keep();
    ledger_.finish();
    return {ledger_.finished(), stopped() && !whole()};
  }

 private:
  bool serves() const {
    return watch_.ranks != nullptr && watch_.ranks->rank > 0;
  }
  bool stopped() const { return stop_.stop_requested(); }
  // A series that was resumed beyond a look has passed it before.
  bool enough_at(std::uint64_t look) const {
    return ledger_.finished() == look && tally_.enough();
  }
  bool whole() const { return ledger_.gaps(options_.all.last).empty(); }

  void resume(const SeriesPart& part) {
    for (const std::string& state : part.states) {
      if (tally_.add(state)) continue;
      throw InternalError("a checkpoint's sums are not those of its scenario");
    }
    take(part.pieces);
  }

  // Runs that are in the total already. Waits for nobody: who would come?
  void take(const std::vector<FinishedRuns>& runs) {
    std::stop_source at_once;
    at_once.request_stop();
    for (const FinishedRuns& one : runs) {
      if (!ledger_.put(one, at_once.get_token())) stop_.request_stop();
      report_progress(one.at.last - one.at.first);
    }
  }

  RankWork rank_work() {
    return {tally_,
            [this](const RunRange& range) {
              const std::vector<TakeText> nobody(watch_.texts.size());
              Ledger ledger(range.first, nobody, true);
              simulate(range, ledger);
              return ledger.pieces();
            },
            stop_.get_token()};
  }

  void fill_gaps(const std::vector<RunRange>& gaps) {
    if (leader_) return leader_->fill(gaps);
    for (const RunRange& gap : gaps) fill(gap);
  }

  // All at once, or with a keeper in rounds of a fraction of its interval.
  void fill(RunRange gap) {
    while (gap.first < gap.last && !stopped()) {
      RunRange round = gap;
      if (watch_.keeper != nullptr) {
        round.last = std::min(round.last, round.first + round_size_);
      }
      const Clock::time_point began = Clock::now();
      simulate(round, ledger_);
      tally_.gather();
      size_next_round(round, seconds_since(began));
      if (!stopped()) keep_if_due();
      gap.first = round.last;
    }
  }

  void simulate(const RunRange& stretch, Ledger& into) {
    run_blocks(
        {stretch.first, stretch.last, options_.threads, stop_.get_token()},
        [&](unsigned thread, const Block& block) {
          std::vector<std::string> texts(watch_.texts.size());
          const std::uint64_t reached = tally_.simulate(thread, block, texts);
          const RunRange at{block.first, reached};
          if (!into.put({at, std::move(texts)}, block.stop)) {
            stop_.request_stop();
          }
          if (&into == &ledger_) report_progress(reached - block.first);
        });
  }

  void report_progress(std::uint64_t finished) {
    if (!watch_.progress) return;
    const std::scoped_lock lock(progress_);
    finished_ += finished;
    watch_.progress(finished_, options_.all.last - options_.all.first);
  }

  void size_next_round(const RunRange& round, double spent) {
    const double wanted = std::clamp(interval_ / 8, 1e-3, 1.0);
    const double growth = std::min(wanted / std::max(spent, 1e-6), 4.0);
    const double next = static_cast<double>(round.last - round.first) * growth;
    const auto blocks = static_cast<std::uint64_t>(next) / kBlockSize;
    round_size_ =
        std::max<std::uint64_t>(blocks, options_.threads) * kBlockSize;
  }

  void keep_if_due() {
    if (watch_.keeper != nullptr && seconds_since(kept_) >= interval_) keep();
  }

  void keep() {
    const Clock::time_point began = Clock::now();
    const SeriesPart part{ledger_.pieces(), {tally_.save()}};
    watch_.keeper->keep(part);
    kept_ = Clock::now();
    interval_ = std::max(watch_.keeper->every.value,
                         seconds_since(began) / kMostKeeping);
  }

  const SeriesTally& tally_;
  const SeriesOptions& options_;
  const SeriesWatch& watch_;
  std::stop_source stop_;
  Ledger ledger_;
  std::stop_callback<std::function<void()>> pass_on_;
  std::optional<RankLeader> leader_;
  std::mutex progress_;
  std::uint64_t finished_ = 0;
  std::uint64_t round_size_ = kBlockSize;
  Clock::time_point kept_ = Clock::now();
  double interval_ = watch_.keeper ? watch_.keeper->every.value : 0;
};

}  // namespace

SeriesEnd run_series(const SeriesTally& tally, const SeriesOptions& options,
                     const SeriesWatch& watch) {
  return Series(tally, options, watch).run();
}

RunRange shard_of(std::uint64_t replications, std::uint64_t shard,
                  std::uint64_t shards) {
  const std::uint64_t blocks = (replications + kBlockSize - 1) / kBlockSize;
  const std::uint64_t each = blocks / shards, more = blocks % shards;
  const auto begin = [&](std::uint64_t i) {
    return std::min((i * each + std::min(i, more)) * kBlockSize, replications);
  };
  return {begin(shard), begin(shard + 1)};
}

}  // namespace outagesim
