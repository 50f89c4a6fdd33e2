// A system whose exact answers other tools can judge, for the tests of fault
// trees.
#pragma once

#include "models/compiled/compile.h"
#include "models/scenario/load.h"
#include "tests/cli/program.h"

namespace outagesim::testing {

inline Model model_at(const fs::path& path) {
  return compile(load_scenario(path.string()));
}

inline fs::path written(const Scratch& scratch, const std::string& name,
                        const std::string& text) {
  const fs::path path = scratch.path() / name;
  std::ofstream(path) << text;
  return path;
}

// A bridge in series with two of three, whose parts fail after such a mean
// time and take 4 h to repair; and one that serves in part: cells and a share,
// so a ladder of gates.
inline std::string bridge_system(const std::string& part_lasts = "40000 h") {
  const std::string fails =
      "fails = { time_to_failure = \"exponential(mean " + part_lasts +
      ")\", time_to_repair = \"exponential(mean 4 h)\", stationary = true }\n";
  std::string text = R"(format = 1
[scenario]
start = 2025-01-01T00:00:00Z
horizon = "365 d"
[service.shop]
kind = "product"
needs.path = { kind = "any", of = ["p", "q", "r", "s"] }
needs.pay = "hard"
[service.pay]
needs.of = { kind = "quorum", of = ["y1", "y2", "y3"], at_least = 2 }
)";
  for (const char* part : {"x0", "x1", "x2", "x3", "x4", "y1", "y2", "y3"}) {
    text += "[service." + std::string(part) + "]\n" + fails;
  }
  return text + R"toml([service.p]
needs = ["x0", "x3"]
[service.q]
needs = ["x1", "x4"]
[service.r]
needs = ["x0", "x2", "x4"]
[service.s]
needs = ["x1", "x2", "x3"]
[service.search]
kind = "product"
needs.index = { kind = "hard", share = "30 %" }
[service.index]
cells = { number = 3 }
head_room = "100 %"
[service.index.fails]
time_to_failure = "exponential(mean 90000 h)"
time_to_repair = "exponential(mean 9 h)"
stationary = true
per_cell = true
)toml";
}

}  // namespace outagesim::testing
