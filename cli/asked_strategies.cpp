#include "cli/asked_strategies.h"

#include <algorithm>

#include "cli/load.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "models/scenario/load.h"
#include "models/scenario/what_if.h"
#include "sim/experiment/compare.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostTogether = 12;

// How many strategies may stand in one combination.
std::size_t together(const Arguments& arguments) {
  const auto size = arguments.value("all-subsets");
  if (size && arguments.has("pairs")) {
    throw UsageError("--pairs and --all-subsets exclude each other");
  }
  if (size) return whole_number("all-subsets", *size, 2, kMostTogether);
  return arguments.has("pairs") ? 2 : 1;
}

bool has_product(const Scenario& scenario, const std::string& name) {
  return std::ranges::any_of(scenario.services, [&](const Service& service) {
    return service.name == name && service.kind == ServiceKind::kProduct;
  });
}

void expect_products_of(const Scenario& baseline, const StrategyScenario& one) {
  for (const Service& service : baseline.services) {
    const bool kept = service.kind != ServiceKind::kProduct ||
                      has_product(one.scenario, service.name);
    if (kept) continue;
    throw UsageError("with \"" + printable(one.strategy.name) + "\" \"" +
                     printable(service.name) +
                     "\" is no product any more: there would be nothing to "
                     "compare");
  }
}

}  // namespace

std::vector<std::string> different_values(const Arguments& arguments,
                                          const std::string& option) {
  std::vector<std::string> values = arguments.values(option);
  std::vector<std::string> sorted = values;
  std::ranges::sort(sorted);
  const auto twice = std::ranges::adjacent_find(sorted);
  if (twice != sorted.end()) {
    throw UsageError("--" + option + " \"" + printable(*twice) +
                     "\" is given twice");
  }
  return values;
}

StrategySet asked_strategies(const Arguments& arguments,
                             const std::vector<std::string>& settings) {
  LoadOptions load;
  load.set = settings;
  const std::string path = scenario_path(arguments.operands().front());
  const StrategyRequest request{different_values(arguments, "strategy"),
                                together(arguments)};
  const std::vector<std::string> questions =
      different_values(arguments, "what-if");
  if (request.together > 1 && request.names.empty() && !questions.empty()) {
    throw UsageError(
        "with --what-if only the questions are compared, which cannot be "
        "combined; name with --strategy what --pairs or --all-subsets is to "
        "combine");
  }
  StrategySet set = load_with_combinations(path, load, request);
  if (request.names.empty() && !questions.empty()) set.strategies.clear();
  for (const std::string& question : questions) {
    set.strategies.push_back(what_if(set.baseline, question, {path, load}));
  }
  if (set.strategies.empty()) {
    throw UsageError("\"" + printable(path) +
                     "\" has no strategies to compare; add a table "
                     "[strategy.NAME], or ask --what-if");
  }
  for (const StrategyScenario& one : set.strategies) {
    expect_products_of(set.baseline, one);
  }
  if (set.strategies.size() >= kMostCandidates) {
    throw UsageError("at most " + std::to_string(kMostCandidates - 1) +
                     " strategies can be compared at once, these are " +
                     std::to_string(set.strategies.size()) +
                     "; name some with --strategy");
  }
  return set;
}

}  // namespace outagesim
