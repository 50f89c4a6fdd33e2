// outagesim diff: two scenarios compared in the words of the language.
#include <iostream>

#include "cli/commands.h"
#include "cli/load.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "models/base/text.h"
#include "models/scenario/load.h"
#include "viz/differences.h"

namespace outagesim {
namespace {

// Both must be sound, or a difference would mean nothing.
std::vector<KeyText> sound_texts(const std::string& path,
                                 const LoadOptions& options) {
  load_scenario(path, options);
  return key_texts(path, options);
}

int diff(const Arguments& arguments) {
  const OutputFormat format = read_format(arguments);
  const LoadOptions options{.set = arguments.values("set")};
  const std::string before = scenario_path(arguments.operands()[0]);
  const std::string after = scenario_path(arguments.operands()[1]);
  const std::vector<Difference> all =
      differences(sound_texts(before, {}), sound_texts(after, options));
  if (format == OutputFormat::kJson) {
    std::cout << to_json(all);
    return kFine;
  }
  print(printable(before) + " → " + printable(after) + ": ");
  if (all.empty()) {
    std::cout << "no difference\n";
    return kFine;
  }
  print(std::to_string(all.size()) +
        (all.size() == 1 ? " difference" : " differences") + "\n\n" +
        to_text(all, output_style()));
  return kFine;
}

}  // namespace

Command diff_command() {
  return {{.name = "diff",
           .operands = "SCENARIO SCENARIO",
           .summary = "Compare two scenarios in the words of the language",
           .details = "Each with the files it names. Exit code 0 whether they "
                      "differ or not.",
           .example = "outagesim diff before.toml after.toml",
           .options = {{"set",
                        "PATH=VALUE",
                        "override a value of the second; repeatable",
                        {},
                        true},
                       {"format", "table|json", "what to print", "table"}},
           .least = 2,
           .most = 2},
          diff};
}

}  // namespace outagesim
