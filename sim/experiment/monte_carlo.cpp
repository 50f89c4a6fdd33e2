#include "sim/experiment/monte_carlo.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "sim/core/byte_archive.h"
#include "sim/engine/engine.h"
#include "sim/experiment/blocks.h"
#include "sim/experiment/endless.h"
#include "sim/experiment/statistics.h"

namespace outagesim {
namespace {

// What a thread keeps for itself.
struct Lane {
  Lane(const Model& model, const Summary& empty)
      : engine(model), summary(empty) {}
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
        empty_(model,
               options.reduce_variance
                   ? std::make_shared<LinearControls>(linear_controls(model))
                   : nullptr),
        total_(empty_),
        lanes_(thread_count(options.threads, options.replications)) {}

  unsigned threads() const { return static_cast<unsigned>(lanes_.size()); }
  Summary& total() { return total_; }

  std::uint64_t simulate(unsigned thread, const Block& block,
                         std::vector<std::string>& texts) {
    if (!lanes_[thread])
      lanes_[thread] = std::make_unique<Lane>(model_, empty_);
    Lane& lane = *lanes_[thread];
    lane.engine.heed(block.stop);
    for (std::uint64_t i = block.first; i < block.last; ++i) {
      const Replication& replication = lane.engine.run(options_.seed, i);
      if (replication.abandoned) return i;
      refuse_endless(replication);
      lane.summary.add(replication);
      if (watch_.look) watch_.look(replication);
      for (std::size_t n = 0; n < texts.size(); ++n) {
        watch_.notes[n].tell(replication, texts[n]);
      }
    }
    return block.last;
  }

  void gather() {
    for (auto& lane : lanes_) {
      if (lane) total_.merge(lane->summary);
      if (lane) lane->summary = empty_;
    }
  }

  void clear() { total_ = empty_; }

  bool add(std::string_view bytes) {
    Summary more = empty_;
    if (!read_bytes(bytes, more)) return false;
    total_.merge(more);
    return true;
  }

 private:
  const Model& model_;
  const MonteCarloOptions& options_;
  const MonteCarloWatch& watch_;
  const Summary empty_;
  Summary total_;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

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

SeriesTally tally_of(Run& run, const std::optional<double>& precision) {
  SeriesTally tally;
  tally.simulate = [&run](unsigned thread, const Block& block,
                          std::vector<std::string>& texts) {
    return run.simulate(thread, block, texts);
  };
  tally.gather = [&run] { run.gather(); };
  tally.save = [&run] { return bytes_of(run.total()); };
  tally.add = [&run](std::string_view bytes) { return run.add(bytes); };
  tally.clear = [&run] { run.clear(); };
  if (precision) {
    tally.enough = [&run, precision] {
      return precise_enough(run.total(), *precision);
    };
  }
  return tally;
}

}  // namespace

// Of what was never seen nothing is known relative to its size.
bool precise_enough(const Summary& summary, double precision) {
  const bool people = !summary.model().populations.empty();
  const Estimate mean = estimate_of(
      summary, people ? "user_minutes_lost" : "downtime", {}, "mean");
  return mean.value != 0 &&
         mean.high - mean.low <= 2 * precision * std::abs(mean.value);
}

MonteCarloResult run_monte_carlo(const Model& model,
                                 const MonteCarloOptions& options,
                                 const MonteCarloWatch& watch) {
  Run run(model, options, watch);
  SeriesWatch series{watch.stop, watch.progress, {}, watch.keeper, watch.ranks};
  for (const Notes& notes : watch.notes) series.texts.push_back(notes.write);
  const RunRange all = options.part.value_or(RunRange{0, options.replications});
  const SeriesEnd end = run_series(tally_of(run, options.precision),
                                   {all, run.threads()}, series);
  return {std::move(run.total()), end.partial};
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
