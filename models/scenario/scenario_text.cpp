#include "models/scenario/scenario_text.h"

#include "models/base/text.h"
#include "models/scenario/document.h"
#include "models/scenario/number_walk.h"
#include "models/scenario/overrides.h"
#include "models/scenario/read_scenario.h"
#include "models/scenario/validate.h"

namespace outagesim {

ScenarioText::ScenarioText(const std::string& path,
                           const LoadOptions& options) {
  Mistakes mistakes;
  Document document = read_document(path, mistakes);
  mistakes.throw_if_any();
  scenario_ = load_scenario(path, options);
  apply_overrides(document, options.set, mistakes);
  mistakes.throw_if_any();
  document.root.erase("strategy");  // it may be most of the text
  document_ = std::make_unique<const Document>(std::move(document));
}

ScenarioText::~ScenarioText() = default;

std::vector<ScenarioNumber> ScenarioText::numbers() const {
  return numbers_in(*document_, LawNumbers::kShapes);
}

ScenarioNumber ScenarioText::number_at(const std::string& path,
                                       const std::string& option) const {
  if (auto number = number_in(*document_, path)) return std::move(*number);
  std::vector<std::string> paths;
  for (const auto& number :
       numbers_in(*document_, LawNumbers::kAllParameters)) {
    paths.push_back(number.path);
  }
  const auto match = closest_match(path, paths);
  throw UsageError(option + ": no number stands at \"" + printable(path) +
                   "\"" +
                   (match ? "; did you mean \"" + *match + "\"?"
                          : "; write a path such as fault.NAME.ends"));
}

std::optional<Scenario> ScenarioText::with(
    std::span<const std::string> settings, Mistakes& mistakes) const {
  Document document = copy_of(*document_);
  apply_settings(document, settings, mistakes);
  if (!mistakes.empty()) return std::nullopt;
  Scenario scenario = read_scenario(document, mistakes);
  validate(scenario, mistakes);
  if (!mistakes.empty()) return std::nullopt;
  return scenario;
}

}  // namespace outagesim
