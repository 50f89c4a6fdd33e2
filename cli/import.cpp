// outagesim import: another tool's model as a scenario.
#include <algorithm>
#include <iostream>
#include <string_view>
#include <vector>

#include "cli/commands.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/import/dot.h"
#include "models/import/graphml.h"
#include "models/import/mermaid.h"
#include "models/import/open_psa.h"
#include "models/scenario/text_check.h"

namespace outagesim {
namespace {

// What draws a system as a graph, and how its files are called.
struct GraphFormat {
  std::string_view name;
  std::vector<std::string_view> endings;
  DrawnSystem (*read)(const std::string& path);
};

const std::vector<GraphFormat>& graph_formats() {
  static const std::vector<GraphFormat> kAll{
      {"graphml", {".graphml"}, read_graphml},
      {"dot", {".dot", ".gv"}, read_dot},
      {"mermaid", {".mmd", ".mermaid"}, read_mermaid}};
  return kAll;
}

// As said, or by the name of the file; nothing is a fault tree.
const GraphFormat* graph_format(const Arguments& arguments) {
  const auto said = arguments.value("format");
  const std::string& path = arguments.operands().front();
  for (const GraphFormat& one : graph_formats()) {
    const bool called = std::ranges::any_of(
        one.endings, [&](auto ending) { return path.ends_with(ending); });
    if (said ? *said == one.name : called) return &one;
  }
  if (!said || *said == "open-psa") return nullptr;
  throw UsageError(
      "--format: expected open-psa, graphml, dot or mermaid, found \"" +
      printable(*said) + "\"");
}

// What cannot be written as a scenario, such as a name that is too long, is
// found here, where it can still be told which file it came from.
void write_scenario(const Arguments& arguments, const std::string& text) {
  const std::vector<Mistake> wrong = scenario_mistakes("the scenario", text);
  if (!wrong.empty()) {
    throw UsageError(
        "\"" + printable(arguments.operands().front()) +
        "\" has what a scenario cannot say: " + wrong.front().message +
        (wrong.front().hint.empty() ? "" : "; ") + wrong.front().hint);
  }
  std::cout << text;
}

int import_model(const Arguments& arguments) {
  if (const GraphFormat* format = graph_format(arguments)) {
    if (arguments.has("repair")) {
      throw UsageError("--repair is for fault trees; a graph has no failures");
    }
    write_scenario(arguments, scenario_of_graph(
                                  format->read(arguments.operands().front())));
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
  write_scenario(arguments, scenario_of_tree(tree, options));
  return kFine;
}

}  // namespace

Command import_command() {
  return {
      {.name = "import",
       .operands = "FILE",
       .summary = "Make a scenario of another tool's model",
       .details = "Reads a fault tree in the Open-PSA model exchange "
                  "format and writes a scenario: gates become services, "
                  "basic events services that fail by themselves, in "
                  "equilibrium, top gates products. Or a system drawn as "
                  "a graph in GraphML, in DOT or as a Mermaid flowchart, "
                  "by other people or by `outagesim graph`: an arrow leads "
                  "from a service to what it needs, and its text may name "
                  "the kind of the need.",
       .example = "outagesim import tiers.xml > tiers.toml",
       .options = {{"format", "open-psa|graphml|dot|mermaid",
                    "what the file is",
                    "by its ending: .graphml, .dot, .gv, .mmd; else open-psa"},
                   {"repair", "TIME",
                    "mean time to repair of a basic event: the tree tells "
                    "only how often it is down",
                    "4 h"}},
       .least = 1,
       .most = 1},
      import_model};
}

}  // namespace outagesim
