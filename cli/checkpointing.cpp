#include "cli/checkpointing.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <utility>

#include "cli/ranks.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/base/version.h"
#include "sim/core/byte_archive.h"
#include "viz/whole_file.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostShards = 1'000'000;
constexpr int kWorkPerKeeping = 19;  // at most 5 % of the time to keep

struct CheckpointOptions {
  std::string path;  // empty: none is wanted
  Seconds every{10};
  std::uint64_t shard = 0;
  std::uint64_t shards = 1;
};

std::string in_quotes(std::string_view text) {
  return "\"" + printable(text) + "\"";
}

std::string shard_text(const Checkpoint& checkpoint) {
  return std::to_string(checkpoint.shard) + "/" +
         std::to_string(checkpoint.shards);
}

// "3/8" as two numbers.
void read_shard(const std::string& text, CheckpointOptions& options) {
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, options.shard);
  const bool slash =
      first.ec == std::errc{} && first.ptr != end && *first.ptr == '/';
  const auto second =
      slash ? std::from_chars(first.ptr + 1, end, options.shards) : first;
  const bool fine = slash && second.ec == std::errc{} && second.ptr == end &&
                    options.shards <= kMostShards &&
                    options.shard < options.shards;
  if (!fine) {
    throw UsageError("--shard: expected i/n with i from 0 to n - 1, such as " +
                     std::string("0/8, found ") + in_quotes(text));
  }
}

Seconds read_every(const std::string& text) {
  const Parsed<Seconds> every = parse_seconds(text);
  if (!every) throw UsageError("--checkpoint-every: " + every.error);
  if (*every < Seconds{0}) {
    throw UsageError("--checkpoint-every: expected a time, found " +
                     in_quotes(text));
  }
  return *every;
}

void refuse_with_shard(const Arguments& arguments) {
  if (!arguments.has("checkpoint")) {
    throw UsageError("--shard needs --checkpoint FILE, where its part is kept");
  }
  for (const char* option : {"out", "precision", "report"}) {
    if (!arguments.has(option)) continue;
    throw UsageError(
        "--shard computes only a part, so it cannot have --" +
        std::string(option) +
        "; \"outagesim merge FILE... --out DIR\" puts the parts together");
  }
}

CheckpointOptions read_checkpoint_options(const Arguments& arguments) {
  CheckpointOptions options;
  if (const auto text = arguments.value("shard")) {
    refuse_with_shard(arguments);
    read_shard(*text, options);
  }
  if (const auto text = arguments.value("checkpoint-every")) {
    options.every = read_every(*text);
  }
  if (const auto path = arguments.value("checkpoint")) {
    options.path = *path;
    if (path->empty()) {
      throw UsageError("--checkpoint: expected a file, found \"\"");
    }
  }
  return options;
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw UsageError("--checkpoint: " + in_quotes(path) + " holds another run: " +
                   why + "; give another file, or remove it to begin anew");
}

}  // namespace

std::vector<OptionInfo> with_keeping_options(std::vector<OptionInfo> own) {
  own.push_back({"checkpoint", "FILE",
                 "keep what is finished there; begin from it if it exists"});
  own.push_back({"checkpoint-every", "TIME", "how often to keep it", "10 s"});
  return own;
}

std::vector<OptionInfo> with_checkpoint_options(std::vector<OptionInfo> own) {
  own = with_keeping_options(std::move(own));
  own.push_back({"shard", "I/N",
                 "compute only part I of N (from 0) into the checkpoint; "
                 "outagesim merge puts parts together"});
  return own;
}

std::optional<Checkpoint> read_checkpoint(const std::string& path) {
  const auto bytes = read_whole_file(path, may_be_checkpoint);
  if (!bytes) return std::nullopt;
  Parsed<Checkpoint> checkpoint = parse_checkpoint(*bytes);
  if (!checkpoint) throw UsageError(in_quotes(path) + " " + checkpoint.error);
  return std::move(checkpoint.value);
}

CheckpointQuestion question_of(const Arguments& arguments,
                               const SimOptions& options, std::string command,
                               std::uint64_t scenario_hash) {
  const MonteCarloOptions& run = options.monte_carlo;
  CheckpointQuestion question{std::string(version()),
                              std::move(command),
                              arguments.operands().front(),
                              scenario_hash,
                              {}};
  question.settings = {{"replications", std::to_string(run.replications)},
                       {"seed", std::to_string(run.seed)}};
  if (const auto text = arguments.value("precision")) {
    question.settings.push_back({"precision", *text});
  }
  for (const std::string& set : options.set) {
    question.settings.push_back({"set", set});
  }
  return question;
}

std::string identity_of(CheckpointQuestion question) {
  question.scenario.clear();  // a path may differ from machine to machine
  return bytes_of(question);
}

Checkpointing::Checkpointing(CheckpointSetup setup) {
  const CheckpointOptions options = read_checkpoint_options(setup.arguments);
  if (setup.merged != nullptr) {
    if (setup.merged->question.scenario_hash != setup.question.scenario_hash) {
      throw UsageError("the parts are not of this scenario: " +
                       in_quotes(setup.question.scenario) +
                       " has another text; give the one they were computed "
                       "with as --scenario");
    }
    checkpoint_ = *setup.merged;
    keeper_ = SeriesKeeper{std::move(checkpoint_.part), options.every,
                           [](const SeriesPart&) {}};
  }
  if (options.path.empty()) return;
  if (job_place().rank > 0) {  // rank 0 keeps for all
    keeper_.emplace();
    return;
  }
  path_ = options.path;
  checkpoint_.question = std::move(setup.question);
  checkpoint_.shard = options.shard;
  checkpoint_.shards = options.shards;
  checkpoint_.all = shard_of(setup.replications, options.shard, options.shards);
  go_on_from_file();
  keeper_ = SeriesKeeper{checkpoint_.part, options.every,
                         [this](const SeriesPart& part) {
                           checkpoint_.part = part;
                           keep_now();
                         }};
}

void Checkpointing::keep_now() {
  if (path_.empty()) return;
  const Clock::time_point began = Clock::now();
  write_whole_file(path_, checkpoint_bytes(checkpoint_));
  next_ = Clock::now() +
          std::max(std::chrono::duration_cast<Clock::duration>(
                       std::chrono::duration<double>(keeper_->every.value)),
                   kWorkPerKeeping * (Clock::now() - began));
}

const SeriesKeeper* Checkpointing::keeper_of(std::size_t series) {
  if (!keeper_) return nullptr;
  std::vector<SeriesPart>& before = checkpoint_.before;
  several_ = true;
  if (series > before.size()) {
    before.push_back(std::exchange(checkpoint_.part, {}));
  }
  const bool whole = series < before.size();
  keeper_->start = whole ? before[series] : checkpoint_.part;
  keeper_->keep = [this, whole](const SeriesPart& part) {
    if (whole) return;
    checkpoint_.part = part;
    if (Clock::now() >= next_) keep_now();
  };
  return &*keeper_;
}

void Checkpointing::go_on_from_file() {
  auto there = read_checkpoint(path_);
  if (!there) return;
  if (const auto why = difference(there->question, checkpoint_.question)) {
    refuse(path_, *why);
  }
  if (there->all != checkpoint_.all) {
    refuse(path_, "it is shard " + shard_text(*there) + ", here it is " +
                      shard_text(checkpoint_));
  }
  checkpoint_.before = std::move(there->before);
  checkpoint_.part = std::move(there->part);
}

std::optional<RunRange> Checkpointing::part() const {
  return is_shard() ? std::optional(checkpoint_.all) : std::nullopt;
}

std::string Checkpointing::shard_line() const {
  const RunRange& all = checkpoint_.all;
  const std::string runs = all.first < all.last
                               ? "runs " + std::to_string(all.first) + " to " +
                                     std::to_string(all.last - 1)
                               : "no runs";
  return "shard " + shard_text(checkpoint_) + ": " + runs + " are in " +
         printable(path_) +
         "\nWhen all are done: outagesim merge FILE... --out DIR\n";
}

std::string Checkpointing::interrupted_line() const {
  if (path_.empty()) return "";
  const std::uint64_t all = checkpoint_.all.last - checkpoint_.all.first;
  const std::string done = std::to_string(all - missing_runs(checkpoint_));
  const std::string kept = several_
                               ? std::to_string(checkpoint_.before.size()) +
                                     " whole and " + done + " runs of the next"
                               : done + " of " + std::to_string(all) + " runs";
  return "outagesim: " + kept + " are kept in " + printable(path_) +
         "; the same command goes on from there\n";
}

bool ends_whole(Ranks& ranks, const Checkpointing& checkpointing,
                bool partial) {
  if (!ends_told(ranks, partial, checkpointing.interrupted_line())) {
    return false;
  }
  if (checkpointing.is_shard() && !partial) {
    std::cout << checkpointing.shard_line();
  }
  return !checkpointing.is_shard();
}

}  // namespace outagesim
