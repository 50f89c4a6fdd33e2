#include "cli/arguments.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <cmath>

#include "cli/shell_word.h"
#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "viz/table.h"

namespace outagesim {
namespace {

namespace po = boost::program_options;

constexpr int kStyle = po::command_line_style::allow_long |
                       po::command_line_style::long_allow_adjacent |
                       po::command_line_style::long_allow_next;

std::string quoted(std::string_view text) {
  return "\"" + truncate(text, 60) + "\"";
}

po::options_description description_of(const CommandInfo& command) {
  po::options_description description;
  description.add_options()("help", "");
  for (const OptionInfo& option : command.options) {
    const std::string name(option.name);
    if (option.value.empty()) {
      description.add_options()(name.c_str(), "");
    } else {
      description.add_options()(name.c_str(), po::value<std::string>(), "");
    }
  }
  return description;
}

[[noreturn]] void refuse_unknown(const CommandInfo& command,
                                 const std::string& word) {
  std::vector<std::string> known{"--help"};
  for (const OptionInfo& option : command.options) {
    known.push_back("--" + std::string(option.name));
  }
  const std::string name = word.substr(0, word.find('='));
  std::string text = "there is no option " + quoted(name);
  if (const auto match = closest_match(name, known)) {
    text += "; did you mean " + *match + "?";
  }
  throw UsageError(text);
}

void check_operands(const CommandInfo& command,
                    const std::vector<std::string>& operands) {
  const std::string usage = "outagesim " + std::string(command.name) + " " +
                            std::string(command.operands);
  if (operands.size() < command.least) {
    throw UsageError("what is missing: " + usage);
  }
  if (operands.size() > command.most) {
    throw UsageError(quoted(operands[command.most]) +
                     " is one word too many: " + usage);
  }
}

const OptionInfo* find_option(const CommandInfo& command,
                              std::string_view name) {
  const auto found =
      std::ranges::find(command.options, name, &OptionInfo::name);
  return found == command.options.end() ? nullptr : &*found;
}

void refuse_twice(const OptionInfo* option, std::string_view name) {
  if (option != nullptr && option->repeatable) return;
  throw UsageError("--" + std::string(name) + " is given twice");
}

}  // namespace

Arguments::Arguments(const CommandInfo& command,
                     const std::vector<std::string>& words) {
  command_text_ = "outagesim " + std::string(command.name);
  for (const std::string& word : words) command_text_ += ' ' + shell_word(word);
  const po::options_description description = description_of(command);
  std::vector<std::string> long_words = words;
  if (find_option(command, "output") != nullptr) {
    std::ranges::replace(long_words, "-o", "--output");
  }
  const po::parsed_options parsed = po::command_line_parser(long_words)
                                        .options(description)
                                        .style(kStyle)
                                        .allow_unregistered()
                                        .run();
  for (const po::option& option : parsed.options) {
    if (option.position_key >= 0) {
      add_operand(command, option.value.front());
    } else if (option.unregistered) {
      refuse_unknown(command, option.original_tokens.front());
    } else {
      const std::string& name = option.string_key;
      if (has(name)) refuse_twice(find_option(command, name), name);
      auto& values = values_[name];
      values.insert(values.end(), option.value.begin(), option.value.end());
    }
  }
  if (!has("help")) check_operands(command, operands_);
}

void Arguments::add_operand(const CommandInfo& command,
                            const std::string& word) {
  if (word == "-h") {
    values_["help"];
  } else if (word.size() > 1 && word.front() == '-') {
    refuse_unknown(command, word);
  } else {
    operands_.push_back(word);
  }
}

bool Arguments::has(std::string_view option) const {
  return values_.contains(option);
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto found = values_.find(option);
  if (found == values_.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const auto found = values_.find(option);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::uint64_t whole_number(std::string_view option, const std::string& text,
                           std::uint64_t least, std::uint64_t most) {
  const Parsed<double> number = parse_number(text);
  const bool whole = number && std::trunc(*number) == *number &&
                     *number >= static_cast<double>(least) &&
                     *number <= static_cast<double>(most);
  if (!whole) {
    throw UsageError("--" + std::string(option) +
                     ": expected a whole number from " + std::to_string(least) +
                     " to " + std::to_string(most) + ", found " + quoted(text));
  }
  return static_cast<std::uint64_t>(*number);
}

std::string help_text(const CommandInfo& command) {
  const TextStyle style = output_style();
  std::string text = "outagesim " + std::string(command.name);
  if (!command.operands.empty()) text += " " + std::string(command.operands);
  if (!command.options.empty()) text += " [OPTIONS]";
  text += "\n\n" + std::string(command.summary) + ".\n";
  if (!command.details.empty())
    text += '\n' + wrapped(command.details, style.columns(80));
  Table table{{{""}, {""}}, {}};
  for (const OptionInfo& option : command.options) {
    std::string name = "--" + std::string(option.name);
    if (!option.value.empty()) name += " " + std::string(option.value);
    std::string meaning(option.meaning);
    if (!option.fallback.empty()) {
      meaning += " (default: " + std::string(option.fallback) + ")";
    }
    table.add({name, meaning});
  }
  table.add({"--help", "this text"});
  text += "\nOptions:\n" + to_text(table, style);
  text += "\nExample:\n  ";
  for (const char letter : command.example) {
    text += letter;
    if (letter == '\n') text += "  ";  // each line is indented
  }
  return text + '\n';
}

}  // namespace outagesim
