// A checkpoint: some of the work of a command, and which command it was. The
// file is a line that says what it is, its size, the content, and a checksum
// over all. It knows nothing of disks.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/parsed.h"
#include "sim/experiment/series.h"

namespace outagesim {

struct CheckpointSetting {
  std::string name;   // of an option, without dashes
  std::string value;  // empty: a switch

  template <class Archive>
  void visit(Archive& archive) {
    archive(name, value);
  }
  friend bool operator==(const CheckpointSetting&,
                         const CheckpointSetting&) = default;
};

// What was asked: equal for all that may be put together.
struct CheckpointQuestion {
  std::string version;  // of the program
  std::string command;
  std::string scenario;             // path as typed
  std::uint64_t scenario_hash = 0;  // of all texts and overrides
  std::vector<CheckpointSetting> settings;

  template <class Archive>
  void visit(Archive& archive) {
    archive(version, command, scenario, scenario_hash, settings);
  }
};

struct Checkpoint {
  CheckpointQuestion question;
  std::uint64_t shard = 0;
  std::uint64_t shards = 1;
  RunRange all;  // what this shard has to do
  // Of a command with several series, one after the other: those that are
  // whole.
  std::vector<SeriesPart> before;
  SeriesPart part;

  template <class Archive>
  void visit(Archive& archive) {
    archive(question, shard, shards, all, before, part);
  }
};

// What every checkpoint begins with, of whatever version.
inline constexpr std::string_view kCheckpointFamily = "outagesim checkpoint ";

std::string checkpoint_bytes(Checkpoint checkpoint);

// Whether a file of this size that begins so can be a checkpoint: by the size
// that it states itself. Precondition: at least the first 64 bytes, or all.
bool may_be_checkpoint(std::string_view begin, std::uint64_t size);

// Or what is wrong with the bytes: "is not a checkpoint of outagesim".
Parsed<Checkpoint> parse_checkpoint(std::string_view bytes);

// How the question of a checkpoint differs from the one asked: "its --seed is
// 2, here it is 1". Nothing if it does not.
std::optional<std::string> difference(const CheckpointQuestion& kept,
                                      const CheckpointQuestion& asked);

// Replications of the shard that are still to do.
std::uint64_t missing_runs(const Checkpoint& checkpoint);

}  // namespace outagesim
