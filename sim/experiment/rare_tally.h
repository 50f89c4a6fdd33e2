// What the samplers of rare outages share: the work that may still be done, and
// what the paths have said.
#pragma once

#include <algorithm>
#include <cstdint>
#include <stop_token>

#include "sim/experiment/rare.h"
#include "sim/stats/moments.h"

namespace outagesim {

// What may still be done: moves, and states seen for the first time, whose
// moves must be found and kept.
class RareWork {
 public:
  explicit RareWork(const RareOptions& options)
      : left_(options.most_steps), stop_(options.stop) {}

  bool spent() const { return left_ == 0; }

  // One more move; `kept` are the moves that the walk has found so far.
  void move(std::uint64_t kept) {
    constexpr std::uint64_t kToFind = 4;  // what finding a move costs
    constexpr std::uint64_t kLook = 1024;
    const std::uint64_t cost = 1 + kToFind * (kept - kept_);
    kept_ = kept;
    left_ -= std::min(left_, cost);
    if (++moves_ % kLook == 0 && stop_.stop_requested()) left_ = 0;
  }
  // A path of no move at all is work as well.
  void path() { move(kept_); }

 private:
  std::uint64_t left_ = 0, moves_ = 0, kept_ = 0;
  std::stop_token stop_;
};

// What paths said, and when that is enough.
class RareTally {
 public:
  explicit RareTally(const RareOptions& options) : options_(options) {}

  struct Path {
    double weight = 0;  // of its hits together
    double nearly = 0;  // of a hit that it might have made and did not
    std::uint64_t hits = 0, steps = 0, plain_steps = 0;
  };
  void add(const Path& path) {
    mean_.add(path.weight);
    nearly_ = std::max(nearly_, path.nearly);
    hits_ += path.hits;
    steps_ += path.steps;
    plain_steps_ += path.plain_steps;
  }

  bool enough() const {
    constexpr std::uint64_t kBatch = 1000;
    if (mean_.n < options_.least_paths || mean_.n % kBatch != 0) return false;
    return relative_error() <= options_.relative_error;
  }

  RareEstimate estimate(std::string_view method) const;

 private:
  double relative_error() const;
  double unseen() const;
  void set_ends(Estimate& probability) const;

  RareOptions options_;
  Mean mean_;
  double nearly_ = 0;
  std::uint64_t hits_ = 0, steps_ = 0, plain_steps_ = 0;
};

}  // namespace outagesim
