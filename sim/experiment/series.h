// The one loop over many replications, for every experiment: on threads, with
// checkpoints, in parts. An experiment is a tally: it knows how to simulate a
// block, and its total adds up to the same bits in any order. So it never
// matters who computed which part, nor when.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/units.h"
#include "sim/experiment/ledger.h"
#include "sim/experiment/rank_link.h"
#include "sim/experiment/series_tally.h"

namespace outagesim {

// Where a series goes on from, and what is told of its progress.
struct SeriesKeeper {
  SeriesPart start;
  Seconds every{10};  // longer where keeping takes more than 5 % of the time
  std::function<void(const SeriesPart&)> keep;
};

struct SeriesOptions {
  RunRange all;
  unsigned threads = 1;
};

struct SeriesWatch {
  std::stop_token stop;
  std::function<void(std::uint64_t finished, std::uint64_t of)> progress;
  std::vector<TakeText> texts;           // a kind of note each
  const SeriesKeeper* keeper = nullptr;  // may be nobody
  const RankLink* ranks = nullptr;       // nothing: this process alone
};

// A stopping rule is asked after 1024 replications and at each half as many
// again, whatever the threads; it supposes that `all` begins at 0. With ranks
// all of them call it alike: rank 0 writes, keeps and reports, and in the end
// all have the same total.
SeriesEnd run_series(const SeriesTally& tally, const SeriesOptions& options,
                     const SeriesWatch& watch);

// SeriesPart `shard` of `shards` equal ones, in whole blocks.
// Precondition: shard < shards.
RunRange shard_of(std::uint64_t replications, std::uint64_t shard,
                  std::uint64_t shards);

}  // namespace outagesim
