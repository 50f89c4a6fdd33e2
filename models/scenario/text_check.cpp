#include "models/scenario/text_check.h"

#include <utility>

#include "models/scenario/document.h"
#include "models/scenario/read_scenario.h"
#include "models/scenario/validate.h"

namespace outagesim {

std::vector<Mistake> scenario_mistakes(const std::string& name,
                                       const std::string& text) {
  Mistakes mistakes;
  Document document;
  auto table = parse_into(document, name, text, mistakes);
  if (table && mistakes.empty()) {
    merge_tables(document, std::move(*table), mistakes);
    validate(read_scenario(document, mistakes), mistakes);
  }
  return mistakes.kept();
}

}  // namespace outagesim
