// outagesim blast: what falls when a service falls, without simulation.
#include <iostream>

#include "cli/commands.h"
#include "cli/load.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "models/analysis/blast.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "viz/blast_report.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

ServiceId service_named(const Graph& graph, const std::string& name) {
  std::vector<std::string_view> known;
  for (ServiceId id = 0; id < graph.services.size(); ++id) {
    if (graph.services[id].name == name) return id;
    known.push_back(graph.services[id].name);
  }
  std::string text = "no service is named \"" + truncate(name, 60) + "\"";
  if (const auto match = closest_match(name, known)) {
    text += "; did you mean \"" + *match + "\"?";
  }
  throw UsageError(text);
}

std::string headline(const Loaded& loaded, const BlastOptions& options) {
  const Graph& graph = loaded.model.graph;
  const std::string low =
      exact_text(loaded.model.outage.substantial.value, NumberKind::kShare);
  const std::string who =
      options.service ? graph.services[*options.service].name : "a service";
  return loaded.scenario.path + ": what else falls below " + low + " when " +
         who + " is down for long";
}

int blast(const Arguments& arguments) {
  const OutputFormat format = read_format(arguments);
  const auto loaded =
      load(arguments.operands().front(), arguments.values("set"));
  BlastOptions options;
  if (arguments.operands().size() > 1) {
    options.service =
        service_named(loaded->model.graph, arguments.operands()[1]);
  }
  const BlastReport report = structural_blast(loaded->model, options);
  if (format == OutputFormat::kJson) {
    std::cout << blast_json(loaded->model, report);
    return kFine;
  }
  std::cout << output_style().bold(printable(headline(*loaded, options)))
            << "\n\n"
            << blast_text(loaded->model, report, output_style());
  return kFine;
}

}  // namespace

Command blast_command() {
  return {{.name = "blast",
           .operands = "SCENARIO [SERVICE]",
           .summary = "Show what falls when a service falls",
           .details = "The structural blast radius, with redundancy working "
                      "and with switch-over off, single points of failure and "
                      "circles: from the graph alone, without simulation.",
           .example = "outagesim blast scenarios/openai-2024-12-11-telemetry."
                      "toml control-plane",
           .options = {{"set",
                        "PATH=VALUE",
                        "override a value of the scenario; repeatable",
                        {},
                        true},
                       {"format", "table|json", "what to print", "table"}},
           .least = 1,
           .most = 2},
          blast};
}

}  // namespace outagesim
