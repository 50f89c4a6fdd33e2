#include "sim/experiment/checkpoint.h"

#include <algorithm>

#include "models/base/text.h"
#include "sim/core/byte_archive.h"

namespace outagesim {
namespace {

// The number is that of the format; the program's version is in the content.
constexpr std::string_view kMagic = "outagesim checkpoint 2\n";
constexpr std::size_t kNumberSize = 8;
constexpr std::size_t kHeaderSize = kMagic.size() + kNumberSize;

std::string eight_bytes(std::uint64_t number) {
  std::string text;
  for (std::size_t i = 0; i < kNumberSize; ++i, number >>= 8) {
    text += static_cast<char>(number);
  }
  return text;
}

std::string checksum_of(std::string_view bytes) {
  return eight_bytes(name_hash(bytes));
}

std::string value_text(const CheckpointSetting* setting) {
  if (setting == nullptr) return "not given";
  if (setting->value.empty()) return "given";
  return printable(setting->value);
}

const CheckpointSetting* find(const CheckpointQuestion& question,
                              const CheckpointSetting& like) {
  const auto found =
      std::ranges::find(question.settings, like.name, &CheckpointSetting::name);
  return found == question.settings.end() ? nullptr : &*found;
}

std::string differs(std::string_view what, std::string_view kept,
                    std::string_view asked) {
  return "its " + std::string(what) + " is " + printable(kept) +
         ", here it is " + printable(asked);
}

std::optional<std::string> setting_difference(const CheckpointQuestion& kept,
                                              const CheckpointQuestion& asked) {
  if (kept.settings == asked.settings) return std::nullopt;
  for (const CheckpointQuestion* one : {&asked, &kept}) {
    for (const CheckpointSetting& setting : one->settings) {
      const CheckpointSetting* theirs = find(kept, setting);
      const CheckpointSetting* ours = find(asked, setting);
      if (theirs != nullptr && ours != nullptr && *theirs == *ours) continue;
      return differs("--" + setting.name, value_text(theirs), value_text(ours));
    }
  }
  return "its options are others, or in another order";
}

}  // namespace

std::string checkpoint_bytes(Checkpoint checkpoint) {
  const std::string content = bytes_of(checkpoint);
  std::string bytes(kMagic);
  bytes += eight_bytes(kHeaderSize + content.size() + kNumberSize);
  bytes += content;
  bytes += checksum_of(bytes);
  return bytes;
}

bool may_be_checkpoint(std::string_view begin, std::uint64_t size) {
  return begin.starts_with(kMagic) &&
         begin.substr(kMagic.size()).starts_with(eight_bytes(size));
}

Parsed<Checkpoint> parse_checkpoint(std::string_view bytes) {
  if (!bytes.starts_with(kCheckpointFamily)) {
    return not_parsed<Checkpoint>("is not a checkpoint of outagesim");
  }
  if (!bytes.starts_with(kMagic)) {
    return not_parsed<Checkpoint>(
        "is a checkpoint of another version of outagesim");
  }
  const bool whole = bytes.size() >= kHeaderSize + kNumberSize &&
                     may_be_checkpoint(bytes, bytes.size());
  const std::size_t end = whole ? bytes.size() - kNumberSize : 0;
  Checkpoint checkpoint;
  if (!whole || checksum_of(bytes.substr(0, end)) != bytes.substr(end) ||
      !read_bytes(bytes.substr(kHeaderSize, end - kHeaderSize), checkpoint)) {
    return not_parsed<Checkpoint>(
        "is cut short or damaged: its size or its checksum does not fit");
  }
  return parsed(std::move(checkpoint));
}

std::optional<std::string> difference(const CheckpointQuestion& kept,
                                      const CheckpointQuestion& asked) {
  if (kept.version != asked.version) {
    return differs("version of outagesim", kept.version, asked.version);
  }
  if (kept.command != asked.command) {
    return differs("command", kept.command, asked.command);
  }
  if (const auto text = setting_difference(kept, asked)) return text;
  if (kept.scenario_hash != asked.scenario_hash) {
    return "its scenario, or a file that it includes, was another text";
  }
  return std::nullopt;
}

std::uint64_t missing_runs(const Checkpoint& checkpoint) {
  std::uint64_t missing = checkpoint.all.last - checkpoint.all.first;
  for (const FinishedRuns& runs : checkpoint.part.pieces) {
    missing -= runs.at.last - runs.at.first;
  }
  return missing;
}

}  // namespace outagesim
