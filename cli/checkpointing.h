// --checkpoint and --shard: what a command that simulates reads before it
// begins, and writes while it goes on. `outagesim merge` hands finished parts
// to the same commands.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/sim_options.h"
#include "sim/experiment/checkpoint.h"

namespace outagesim {

// --checkpoint and --checkpoint-every; with --shard.
std::vector<OptionInfo> with_keeping_options(std::vector<OptionInfo> own);
std::vector<OptionInfo> with_checkpoint_options(std::vector<OptionInfo> own);

// Throws UsageError if the file is there but is no checkpoint.
std::optional<Checkpoint> read_checkpoint(const std::string& path);

// The part of the question that all commands share: seed, replications,
// --precision, --set.
CheckpointQuestion question_of(const Arguments& arguments,
                               const SimOptions& options, std::string command,
                               std::uint64_t scenario_hash);

// Equal for all ranks that answer the same question.
std::string identity_of(CheckpointQuestion question);

// What a command knows when it sets up its checkpoints.
struct CheckpointSetup {
  const Arguments& arguments;
  CheckpointQuestion question;
  std::uint64_t replications = 0;
  const Checkpoint* merged = nullptr;  // finished work that was put together
};

class Checkpointing {
 public:
  // Goes on from the file, if there is one. Throws UsageError if it holds
  // another question or shard.
  explicit Checkpointing(CheckpointSetup setup);

  bool active() const { return keeper_.has_value(); }
  bool is_shard() const { return checkpoint_.shards > 1; }
  // Both nothing where no checkpoint is wanted.
  const SeriesKeeper* keeper() const { return keeper_ ? &*keeper_ : nullptr; }
  // Of one of several series that are simulated one after the other, from 0.
  // What it is given is written when it is time, and by keep_now().
  const SeriesKeeper* keeper_of(std::size_t series);
  void keep_now();
  std::optional<RunRange> part() const;

  // What to say at the end: of a finished shard, of an interrupted run.
  std::string shard_line() const;
  std::string interrupted_line() const;

  // The keeper points here.
  Checkpointing(const Checkpointing&) = delete;
  Checkpointing& operator=(const Checkpointing&) = delete;

 private:
  using Clock = std::chrono::steady_clock;

  void go_on_from_file();

  std::string path_;       // empty: nowhere
  Checkpoint checkpoint_;  // its part is what was there at the start
  std::optional<SeriesKeeper> keeper_;
  bool several_ = false;
  Clock::time_point next_ = Clock::now();  // to write several series
};

class Ranks;

// Ends the ranks' common work, and says what there is to say of a part of it.
// True if the whole is here, to be told by this process.
bool ends_whole(Ranks& ranks, const Checkpointing& checkpointing, bool partial);

// The commands whose work `merge` can put together; the work of `merged`, if
// given, is done already.
int answer_run(const Arguments& arguments, const Checkpoint* merged);
int answer_compare(const Arguments& arguments, const Checkpoint* merged);

}  // namespace outagesim
