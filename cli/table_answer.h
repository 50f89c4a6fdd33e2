// The answer of a command that writes one table: to standard output as text or
// JSON, and with --out as one CSV file beside run.json. The folder is opened
// before the work begins, so that what cannot be written is told at once.
// Invariant: files appear all together, or none of them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/sim_options.h"
#include "viz/output_files.h"
#include "viz/run_info.h"

namespace outagesim {

// The same answer in three forms; only those asked for are made.
struct AnswerForms {
  std::function<std::string()> csv, json, table;
};

class TableAnswer {
 public:
  // `file` is the CSV file's name. Throws if the folder cannot be written.
  TableAnswer(const SimOptions& options, std::string file);

  // Once.
  void give(const RunInfo& info, const AnswerForms& forms);

 private:
  OutputFormat format_;
  std::string file_;
  std::optional<OutputFiles> files_;
};

}  // namespace outagesim
