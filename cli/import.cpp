// outagesim import: another tool's model as a scenario.
#include <iostream>

#include "cli/commands.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/import/graphml.h"
#include "models/import/open_psa.h"

namespace outagesim {
namespace {

enum class Foreign { kOpenPsa, kGraphml };

// As said, or by the name of the file.
Foreign foreign_format(const Arguments& arguments) {
  const auto said = arguments.value("format");
  if (!said) {
    return arguments.operands().front().ends_with(".graphml")
               ? Foreign::kGraphml
               : Foreign::kOpenPsa;
  }
  if (*said == "graphml") return Foreign::kGraphml;
  if (*said == "open-psa") return Foreign::kOpenPsa;
  throw UsageError("--format: expected open-psa or graphml, found \"" +
                   printable(*said) + "\"");
}

int import_model(const Arguments& arguments) {
  if (foreign_format(arguments) == Foreign::kGraphml) {
    if (arguments.has("repair")) {
      throw UsageError("--repair is for fault trees; a graph has no failures");
    }
    std::cout << scenario_of_graph(read_graphml(arguments.operands().front()));
    return kFine;
  }
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
                      "equilibrium, top gates products. Or a system drawn as "
                      "a graph in GraphML, as `outagesim graph` writes it: an "
                      "edge leads from a service to what it needs.",
           .example = "outagesim import tiers.xml > tiers.toml",
           .options = {{"format", "open-psa|graphml", "what the file is",
                        "graphml if its name ends so, else open-psa"},
                       {"repair", "TIME",
                        "mean time to repair of a basic event: the tree tells "
                        "only how often it is down",
                        "4 h"}},
           .least = 1,
           .most = 1},
          import_model};
}

}  // namespace outagesim
