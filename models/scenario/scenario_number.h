// A number in the text of a scenario that can be changed without changing what
// the text says: "206 min", 0.8, the sigma of a law, or all times of a law at
// once. What people vary to see what an answer hangs on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

struct ScenarioNumber {
  enum class Kind : std::uint8_t {
    kQuantity,      // "206 min", 0.8
    kCount,         // a whole number: 6
    kLawParameter,  // sigma of "lognormal(median 206 min, sigma 1.718)"
    kLawScale,      // a law as a whole; its number is a factor, 1 as written
  };
  Kind kind = Kind::kQuantity;
  std::string path;           // "fault.power.ends.sigma", as --set has it
  std::string key;            // of the value that is set: without "sigma"
  std::string written;        // the whole value as written
  std::string before, after;  // its text around the number
  std::string unit;           // "min", "%", or empty
  std::string parameter;      // "sigma"
  double value = 0;           // as written
  bool is_text = false;       // written in quotes
};

// The number that a text is: "206 min", "0.4 %", "1.2 per day".
std::optional<ScenarioNumber> quantity_in(std::string_view text);
// The times, or plain numbers, of the law that a text is.
std::optional<ScenarioNumber> law_in(std::string_view text);
// A named parameter of the law that a text is.
std::optional<ScenarioNumber> parameter_in(std::string_view text,
                                           std::string_view parameter);

// Numbers to be changed, and to what.
struct NumberChange {
  const ScenarioNumber* number = nullptr;
  double value = 0;
};

// Settings "path = value", one for each value that changes: a law may change
// in its scale and in a parameter at once. Precondition: finite; of a law's
// scale above 0.
std::vector<std::string> settings_of(std::span<const NumberChange> changes);

// "206 min"; of a law as a whole "x 0.8".
std::string told(const ScenarioNumber& number, double value);

// A value that a person typed for this number, in any unit of its kind, in the
// number's own unit; "x 0.5" is half of what is written.
std::optional<double> value_in(const ScenarioNumber& number,
                               std::string_view typed);

}  // namespace outagesim
