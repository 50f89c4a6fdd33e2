// A system drawn as a graph, in GraphML [Brandes02]: what `outagesim graph`
// writes reads back, and other tools' graphs become a scenario to begin from.
// An edge leads from a service to what it needs.
#pragma once

#include <string>
#include <vector>

namespace outagesim {

struct DrawnNeed {
  std::string target;
  std::string kind;      // "hard" if the edge does not say
  std::string group;     // of alternatives: those of one need share it
  std::string at_least;  // of a quorum
};

struct DrawnService {
  std::string name;
  std::string label;  // empty: none but the name
  std::string kind;   // empty: not told
  std::vector<DrawnNeed> needs;
};

struct DrawnSystem {
  std::vector<DrawnService> services;  // in the file's order
};

// Throws InputError where the file cannot be read, is no directed graph, or
// has what a scenario cannot say: hyperedges, ports, graphs within nodes.
DrawnSystem read_graphml(const std::string& path);

// As a scenario in TOML. Without kinds, what nobody needs is a product. A need
// whose numbers a graph does not tell is written as the nearest that has none,
// with a comment.
std::string scenario_of_graph(const DrawnSystem& system);

}  // namespace outagesim
