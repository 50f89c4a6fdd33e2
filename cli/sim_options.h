// The options that all commands which simulate have in common, in one place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "models/scenario/scenario.h"
#include "sim/experiment/monte_carlo.h"
#include "viz/run_info.h"

namespace outagesim {

enum class OutputFormat { kTable, kJson };

struct SimOptions {
  MonteCarloOptions monte_carlo;
  std::vector<std::string> set;  // "path=value"
  std::optional<std::string> out;
  OutputFormat format = OutputFormat::kTable;
  bool quiet = false;
};

// The common options, followed by those of the command itself.
std::vector<OptionInfo> with_sim_options(std::vector<OptionInfo> own);

// The same for commands that run many models, each with so few replications
// unless told otherwise; without --precision.
std::vector<OptionInfo> with_few_replications(std::string_view replications,
                                              std::string_view meaning,
                                              std::vector<OptionInfo> own);

// `replications` unless told otherwise. Throws UsageError.
SimOptions read_sim_options(const Arguments& arguments,
                            std::uint64_t replications = 10000);
OutputFormat read_format(const Arguments& arguments);

// What is known of a run before it begins.
RunInfo describe_run(const Arguments& arguments, const SimOptions& options,
                     const Scenario& scenario);
// What is known after `runs` replications of several models together.
RunInfo describe_runs(const Arguments& arguments, const SimOptions& options,
                      const Scenario& scenario, std::uint64_t runs);

}  // namespace outagesim
