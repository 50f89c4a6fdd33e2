// What a series of replications adds up: how an experiment simulates a block,
// and what some of the work, or all of it, comes to.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/experiment/blocks.h"
#include "sim/experiment/ledger.h"

namespace outagesim {

struct SeriesTally {
  // Simulates the replications of a block and adds them to what the thread has
  // gathered; appends what they have to say, by kind. Returns one past the last
  // that was finished. Called from several threads.
  std::function<std::uint64_t(unsigned thread, const Block& block,
                              std::vector<std::string>& texts)>
      simulate;
  // Moves what the threads have gathered into the total.
  std::function<void()> gather;
  // The total as bytes; bytes into the total (false if they do not fit).
  std::function<std::string()> save;
  std::function<bool(std::string_view)> add;
  std::function<void()> clear;
  // Whether the total is known well enough to stop. May be empty.
  std::function<bool()> enough;
};

// Some of the work, done: what was simulated and what it adds up to.
struct SeriesPart {
  std::vector<FinishedRuns> pieces;
  std::vector<std::string> states;  // of tallies; together they are the total

  template <class Archive>
  void visit(Archive& archive) {
    archive(pieces, states);
  }
};

struct SeriesEnd {
  std::uint64_t finished = 0;
  bool partial = false;  // stopped from outside before it was done
};

}  // namespace outagesim
