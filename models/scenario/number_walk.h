// The numbers that stand in a document. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/scenario/document.h"
#include "models/scenario/scenario_number.h"

namespace outagesim {

// Of a law its scale, and its shape or, if asked, every named parameter. No
// lists. In the order of their paths. O(document).
enum class LawNumbers { kShapes, kAllParameters };
std::vector<ScenarioNumber> numbers_in(const Document& document,
                                       LawNumbers of_laws);

// The number at a path such as "fault.power.ends.sigma". O(document).
std::optional<ScenarioNumber> number_in(const Document& document,
                                        const std::string& path);

}  // namespace outagesim
