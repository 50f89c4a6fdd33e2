#include "models/scenario/load.h"

#include "models/base/error.h"
#include "models/scenario/document.h"
#include "models/scenario/read_scenario.h"
#include "models/scenario/strategy.h"
#include "models/scenario/strategy_apply.h"
#include "models/scenario/validate.h"

namespace outagesim {

StrategySet load_with_strategies(const std::string& path,
                                 const LoadOptions& options,
                                 const std::vector<std::string>& names) {
  Mistakes mistakes;
  Document document = read_document(path, mistakes);
  mistakes.throw_if_any();  // half a text would only bring forth more
  apply_settings(document, options.set, mistakes);
  StrategySet set;
  set.baseline = read_scenario(document, mistakes);
  if (!document.root.contains("strategy")) {
    document = {};  // it is several times its text
  }
  validate(set.baseline, mistakes);
  set.strategies = apply_strategies(document, names, mistakes);
  mistakes.throw_if_any();
  return set;
}

Scenario load_scenario(const std::string& path, const LoadOptions& options) {
  return load_with_strategies(path, options).baseline;
}

}  // namespace outagesim
