// outagesim export: the static part of a scenario for another tool.
#include <iostream>

#include "cli/commands.h"
#include "cli/load.h"
#include "models/analysis/static_tree.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "viz/open_psa.h"

namespace outagesim {
namespace {

int export_scenario(const Arguments& arguments) {
  const std::string format = arguments.value("format").value_or("open-psa");
  if (format != "open-psa") {
    throw UsageError("--format: expected open-psa, found \"" +
                     printable(format) + "\"");
  }
  const std::string& path = arguments.operands().front();
  const auto loaded = load(path, arguments.values("set"));
  const FaultTree tree = static_tree(loaded->model);
  if (tree.tops.empty()) {
    std::string text = "\"" + printable(path) +
                       "\" has no static part: no product that is put out by "
                       "events with a known probability";
    for (const std::string& note : tree.notes) {
      text += "\n  " + printable(note);
    }
    throw UsageError(text);
  }
  std::cout << open_psa_xml(tree);
  for (const std::string& note : tree.notes) {
    std::cerr << "outagesim export: " << printable(note) << '\n';
  }
  return kFine;
}

}  // namespace

Command export_command() {
  return {
      {.name = "export",
       .operands = "SCENARIO",
       .summary = "Write a scenario's static part for another tool",
       .details = "A fault tree in the Open-PSA model exchange format: what "
                  "has to be down for each product to be out, with the "
                  "share of the horizon that each event is under way. Time "
                  "is taken out: switch-over is instant and works, caches "
                  "have run out.",
       .example = "outagesim export scenarios/three-tier.toml > tiers.xml",
       .options = {{"format", "open-psa", "what to write", "open-psa"},
                   set_option()},
       .least = 1,
       .most = 1},
      export_scenario};
}

}  // namespace outagesim
