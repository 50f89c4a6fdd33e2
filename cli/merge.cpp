// outagesim merge: parts of a run that were computed apart, put together. The
// bytes are those of the undivided run.
#include <algorithm>

#include "cli/checkpointing.h"
#include "cli/commands.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "models/base/version.h"

namespace outagesim {
namespace {

struct PartFile {
  std::string path;
  Checkpoint checkpoint;
};

std::string in_quotes(const std::string& path) {
  return "\"" + printable(path) + "\"";
}

std::vector<PartFile> read_parts(const std::vector<std::string>& paths) {
  std::vector<PartFile> parts;
  for (const std::string& path : paths) {
    auto checkpoint = read_checkpoint(path);
    if (!checkpoint) throw UsageError("there is no file " + in_quotes(path));
    parts.push_back({path, std::move(*checkpoint)});
    const CheckpointQuestion& first = parts.front().checkpoint.question;
    CheckpointQuestion& own = parts.back().checkpoint.question;
    if (const auto why = difference(own, first)) {
      throw UsageError(in_quotes(path) + " does not go with " +
                       in_quotes(paths.front()) + ": " + *why);
    }
  }
  return parts;
}

struct Placed {
  RunRange at;
  const PartFile* file = nullptr;
};

std::vector<Placed> places_of(const std::vector<PartFile>& parts) {
  std::vector<Placed> places;
  for (const PartFile& part : parts) {
    for (const FinishedRuns& runs : part.checkpoint.part.pieces) {
      places.push_back({runs.at, &part});
    }
  }
  std::ranges::sort(places, {}, [](const Placed& p) { return p.at.first; });
  return places;
}

[[noreturn]] void refuse_gap(const std::vector<PartFile>& parts,
                             const RunRange& gap) {
  for (const PartFile& part : parts) {
    const RunRange& all = part.checkpoint.all;
    if (gap.first < all.first || gap.first >= all.last) continue;
    throw UsageError(in_quotes(part.path) + " is not finished: " +
                     std::to_string(missing_runs(part.checkpoint)) +
                     " runs are missing; the command that began it goes on");
  }
  throw UsageError("runs " + std::to_string(gap.first) + " to " +
                   std::to_string(gap.last - 1) +
                   " are in none of the files; give those of all " +
                   std::to_string(parts.front().checkpoint.shards) + " shards");
}

// That every run is there, and once.
void check_whole(const std::vector<PartFile>& parts,
                 std::uint64_t replications) {
  const std::vector<Placed> places = places_of(parts);
  std::uint64_t next = 0;
  const PartFile* before = nullptr;
  for (const Placed& place : places) {
    if (place.at.first < next) {
      throw UsageError(in_quotes(before->path) + " and " +
                       in_quotes(place.file->path) + " hold the same runs");
    }
    if (place.at.first > next) refuse_gap(parts, {next, place.at.first});
    next = place.at.last;
    before = place.file;
  }
  if (next < replications) refuse_gap(parts, {next, replications});
}

std::uint64_t replications_of(const CheckpointQuestion& question) {
  for (const CheckpointSetting& setting : question.settings) {
    if (setting.name == "replications") return std::stoull(setting.value);
  }
  throw UsageError("the files do not say how many replications were asked");
}

Checkpoint put_together(std::vector<PartFile> parts) {
  Checkpoint whole;
  whole.question = parts.front().checkpoint.question;
  whole.all = {0, replications_of(whole.question)};
  for (PartFile& file : parts) {
    SeriesPart& part = file.checkpoint.part;
    for (FinishedRuns& runs : part.pieces) {
      whole.part.pieces.push_back(std::move(runs));
    }
    for (std::string& state : part.states) {
      whole.part.states.push_back(std::move(state));
    }
  }
  std::ranges::sort(whole.part.pieces, {},
                    [](const FinishedRuns& runs) { return runs.at.first; });
  return whole;
}

// The command line that asks the same question again.
std::vector<std::string> words_of(const CheckpointQuestion& question,
                                  const Arguments& arguments) {
  std::vector<std::string> words{
      arguments.value("scenario").value_or(question.scenario)};
  for (const CheckpointSetting& setting : question.settings) {
    words.push_back("--" + setting.name);
    if (!setting.value.empty()) words.push_back(setting.value);
  }
  for (const char* option : {"out", "format"}) {
    if (const auto value = arguments.value(option)) {
      words.insert(words.end(), {std::string("--") + option, *value});
    }
  }
  return words;
}

int merge(const Arguments& arguments) {
  std::vector<PartFile> parts = read_parts(arguments.operands());
  const CheckpointQuestion question = parts.front().checkpoint.question;
  if (question.version != version()) {
    throw UsageError(in_quotes(parts.front().path) + " was made by version " +
                     printable(question.version) + " of outagesim, this is " +
                     std::string(version()));
  }
  if (question.command != "run" && question.command != "compare") {
    throw UsageError(in_quotes(parts.front().path) + " was kept by " +
                     printable(question.command) +
                     ", which is not divided into parts; the same command "
                     "goes on from it");
  }
  check_whole(parts, replications_of(question));
  const Checkpoint whole = put_together(std::move(parts));
  const Command* command = find_command(question.command);
  const Arguments again(command->info, words_of(question, arguments));
  return question.command == "compare" ? answer_compare(again, &whole)
                                       : answer_run(again, &whole);
}

}  // namespace

Command merge_command() {
  return {{.name = "merge",
           .operands = "FILE...",
           .summary = "Put the parts of a divided run together",
           .details =
               "The files are checkpoints of all shards of one run or compare. "
               "The scenario is read again, from where it was. What comes out "
               "is, byte for byte, what the undivided command gives.",
           .example = "outagesim merge part-*.ckpt --out results",
           .options = {{"out", "DIR", "write CSV files and run.json there"},
                       {"scenario", "FILE", "where the scenario is now"},
                       {"format", "table|json", "what to print", "table"}},
           .least = 1,
           .most = 1'000'000},
          merge};
}

}  // namespace outagesim
