// A small shop with two suppliers, and the strategies that a test writes for
// it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "models/scenario/load.h"
#include "tests/models/scenario_text.h"

namespace outagesim {

inline constexpr std::string_view kShop = R"toml(
[service.zone]
kind = "supplier"
[service.spare]
kind = "supplier"
[service.db-a]
needs.place = { kind = "any", of = ["zone", "spare"], switch = "by hand" }
[service.db-b]
needs.place = { kind = "any", of = ["zone", "spare"], switch = "by hand" }
[service.cache]
[service.shop]
kind = "product"
needs = ["db-a", "zone", "cache"]
[fault.power]
at = "0 min"
where = "zone"
ends = "1 h"
)toml";

inline std::string path_of_test(std::string_view rest) {
  const std::string name =
      testing::UnitTest::GetInstance()->current_test_info()->name();
  return write("strategy/" + name + ".toml",
               std::string(kFrame) + std::string(kShop) + std::string(rest));
}

inline StrategySet load_set(std::string_view rest,
                            const std::vector<std::string>& names = {},
                            const LoadOptions& options = {}) {
  return load_with_strategies(path_of_test(rest), options, names);
}

inline const Service& service(const Scenario& scenario,
                              const std::string& name) {
  return *std::ranges::find(scenario.services, name, &Service::name);
}
inline const Need& need(const Scenario& scenario, const std::string& owner,
                        const std::string& name) {
  return *std::ranges::find(service(scenario, owner).needs, name, &Need::name);
}
inline const Scenario& first(const StrategySet& set) {
  return set.strategies.at(0).scenario;
}

inline std::vector<std::string> service_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Service& one : scenario.services) names.push_back(one.name);
  return names;
}

// Every key that a random stream is known by, and every node by its name.
inline std::vector<std::string> keys_of(const Scenario& scenario) {
  const Model model = compile(scenario);
  std::vector<std::string> keys;
  for (NodeId id = 0; id < model.graph.nodes.size(); ++id) {
    keys.push_back(node_name(model.graph, id));
  }
  for (const CompiledNeed& one : model.graph.needs) {
    keys.push_back(std::to_string(one.owner) + " " +
                   std::to_string(one.law_key));
  }
  for (const CompiledFault& one : model.plan.faults) keys.push_back(one.name);
  for (const CompiledRemedy& one : model.plan.remedies) {
    keys.push_back(one.name);
  }
  for (const CompiledResponse& one : model.plan.responses) {
    keys.push_back(one.name);
  }
  return keys;
}

}  // namespace outagesim
