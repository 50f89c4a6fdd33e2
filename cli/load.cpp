#include "cli/load.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

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

std::unique_ptr<Loaded> loaded_with(const std::string& path,
                                    const LoadOptions& options) {
  auto loaded = std::make_unique<Loaded>();
  loaded->scenario = load_scenario(scenario_path(path), options);
  loaded->model = compile(loaded->scenario);
  return loaded;
}

std::unique_ptr<Loaded> asked(const Arguments& arguments) {
  return loaded_with(arguments.operands().front(),
                     {.set = arguments.values("set"),
                      .strategy = arguments.value("strategy")});
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
                                   const std::vector<std::string>& set) {
  return loaded_with(path, {.set = set});
}

}  // namespace outagesim
