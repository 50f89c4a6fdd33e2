// A number of a scenario that is not known for certain, and what it may be.
#pragma once

#include <string>
#include <vector>

#include "models/base/units.h"
#include "models/parts/distribution.h"
#include "models/scenario/scenario_text.h"

namespace outagesim {

struct UncertainInput {
  std::string name;
  std::vector<ScenarioNumber> numbers;  // moved together; at least one
  Distribution law;                     // of a factor, or of the value itself
  bool is_factor = true;                // of what is written
  bool is_range = true;  // every value between the ends of `law` alike
};

// What the input is at the quantile `u`, in the unit of its first number.
double value_at(const UncertainInput& input, Probability u);
// The numbers at that quantile, to be given to settings_of() with those of
// other inputs.
void add_changes(const UncertainInput& input, Probability u,
                 std::vector<NumberChange>& changes);
// Where to look for what the input does: the ends of a range, 5 % and 95 % of
// any other law.
Probability lower_end(const UncertainInput& input);
Probability upper_end(const UncertainInput& input);

// What a belief of the scenario says.
UncertainInput input_of(const ScenarioText& text, const Belief& belief);
std::vector<UncertainInput> believed_inputs(const ScenarioText& text);

// "PATH=LOW:HIGH", "PATH=x0.5:x2" or "PATH=20 %" (to either side). Throws a
// UsageError.
UncertainInput parse_input(const ScenarioText& text, const std::string& typed);

// Every number of the scenario that is neither zero nor a count, within `span`
// to either side of what is written; shares stay below 100 %.
std::vector<UncertainInput> all_inputs(const ScenarioText& text, Fraction span);

}  // namespace outagesim
