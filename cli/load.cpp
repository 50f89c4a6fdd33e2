#include "cli/load.h"

#include <filesystem>
#include <system_error>

#include "models/scenario/load.h"

namespace outagesim {

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

std::unique_ptr<const Loaded> load(const std::string& path,
                                   const std::vector<std::string>& set) {
  auto loaded = std::make_unique<Loaded>();
  loaded->scenario = load_scenario(scenario_path(path), {.set = set});
  loaded->model = compile(loaded->scenario);
  return loaded;
}

}  // namespace outagesim
