#include "cli/load.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <system_error>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/scenario/load.h"

namespace outagesim {
namespace {

constexpr std::size_t kLarge = 10'000;  // services, where it begins to matter

void forget_needs(Scenario& scenario) {
  for (Service& service : scenario.services) {
    std::vector<Need>().swap(service.needs);
  }
#ifdef __GLIBC__
  ::malloc_trim(0);  // millions of small pieces, none of them at the end
#endif
}

// A fault that hits no cell: an empty list, or a share that rounds to none.
void note_faults_nowhere(const Model& model, std::vector<std::string>& notes) {
  for (const CompiledFault& fault : model.plan.faults) {
    if (std::ranges::any_of(fault.where, &PlaceChoice::count)) continue;
    notes.push_back("fault \"" + fault.name +
                    "\" strikes no cell: what its \"where\" chooses is empty");
  }
}

// At a moment past the end a fault strikes in no run.
void note_late_faults(const Scenario& scenario,
                      std::vector<std::string>& notes) {
  for (const Fault& fault : scenario.faults) {
    const auto* at = std::get_if<AtTime>(&fault.trigger.when);
    if (!at || at->at < scenario.horizon) continue;
    notes.push_back("fault \"" + fault.name + "\" is at " + to_text(at->at) +
                    ", beyond the horizon of " + to_text(scenario.horizon) +
                    ": it never strikes");
  }
}

std::unique_ptr<Loaded> loaded_with(const std::string& path,
                                    LoadOptions options, bool quiet) {
  auto loaded = std::make_unique<Loaded>();
  std::vector<std::string> notes;
  options.notes = &notes;
  loaded->scenario = load_scenario(scenario_path(path), options);
  loaded->model = compile(loaded->scenario);
  if (quiet) return loaded;
  note_late_faults(loaded->scenario, notes);
  note_faults_nowhere(loaded->model, notes);
  for (const std::string& note : notes) {
    std::cerr << "note: " << printable(note) << '\n';
  }
  return loaded;
}

std::unique_ptr<Loaded> asked(const Arguments& arguments) {
  return loaded_with(
      arguments.operands().front(),
      {.set = arguments.values("set"), .strategy = arguments.value("strategy")},
      arguments.has("quiet"));
}

}  // namespace

std::string scenario_path(const std::string& given) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::path(given).is_absolute() || fs::exists(given, error)) return given;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return given;
  const fs::path installed =
      program.parent_path().parent_path() / "share" / "outagesim" / given;
  return fs::exists(installed, error) ? installed.string() : given;
}

OptionInfo set_option() {
  return {.name = "set",
          .value = "PATH=VALUE",
          .meaning = "override a value of the scenario; repeatable",
          .repeatable = true};
}

OptionInfo strategy_option() {
  return {"strategy", "NAME",
          "with a strategy of the scenario in place, or \"A + B\""};
}

std::unique_ptr<const Loaded> load_asked(const Arguments& arguments) {
  return asked(arguments);
}

std::unique_ptr<const Loaded> load_to_simulate(const Arguments& arguments) {
  auto loaded = asked(arguments);
  if (loaded->scenario.services.size() >= kLarge) {
    forget_needs(loaded->scenario);
  }
  return loaded;
}

std::unique_ptr<const Loaded> load(const std::string& path,
                                   const std::vector<std::string>& set,
                                   bool quiet) {
  return loaded_with(path, {.set = set}, quiet);
}

}  // namespace outagesim
