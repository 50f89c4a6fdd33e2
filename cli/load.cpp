#include "cli/load.h"

#include <filesystem>
#include <system_error>

#include "models/scenario/load.h"

namespace outagesim {
namespace {

std::unique_ptr<const Loaded> loaded_with(const std::string& path,
                                          const LoadOptions& options) {
  auto loaded = std::make_unique<Loaded>();
  loaded->scenario = load_scenario(scenario_path(path), options);
  loaded->model = compile(loaded->scenario);
  return loaded;
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
  return loaded_with(arguments.operands().front(),
                     {.set = arguments.values("set"),
                      .strategy = arguments.value("strategy")});
}

std::unique_ptr<const Loaded> load(const std::string& path,
                                   const std::vector<std::string>& set) {
  return loaded_with(path, {.set = set});
}

}  // namespace outagesim
