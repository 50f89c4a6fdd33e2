// outagesim graph: the system for other programs, coloured by a result.
#include <array>
#include <iostream>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/page.h"
#include "cli/sim_options.h"
#include "models/base/error.h"
#include "models/base/suggest.h"
#include "models/base/text.h"
#include "sim/experiment/portrait.h"
#include "viz/graph_formats.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kRuns = 1000;
constexpr std::uint64_t kMostRuns = 1'000'000;

struct Format {
  std::string_view name;
  std::string (*write)(const Scenario&, const GraphColours&);
};
constexpr std::array kFormats{
    Format{"dot", graph_dot}, Format{"graphml", graph_graphml},
    Format{"mermaid", graph_mermaid}, Format{"svg", graph_svg}};

const Format& format_named(const std::string& name) {
  std::vector<std::string> known;
  for (const Format& one : kFormats) {
    if (one.name == name) return one;
    known.emplace_back(one.name);
  }
  std::string text =
      "--format: expected dot, graphml, mermaid or svg, found \"" +
      printable(name) + "\"";
  throw UsageError(text + or_did_you_mean(name, known));
}

// What colours by a result, and how it is read off a portrait.
double served(const Portrait& portrait, std::size_t s, Seconds) {
  return portrait.services[s].served.mean();
}
double up(const Portrait& portrait, std::size_t s, Seconds horizon) {
  return 1 - portrait.services[s].below.mean() / horizon.value;
}

GraphColours colours_of(const Arguments& arguments, const Model& model) {
  const std::string name = arguments.value("colour").value_or("none");
  if (name == "none") return {};
  if (name != "served" && name != "up") {
    throw UsageError("--colour: expected served, up or none, found \"" +
                     printable(name) + "\"");
  }
  PortraitOptions options;
  options.replications = kRuns;
  if (const auto text = arguments.value("replications")) {
    options.replications = whole_number("replications", *text, 1, kMostRuns);
  }
  if (const auto text = arguments.value("seed")) {
    options.seed = whole_number("seed", *text, 0, 1ULL << 53U);
  }
  options.instants = 1;
  const Interrupt interrupt;
  const Portrait portrait = portray(model, options, interrupt.token());
  GraphColours colours{name, {}};
  for (std::size_t s = 0; s < portrait.services.size(); ++s) {
    colours.values.push_back(name == "served"
                                 ? served(portrait, s, model.horizon)
                                 : up(portrait, s, model.horizon));
  }
  return colours;
}

int graph(const Arguments& arguments) {
  const Format& format =
      format_named(arguments.value("format").value_or("dot"));
  const auto loaded =
      load(arguments.operands().front(), arguments.values("set"));
  const std::string text =
      format.write(loaded->scenario, colours_of(arguments, loaded->model));
  if (const auto path = arguments.value("output")) {
    write_where_asked(checked_page_path("output", *path), text);
  } else {
    std::cout << text;
  }
  return kFine;
}

}  // namespace

Command graph_command() {
  return {
      {.name = "graph",
       .operands = "SCENARIO",
       .summary = "Write the system as DOT, GraphML, Mermaid or SVG",
       .details = "Coloured by the share served (a mean over runs and the "
                  "whole simulated time), or by the share of that time in "
                  "which a service is not below `substantial`.",
       .example = "outagesim graph scenarios/openai-2024-12-26-supplier-"
                  "power.toml --format svg --colour served -o system.svg",
       .options = {{"format", "dot|graphml|mermaid|svg",
                    "for Graphviz, for graph programs, for Markdown, or a "
                    "picture",
                    "dot"},
                   {"colour", "served|up|none", "by which result", "none"},
                   {"output", "FILE", "where to; -o for short", "the terminal"},
                   {"replications", "N", "runs for the colours", "1000"},
                   {"seed", "N", "of all random numbers", "1"},
                   set_option()},
       .least = 1,
       .most = 1},
      graph};
}

}  // namespace outagesim
