// The words of a command, taken apart by a table of its options. The same table
// prints its help. Every mistake is a UsageError that says the way out.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

struct OptionInfo {
  std::string_view name;        // without dashes
  std::string_view value = {};  // "N"; empty: a switch
  std::string_view meaning;
  std::string_view fallback = {};  // shown as the default
  bool repeatable = false;
};

struct CommandInfo {
  std::string_view name;
  std::string_view operands;  // "SCENARIO", "[SERVICE]"
  std::string_view summary;   // one line
  std::string_view details;   // a paragraph or none
  std::string_view example;   // lines
  std::vector<OptionInfo> options;
  std::size_t least = 0, most = 0;  // number of operands
};

std::string help_text(const CommandInfo& command);

class Arguments {
 public:
  // Throws UsageError.
  Arguments(const CommandInfo& command, const std::vector<std::string>& words);

  bool has(std::string_view option) const;
  std::optional<std::string> value(std::string_view option) const;
  std::vector<std::string> values(std::string_view option) const;
  const std::vector<std::string>& operands() const { return operands_; }
  // The whole command as a shell would take it again.
  const std::string& command_text() const { return command_text_; }

 private:
  void add_operand(const CommandInfo& command, const std::string& word);

  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> operands_;
  std::string command_text_;
};

// A whole number in [least, most], written as "10000" or "1e6". Throws
// UsageError. Precondition: most <= 2^53.
std::uint64_t whole_number(std::string_view option, const std::string& text,
                           std::uint64_t least, std::uint64_t most);

}  // namespace outagesim
