#include "models/scenario/load_with.h"

#include "models/base/error.h"
#include "models/scenario/document.h"
#include "models/scenario/overrides.h"
#include "models/scenario/read_scenario.h"
#include "models/scenario/validate.h"

namespace outagesim {

Scenario load_with(const std::string& path, const LoadOptions& options,
                   std::span<const std::string> settings,
                   const std::string& option) {
  Mistakes mistakes;
  Document document = read_document(path, mistakes);
  mistakes.throw_if_any();  // half a text would only bring forth more
  apply_overrides(document, options.set, mistakes);
  apply_overrides(document, settings, mistakes, nullptr, option);
  Scenario scenario = read_scenario(document, mistakes);
  validate(scenario, mistakes);
  mistakes.throw_if_any();
  return scenario;
}

}  // namespace outagesim
