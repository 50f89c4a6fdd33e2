#include "cli/commands.h"

#include <algorithm>
#include <iostream>

#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/suggest.h"
#include "models/base/text.h"
#include "models/base/version.h"
#include "viz/table.h"

namespace outagesim {
namespace {

std::string overview() {
  std::string text =
      "outagesim: if this part fails, who is hurt, how badly, for how long?\n\n"
      "  outagesim COMMAND [OPTIONS]\n\nCommands:\n";
  Table table{{{""}, {""}}, {}};
  for (const Command& command : commands()) {
    table.add(
        {std::string(command.info.name), std::string(command.info.summary)});
  }
  table.add({"help", "Show this text, or that of a command"});
  table.add({"version", "Say which version this is"});
  text += to_text(table, output_style());
  return text +
         "\nExample:\n"
         "  outagesim run scenarios/openai-2024-12-26-supplier-power.toml\n";
}

[[noreturn]] void refuse_command(const std::string& word) {
  std::vector<std::string> known{"help", "version"};
  for (const Command& command : commands()) {
    known.emplace_back(command.info.name);
  }
  std::string text = "there is no command \"" + truncate(word, 60) + "\"";
  throw UsageError(text + or_did_you_mean(word, known));
}

int help(const std::vector<std::string>& words) {
  const bool of_all = words.size() < 2 || words[1] == "--help" ||
                      words[1] == "-h" || words[1] == "help";
  if (of_all) {
    print(overview());
  } else if (const Command* command = find_command(words[1])) {
    print(help_text(command->info));
  } else if (words[1] == "version") {
    std::cout << "outagesim version\n\nSay which version this is.\n";
  } else {
    refuse_command(words[1]);
  }
  return kFine;
}

}  // namespace

std::span<const Command> commands() {
  // One a line, in the order of the overview.
  // clang-format off
  static const std::vector<Command> kCommands{
      run_command(),
      check_command(),
      compare_command(),
      report_command(),
      graph_command(),
      sweep_command(),
      slo_command(),
      attribute_command(),
      sensitivity_command(),
      belief_command(),
      calibrate_command(),
      forecast_command(),
      backtest_command(),
      validate_command(),
      blast_command(),
      export_command(),
      import_command(),
      load_command(),
      metastable_command(),
      trace_command(),
      diff_command(),
      list_command(),
      merge_command(),
      static_command(),
      generate_command(),
  };
  // clang-format on
  return kCommands;
}

const Command* find_command(std::string_view name) {
  const auto found = std::ranges::find_if(
      commands(), [&](const Command& c) { return c.info.name == name; });
  return found == commands().end() ? nullptr : &*found;
}

int run_command_line(const std::vector<std::string>& words) {
  if (words.empty()) {
    throw UsageError("what is missing: a command\n\n" + overview());
  }
  const std::string& word = words.front();
  if (word == "help" || word == "--help" || word == "-h") return help(words);
  if (word == "version" || word == "--version" || word == "-V") {
    if (words.size() > 1 && words[1] == "--help") {
      return help({"help", "version"});
    }
    std::cout << "outagesim " << version() << '\n';
    return kFine;
  }
  const Command* command = find_command(word);
  if (command == nullptr) refuse_command(word);
  const Arguments arguments(command->info, {words.begin() + 1, words.end()});
  if (arguments.has("help")) {
    print(help_text(command->info));
    return kFine;
  }
  return command->run(arguments);
}

}  // namespace outagesim
