#include "models/scenario/load.h"

#include "models/base/error.h"
#include "models/scenario/document.h"
#include "models/scenario/read_scenario.h"
#include "models/scenario/validate.h"

namespace outagesim {
namespace {

// The table is gone when this returns: it is several times its text.
Scenario read_file(const std::string& path, const LoadOptions& options,
                   Mistakes& mistakes) {
  Document document = read_document(path, mistakes);
  mistakes.throw_if_any();  // half a text would only bring forth more
  apply_settings(document, options.set, mistakes);
  return read_scenario(document, mistakes);
}

}  // namespace

Scenario load_scenario(const std::string& path, const LoadOptions& options) {
  Mistakes mistakes;
  Scenario scenario = read_file(path, options, mistakes);
  validate(scenario, mistakes);
  mistakes.throw_if_any();
  return scenario;
}

}  // namespace outagesim
