#include "cli/load.h"

#include "models/scenario/load.h"

namespace outagesim {

std::unique_ptr<const Loaded> load(const std::string& path,
                                   const std::vector<std::string>& set) {
  auto loaded = std::make_unique<Loaded>();
  loaded->scenario = load_scenario(path, {.set = set});
  loaded->model = compile(loaded->scenario);
  return loaded;
}

}  // namespace outagesim
