#include "sim/experiment/monte_carlo.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <list>
#include <memory>
#include <mutex>

#include "sim/engine/engine.h"
#include "sim/experiment/blocks.h"
#include "sim/experiment/endless.h"
#include "sim/experiment/statistics.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kFirstLook = 1024;

// What a thread keeps for itself.
struct Lane {
  explicit Lane(const Model& model) : engine(model), summary(model) {}
  Engine engine;
  Summary summary;
};

// The run as its threads see it.
class Run {
 public:
  Run(const Model& model, const MonteCarloOptions& options,
      const MonteCarloWatch& watch)
      : model_(model),
        options_(options),
        watch_(watch),
        stop_(std::make_unique<std::stop_source>()),
        lanes_(thread_count(options.threads, options.replications)) {
    for (const Notes& notes : watch.notes) order_.emplace_back(notes.write);
  }

  void round(std::uint64_t first, std::uint64_t last) {
    const auto threads = static_cast<unsigned>(lanes_.size());
    const std::stop_callback pass_on(watch_.stop,
                                     [&] { stop_->request_stop(); });
    run_blocks(
        {first, last, threads, stop_->get_token()},
        [&](unsigned thread, const Block& block) { work(thread, block); });
  }

  // Moves what the threads have gathered into `total`.
  void gather(Summary& total) {
    for (auto& lane : lanes_) {
      if (lane) total.merge(lane->summary);
      if (lane) lane->summary = Summary(model_);
    }
  }

 private:
  void work(unsigned thread, const Block& block) {
    if (!lanes_[thread]) lanes_[thread] = std::make_unique<Lane>(model_);
    Lane& lane = *lanes_[thread];
    lane.engine.heed(block.stop);
    std::vector<std::string> texts(watch_.notes.size());
    for (std::uint64_t i = block.first; i < block.last; ++i) {
      const Replication& replication = lane.engine.run(options_.seed, i);
      if (replication.abandoned) break;
      refuse_endless(replication);
      lane.summary.add(replication);
      for (std::size_t n = 0; n < texts.size(); ++n) {
        watch_.notes[n].tell(replication, texts[n]);
      }
    }
    put_notes(block, texts);
    report_progress(block.last - block.first);
  }

  void put_notes(const Block& block, std::vector<std::string>& texts) {
    auto order = order_.begin();
    for (std::string& text : texts) {
      const bool fine =
          (order++)->put(block.number, std::move(text), block.stop);
      if (!fine) stop_->request_stop();
    }
  }

  void report_progress(std::uint64_t finished) {
    if (!watch_.progress) return;
    const std::scoped_lock lock(progress_);
    finished_ += finished;
    watch_.progress(finished_, options_.replications);
  }

  const Model& model_;
  const MonteCarloOptions& options_;
  const MonteCarloWatch& watch_;
  std::unique_ptr<std::stop_source> stop_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::list<InOrder> order_;  // by notes
  std::mutex progress_;
  std::uint64_t finished_ = 0;
};

bool precise_enough(const Summary& summary, double precision) {
  const bool people = !summary.model().populations.empty();
  const Estimate mean = estimate_of(
      summary, people ? "user_minutes_lost" : "downtime", {}, "mean");
  return mean.high - mean.low <= 2 * precision * std::abs(mean.value);
}

struct Nearest {
  double distance = kUnbounded;
  std::uint64_t index = 0;

  void offer(double d, std::uint64_t i) {
    if (d < distance || (d == distance && i < index)) *this = {d, i};
  }
};

// How far the nearest of the replication's samples is; infinite if none.
double distance(const Model& model, const Replication& replication,
                const Likeness& likeness) {
  Samples samples;
  likeness.metric->read(model, replication, likeness.subject, samples);
  double least = kUnbounded;
  for (const Sample& sample : samples) {
    least = std::min(least, std::abs(sample.value - likeness.value));
  }
  return least;
}

// Where to look next: always a multiple of the block size.
std::uint64_t next_look(std::uint64_t done) {
  const std::uint64_t next = std::max(kFirstLook, done + done / 2);
  return (next + kBlockSize - 1) / kBlockSize * kBlockSize;
}

}  // namespace

MonteCarloResult run_monte_carlo(const Model& model,
                                 const MonteCarloOptions& options,
                                 const MonteCarloWatch& watch) {
  Run run(model, options, watch);
  MonteCarloResult result{Summary(model)};
  std::uint64_t done = 0;
  while (done < options.replications && !result.partial) {
    const std::uint64_t until =
        options.precision ? std::min(next_look(done), options.replications)
                          : options.replications;
    run.round(done, until);
    run.gather(result.summary);
    done = result.summary.replications();
    result.partial = done < until;
    if (options.precision &&
        precise_enough(result.summary, *options.precision)) {
      break;
    }
  }
  return result;
}

std::optional<std::uint64_t> replication_like(const Model& model,
                                              const MonteCarloOptions& options,
                                              const Likeness& likeness,
                                              const std::stop_token& stop) {
  const unsigned threads = thread_count(options.threads, options.replications);
  std::vector<std::unique_ptr<Engine>> engines(threads);
  std::vector<Nearest> nearest(threads);
  const auto search = [&](unsigned thread, const Block& block) {
    if (!engines[thread]) engines[thread] = std::make_unique<Engine>(model);
    engines[thread]->heed(block.stop);
    for (std::uint64_t i = block.first; i < block.last; ++i) {
      const Replication& replication = engines[thread]->run(options.seed, i);
      if (replication.abandoned) return;
      nearest[thread].offer(distance(model, replication, likeness), i);
    }
  };
  run_blocks({0, options.replications, threads, stop}, search);
  Nearest best;
  for (const Nearest& one : nearest) best.offer(one.distance, one.index);
  if (stop.stop_requested() || std::isinf(best.distance)) return {};
  return best.index;
}

}  // namespace outagesim
