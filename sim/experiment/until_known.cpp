#include "sim/experiment/until_known.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "sim/experiment/blocks.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kFirstComparedLook = 1024;

// Where to look next: always a multiple of the block size.
std::uint64_t look_after(std::uint64_t done) {
  const std::uint64_t next = std::max(kFirstComparedLook, done + done / 2);
  return (next + kBlockSize - 1) / kBlockSize * kBlockSize;
}

// The same watch, for a part that begins after `done` replications.
CompareWatch told_from(std::uint64_t done, const CompareOptions& options,
                       const CompareWatch& watch) {
  CompareWatch told = watch;
  if (!watch.progress) return told;
  const std::uint64_t all = options.replications;
  told.progress = [done, all, &watch](std::uint64_t finished, std::uint64_t) {
    watch.progress(done + finished, all);
  };
  return told;
}

}  // namespace

bool is_known(const Comparison& comparison, const KnownEnough& enough) {
  const auto all = comparison.differences(comparison.ranking_metric());
  const bool surely =
      enough.sure && std::ranges::any_of(all, [&](const StrategyEffect& one) {
        return one.p_best >= enough.sure->value;
      });
  if (surely || !enough.precision) return surely;
  const double half =
      enough.precision->value * std::abs(all.front().mean.value);
  return std::ranges::all_of(all, [&](const StrategyEffect& one) {
    return (one.difference.high - one.difference.low) / 2 <= half;
  });
}

CompareResult run_until_known(const std::vector<Candidate>& candidates,
                              const CompareOptions& options,
                              const KnownEnough& enough,
                              const CompareWatch& watch) {
  assert(!options.part && watch.keeper == nullptr);
  CompareResult total{Comparison(candidates), false};
  std::uint64_t done = 0;
  while (done < options.replications && !total.partial) {
    CompareOptions round = options;
    round.part =
        RunRange{done, std::min(look_after(done), options.replications)};
    const CompareResult part =
        run_comparison(candidates, round, told_from(done, options, watch));
    total.comparison.merge(part.comparison);
    total.partial = part.partial;
    done = round.part->last;
    if (is_known(total.comparison, enough)) break;
  }
  return total;
}

}  // namespace outagesim
