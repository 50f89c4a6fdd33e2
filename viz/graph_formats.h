// The system as a graph for other programs: DOT for Graphviz, GraphML, Mermaid
// for Markdown, which all read back, and a finished SVG; coloured by a result.
#pragma once

#include <string>

#include "viz/graph_colours.h"
#include "viz/system_graph.h"

namespace outagesim {

// Each ends with '\n'. Names may hold anything.
std::string graph_dot(const Scenario& scenario, const GraphColours& colours);
std::string graph_graphml(const Scenario& scenario,
                          const GraphColours& colours);
std::string graph_mermaid(const Scenario& scenario,
                          const GraphColours& colours);
// As graph_picture() lays it out, large systems folded into groups, each in the
// colour of its worst member.
std::string graph_svg(const Scenario& scenario, const GraphColours& colours);

}  // namespace outagesim
