// Scenarios by hand, for tests that need no file: services by name, needs from
// one to another, "db.2" for a cell.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/base/error.h"
#include "models/compiled/compile_graph.h"
#include "models/compiled/propagation.h"
#include "models/scenario/scenario.h"

namespace outagesim {

inline Place place_named(const std::string& text) {
  const auto dot = text.find('.');
  Place place;
  place.service.name = text.substr(0, dot);
  if (dot != std::string::npos) {
    place.cells.how = CellChoice::How::kNamed;
    place.cells.named.push_back({text.substr(dot + 1), {}});
  }
  return place;
}

class ScenarioBuilder {
 public:
  ScenarioBuilder& service(const std::string& name, std::uint32_t cells = 1) {
    Service service;
    service.name = name;
    service.cells.clear();
    for (std::uint32_t i = 1; i <= cells; ++i) {
      service.cells.push_back({std::to_string(i), 1});
    }
    scenario.services.push_back(std::move(service));
    return *this;
  }

  ScenarioBuilder& sharing_cells(const std::string& name,
                                 const std::string& with) {
    service(name);
    last().cells_of = Reference{with, {}};
    return *this;
  }

  // The last service needs the targets.
  ScenarioBuilder& need(NeedKind kind, const std::vector<std::string>& targets,
                        double share = 1) {
    Need need;
    need.name = targets.size() == 1 ? targets[0] : "targets";
    need.kind = kind;
    need.share = {share};
    for (const std::string& target : targets) {
      need.targets.push_back(place_named(target));
    }
    last().needs.push_back(std::move(need));
    return *this;
  }
  ScenarioBuilder& hard(const std::string& target, double share = 1) {
    return need(NeedKind::kHard, {target}, share);
  }

  Service& last() { return scenario.services.back(); }
  Need& last_need() { return last().needs.back(); }

  Scenario scenario;
};

// A graph with its state, to fail and repair by name.
class System {
 public:
  explicit System(const ScenarioBuilder& builder) : System(builder.scenario) {}
  explicit System(const Scenario& scenario)
      : graph(compile_graph(scenario, IdOfName(scenario.services))),
        health(healthy(graph)),
        propagation(graph) {}
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  NodeId node(const std::string& name) const {
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
      if (node_name(graph, id) == name) {
        return id;
      }
    }
    throw InternalError("no node " + name);
  }
  double served(const std::string& name) const {
    return health.served[node(name)];
  }
  double full(const std::string& name) const { return health.full[node(name)]; }

  System& set_own(const std::string& name, double own) {
    health.own[node(name)] = own;
    propagation.mark(node(name));
    propagation.settle(health);
    return *this;
  }

  // The n-th need of a node.
  NeedId need(const std::string& owner, std::uint32_t n = 0) const {
    return graph.nodes[node(owner)].first_need + n;
  }
  NeedState& state(const std::string& owner, std::uint32_t n = 0) {
    return health.needs[graph.needs[need(owner, n)].state];
  }
  System& settle(const std::string& changed) {
    propagation.mark(node(changed));
    propagation.settle(health);
    return *this;
  }

  Graph graph;
  Health health;
  Propagation propagation;
};

}  // namespace outagesim
