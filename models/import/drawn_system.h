// A system as a graph draws it, whatever the format: services and what each
// needs; and the scenario to begin from that it becomes.
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

// As a scenario in TOML. Without kinds, what nobody needs is a product. A need
// whose numbers a graph does not tell is written as the nearest that has none,
// with a comment.
std::string scenario_of_graph(const DrawnSystem& system);

}  // namespace outagesim
