// From words to a model: what all commands that read a scenario begin with.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "models/compiled/compile.h"
#include "models/scenario/scenario.h"

namespace outagesim {

struct Loaded {
  Scenario scenario;
  Model model;
};

// The path of a scenario: as given, or, where there is no such file, that of
// the one installed with the program ("scenarios/openai-year.toml").
std::string scenario_path(const std::string& given);

// --set PATH=VALUE, as often as there are values to override.
OptionInfo set_option();

// --strategy NAME, for commands that look at one scenario.
OptionInfo strategy_option();

// The scenario that the first operand names, with --set and --strategy. Throws
// InputError and UsageError.
std::unique_ptr<const Loaded> load_asked(const Arguments& arguments);

// The same for a command that only simulates: what the services of a large
// system need is then kept in the model alone.
std::unique_ptr<const Loaded> load_to_simulate(const Arguments& arguments);

// Throws InputError. Says on the standard error what lapses by `set`, unless
// quiet; so does load_asked. Never moves once made, for summaries point at the
// model.
std::unique_ptr<const Loaded> load(const std::string& path,
                                   const std::vector<std::string>& set,
                                   bool quiet = false);

}  // namespace outagesim
