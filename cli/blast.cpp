// outagesim blast: what falls when a service falls, without simulation.
#include <chrono>
#include <iostream>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "models/analysis/blast.h"
#include "models/base/error.h"
#include "models/base/suggest.h"
#include "models/base/text.h"
#include "sim/experiment/all_falls.h"
#include "viz/blast_report.h"
#include "viz/falls_report.h"
#include "viz/people_numbers.h"
#include "viz/whole_file.h"

namespace outagesim {
namespace {

// The service that has a cell of this name, "region.c".
std::optional<std::string> service_of_cell(const Graph& graph,
                                           const std::string& name) {
  for (const CompiledService& service : graph.services) {
    if (!name.starts_with(service.name + '.')) continue;
    for (const NodeId cell : service.cells) {
      if (node_name(graph, cell) == name) return service.name;
    }
  }
  return std::nullopt;
}

ServiceId service_named(const Graph& graph, const std::string& name) {
  std::vector<std::string_view> known;
  for (ServiceId id = 0; id < graph.services.size(); ++id) {
    if (graph.services[id].name == name) return id;
    known.push_back(graph.services[id].name);
  }
  if (const auto service = service_of_cell(graph, name)) {
    throw UsageError("\"" + name +
                     "\" is a cell: blast is told of whole "
                     "services; name its service, \"" +
                     *service + "\"");
  }
  std::string text = "no service is named \"" + truncate(name, 60) + "\"";
  throw UsageError(text + or_did_you_mean(name, known));
}

std::string in_place(const Arguments& arguments) {
  const auto strategy = arguments.value("strategy");
  return strategy ? ", with strategy \"" + printable(*strategy) + '"' : "";
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

// A second's work and some 40 MB.
constexpr std::size_t kMostNames = 10'000'000;

// Of every service of a system however large, as counts.
int count_all(const Loaded& loaded, const std::optional<std::string>& out) {
  const Interrupt interrupt;
  const auto began = std::chrono::steady_clock::now();
  const std::vector<FallCount> falls =
      all_falls(loaded.model, 0, interrupt.token());
  const std::chrono::duration<double> spent =
      std::chrono::steady_clock::now() - began;
  if (falls.empty()) return interrupt.exit_code();
  if (out) write_whole_file(*out, falls_csv(loaded.model, falls));
  std::cout << output_style().bold(
                   printable(loaded.scenario.path) +
                   ": how many others fall entirely with each service")
            << "\nin " << format_duration(Seconds{spent.count()}) << "\n\n"
            << falls_text(loaded.model, falls, output_style());
  return kFine;
}

int blast_all(const Arguments& arguments) {
  if (arguments.operands().size() > 1) {
    throw UsageError("--all is about every service; name none");
  }
  if (arguments.value("format")) {
    throw UsageError("--all prints a table; --out FILE writes all as CSV");
  }
  return count_all(*load_asked(arguments), arguments.value("out"));
}

// Lists that nobody reads and no memory holds: counts instead.
int too_many(const Loaded& loaded, OutputFormat format) {
  const std::string what =
      "so much falls with so many services that the lists would be over " +
      std::to_string(kMostNames / 1'000'000) + " million names long";
  if (format == OutputFormat::kJson) {
    throw UsageError(what + "; name one service, or count with --all");
  }
  std::cerr
      << "note: " << what
      << ": counted instead, as with --all; name a service for its list\n";
  return count_all(loaded, std::nullopt);
}

int blast(const Arguments& arguments) {
  if (arguments.has("all")) return blast_all(arguments);
  if (arguments.value("out")) {
    throw UsageError("--out is for --all; --format json prints the rest");
  }
  const OutputFormat format = read_format(arguments);
  const auto loaded = load_asked(arguments);
  BlastOptions options{.service = {}, .most_names = kMostNames};
  if (arguments.operands().size() > 1) {
    options.service =
        service_named(loaded->model.graph, arguments.operands()[1]);
  }
  const BlastReport report = structural_blast(loaded->model, options);
  if (!report.complete) return too_many(*loaded, format);
  if (format == OutputFormat::kJson) {
    std::cout << blast_json(loaded->model, report);
    return kFine;
  }
  const TextStyle style = output_style();
  print(
      style.bold(printable(headline(*loaded, options)) + in_place(arguments)) +
      "\n\n" + blast_text(loaded->model, report, style));
  return kFine;
}

}  // namespace

Command blast_command() {
  return {
      {.name = "blast",
       .operands = "SCENARIO [SERVICE]",
       .summary = "Show what falls when a service falls",
       .details = "The structural blast radius, with redundancy working "
                  "and with switch-over off, single points of failure and "
                  "circles: from the graph alone, without simulation.",
       .example = "outagesim blast scenarios/openai-2024-12-11-telemetry."
                  "toml control-plane",
       .options = {strategy_option(),
                   set_option(),
                   {"format", "table|json", "what to print", "table"},
                   {"all", "",
                    "count what falls entirely with each service, of a "
                    "million in seconds"},
                   {"out", "FILE", "with --all: every service as CSV", "none"}},
       .least = 1,
       .most = 2},
      blast};
}

}  // namespace outagesim
