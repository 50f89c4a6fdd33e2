// The table of laws: names, parameters and what they mean. The one source for
// the parser of distributions, its messages, `list distributions` and the docs.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "models/parts/law.h"

namespace outagesim {

struct LawInfo {
  std::string_view name;           // "weibull"
  std::string_view parameters;     // "shape and scale, or shape and mean"
  std::string_view meaning;        // one line
  std::string_view example;        // as a distribution of durations
  std::string_view plain_example;  // as a distribution of plain numbers
};

// In the order in which people should read them.
std::span<const LawInfo> laws();

// Null if there is none of that name.
const LawInfo* find_law(std::string_view name);

// One way to give a law by named parameters.
struct LawForm {
  std::string_view law;
  std::string_view first;
  std::string_view second;  // empty for a law of one parameter
  Law (*make)(double first, double second);
};

// All ways to give a law; empty for laws whose values have no names.
std::vector<LawForm> forms_of(const LawInfo& law);

}  // namespace outagesim
