// outagesim validate: all mistakes of a scenario at once, or what it holds.
#include <algorithm>
#include <iostream>

#include "cli/commands.h"
#include "cli/load.h"
#include "models/base/text.h"
#include "models/scenario/load.h"
#include "models/scenario/load_system.h"

namespace outagesim {
namespace {

std::string counted(std::size_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::size_t needs_of(const Scenario& scenario) {
  std::size_t n = 0;
  for (const Service& service : scenario.services) n += service.needs.size();
  return n;
}

// The first of the names that the system takes from other files.
std::string left_to_others(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 5;
  if (names.empty()) return "";
  std::string text = "; it must have from other files: ";
  for (std::size_t i = 0; i < std::min(kMost, names.size()); ++i) {
    text += (i > 0 ? ", " : "") + printable(names[i]);
  }
  if (names.size() <= kMost) return text;
  return text + " and " + std::to_string(names.size() - kMost) + " more";
}

int validate(const Arguments& arguments) {
  const std::string path = scenario_path(arguments.operands().front());
  if (const std::size_t n = load_library(path)) {
    std::cout << printable(path) << ": fine: a library of "
              << counted(n, "strategy", "strategies")
              << "; a scenario that names it in `system` can use it\n";
    return kFine;
  }
  if (arguments.values("set").empty()) {
    if (const auto alone = load_system(path)) {
      std::cout << printable(path) << ": fine: a system of "
                << counted(alone->system.services.size(), "service", "services")
                << " with " << counted(needs_of(alone->system), "need", "needs")
                << "; a scenario that names it in `system` can use it"
                << left_to_others(alone->from_elsewhere) << '\n';
      return kFine;
    }
  }
  const auto loaded = load(path, arguments.values("set"));
  const Scenario& scenario = loaded->scenario;
  const Graph& graph = loaded->model.graph;
  std::cout << printable(scenario.path) << ": fine: "
            << counted(graph.services.size(), "service", "services") << " ("
            << counted(loaded->model.products.size(), "product", "products")
            << "), " << counted(needs_of(scenario), "need", "needs") << ", "
            << counted(scenario.faults.size(), "fault", "faults") << ", "
            << counted(scenario.remedies.size(), "remedy", "remedies") << ", "
            << counted(scenario.populations.size(), "population", "populations")
            << '\n';
  return kFine;
}

}  // namespace

Command validate_command() {
  return {
      {.name = "validate",
       .operands = "SCENARIO",
       .summary = "Check a scenario and show all mistakes at once",
       .details =
           "A file of strategies alone, or a system without [scenario] that "
           "others name, can be checked too. Exit code 0 if "
           "it is fine, 1 if not.",
       .example = "outagesim validate scenarios/openai-year.toml",
       .options = {set_option()},
       .least = 1,
       .most = 1},
      validate};
}

}  // namespace outagesim
