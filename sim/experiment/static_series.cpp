#include "sim/experiment/static_series.h"

#include <bit>

#include "sim/experiment/blocks.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kWordsABatch = 64;

struct StaticLane {
  std::uint64_t trials = 0;
  std::vector<TrialBits> up;
  std::vector<std::uint64_t> counts;

  void add_batch(const StaticSystem& system, std::uint64_t seed,
                 std::uint64_t batch) {
    for (std::uint64_t i = 0; i < kWordsABatch; ++i) {
      simulate_word(system, seed, batch * kWordsABatch + i, up);
      for (std::size_t node = 0; node < up.size(); ++node) {
        counts[node] += static_cast<std::uint64_t>(std::popcount(up[node]));
      }
    }
    trials += kWordsABatch * kTrialsPerWord;
  }
};

}  // namespace

StaticAnswer run_static(const StaticSystem& system,
                        const StaticOptions& options,
                        const std::stop_token& stop) {
  const std::uint64_t size = kWordsABatch * kTrialsPerWord;
  const std::uint64_t batches = (options.trials + size - 1) / size;
  const unsigned threads = thread_count(options.threads, batches);
  const std::size_t nodes = system.services.size();
  std::vector<StaticLane> lanes(threads);
  for (StaticLane& lane : lanes) {
    lane.up.resize(nodes);
    lane.counts.resize(nodes);
  }
  run_blocks({0, batches, threads, stop},
             [&](unsigned thread, const Block& block) {
               for (std::uint64_t i = block.first; i < block.last; ++i) {
                 lanes[thread].add_batch(system, options.seed, i);
               }
             });
  StaticAnswer answer;
  answer.up.resize(nodes);
  for (const StaticLane& lane : lanes) {
    answer.trials += lane.trials;
    for (std::size_t node = 0; node < nodes; ++node) {
      answer.up[node].merge({lane.trials, lane.counts[node]});
    }
  }
  return answer;
}

}  // namespace outagesim
