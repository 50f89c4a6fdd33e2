// outagesim import: another tool's model as a scenario.
#include <iostream>

#include "cli/commands.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/import/open_psa.h"

namespace outagesim {
namespace {

int import_model(const Arguments& arguments) {
  TreeScenarioOptions options;
  if (const auto text = arguments.value("repair")) {
    const Parsed<Seconds> mean = parse_seconds(*text);
    if (!mean) throw UsageError("--repair: " + mean.error);
    if (mean->value <= 0) {
      throw UsageError("--repair: expected a time above 0, found \"" + *text +
                       "\"");
    }
    options.time_to_repair = *mean;
  }
  const FaultTree tree = read_open_psa(arguments.operands().front());
  std::cout << scenario_of_tree(tree, options);
  return kFine;
}

}  // namespace

Command import_command() {
  return {{.name = "import",
           .operands = "FILE",
           .summary = "Make a scenario of another tool's model",
           .details = "Reads a fault tree in the Open-PSA model exchange "
                      "format and writes a scenario: gates become services, "
                      "basic events services that fail by themselves, in "
                      "equilibrium, top gates products.",
           .example = "outagesim import tiers.xml > tiers.toml",
           .options = {{"repair", "TIME",
                        "mean time to repair of a basic event: the tree tells "
                        "only how often it is down",
                        "4 h"}},
           .least = 1,
           .most = 1},
          import_model};
}

}  // namespace outagesim
