// The table of subcommands. Each is a description, from which its help and the
// reading of its options follow, and a function that returns the exit code.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"

namespace outagesim {

enum ExitCode : int {
  kFine = 0,
  kWrongInput = 1,   // the input or the command line
  kBug = 2,          // of ours
  kGateFailed = 3,   // a check the user asked for
  kSurroundings = 4  // disk full, cannot write
};

struct Command {
  CommandInfo info;
  int (*run)(const Arguments&);
};

std::span<const Command> commands();
const Command* find_command(std::string_view name);

// Runs a command line (without the program's name). Throws UsageError,
// InputError and SurroundingsError. An option's own error comes from
// Boost.Program_options.
int run_command_line(const std::vector<std::string>& words);

// One for each file of a subcommand.
Command run_command();
Command check_command();
Command export_command();
Command import_command();
Command compare_command();
Command sweep_command();
Command slo_command();
Command attribute_command();
Command sensitivity_command();
Command merge_command();
Command static_command();
Command generate_command();
Command report_command();
Command graph_command();
Command belief_command();
Command validate_command();
Command blast_command();
Command load_command();
Command metastable_command();
Command trace_command();
Command diff_command();
Command calibrate_command();
Command forecast_command();
Command backtest_command();
Command list_command();

}  // namespace outagesim
