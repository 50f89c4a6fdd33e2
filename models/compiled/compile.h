// From a validated scenario to the model the engine runs on. Cannot fail on a
// scenario that load_scenario() returned. Cost O(services + needs + hours).
#pragma once

#include <vector>

#include "models/base/utc_time.h"
#include "models/compiled/load_net.h"
#include "models/compiled/plan.h"
#include "models/compiled/propagation.h"
#include "models/compiled/user_impact.h"
#include "models/scenario/scenario.h"

namespace outagesim {

struct CompiledObservation {
  std::uint32_t product = 0;  // into Model::products
  Milestone milestone = Milestone::kRecovered;
  Seconds at{0};
  std::string source;
};

struct CompiledObjective {
  Objective said;
  std::uint32_t product = kNone;  // into Model::products; kNone: all users
};

struct Model {
  Graph graph;
  Plan plan;
  LoadNet load;                           // empty where no load is modelled
  Health initial;                         // all healthy, settled
  std::vector<ServiceId> products;        // in the author's order
  std::vector<std::uint32_t> product_of;  // by service: product or kNone
  std::vector<CompiledPopulation> populations;
  std::vector<std::string> regions;      // of populations, as they come
  std::vector<PopulationClass> classes;  // the same
  std::vector<CompiledObservation> observed;
  std::vector<CompiledObjective> objectives;
  OutageRule outage;
  UtcTime start;
  Seconds begins{0};  // ≤ 0: earliest fault or change, when before the start
  Seconds horizon{0};
};

Model compile(const Scenario& scenario);

}  // namespace outagesim
