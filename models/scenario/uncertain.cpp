#include "models/scenario/uncertain.h"

#include <algorithm>

#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr Probability kLeast{1e-12};
constexpr Probability kLow{0.05};

UncertainInput between(const ScenarioNumber& number, double low, double high) {
  UncertainInput input;
  input.name = number.path;
  input.numbers = {number};
  input.is_factor = false;
  input.law = Distribution(Uniform{low, high});
  return input;
}

UncertainInput times_between(const ScenarioNumber& number, double low,
                             double high) {
  UncertainInput input = between(number, low, high);
  input.is_factor = true;
  return input;
}

[[noreturn]] void refuse(const std::string& typed, const std::string& why) {
  throw UsageError("--input " + printable(typed) + ": " + why);
}

double typed_value(const ScenarioNumber& number, const std::string& text,
                   const std::string& typed) {
  if (const auto value = value_in(number, text)) return *value;
  refuse(typed, "expected a value such as \"" + told(number, number.value) +
                    "\" or a factor such as \"x0.5\", found \"" +
                    printable(text) + "\"");
}

// A share or a correlation: more than all of it is meant by nobody.
double most_factor(const ScenarioNumber& number) {
  const bool is_share = number.unit == "%" && number.value <= 100;
  const bool is_part =
      number.unit.empty() && !number.is_text && number.value <= 1;
  if (is_share) return 100 / number.value;
  return is_part ? 1 / number.value : kForever.value;
}

UncertainInput around(const ScenarioNumber& number, Fraction span) {
  return times_between(number, 1 - span.value,
                       std::min(1 + span.value, most_factor(number)));
}

// The first '=' outside quotes.
std::size_t equals_sign(const std::string& typed) {
  bool quoted = false;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (typed[i] == '"') quoted = !quoted;
    if (typed[i] == '=' && !quoted) return i;
  }
  return std::string::npos;
}

}  // namespace

double value_at(const UncertainInput& input, Probability u) {
  const double x = quantile(input.law, u);
  return input.is_factor ? x * input.numbers.front().value : x;
}

void add_changes(const UncertainInput& input, Probability u,
                 std::vector<NumberChange>& changes) {
  const double x = quantile(input.law, u);
  for (const ScenarioNumber& number : input.numbers) {
    changes.push_back({&number, input.is_factor ? x * number.value : x});
  }
}

Probability lower_end(const UncertainInput& input) {
  return input.is_range ? kLeast : kLow;
}

Probability upper_end(const UncertainInput& input) {
  return {1 - lower_end(input).value};
}

UncertainInput input_of(const ScenarioText& text, const Belief& belief) {
  UncertainInput input;
  input.name = belief.name;
  for (const Reference& path : belief.about) {
    input.numbers.push_back(text.number_at(path.name, "belief"));
  }
  if (belief.factor) {
    input.law = *belief.factor;
    input.is_range = std::holds_alternative<Uniform>(belief.factor->law());
    return input;
  }
  const ScenarioNumber& first = input.numbers.front();
  input.is_factor = false;
  input.law =
      Distribution(Uniform{value_in(first, belief.between[0].name).value(),
                           value_in(first, belief.between[1].name).value()});
  return input;
}

std::vector<UncertainInput> believed_inputs(const ScenarioText& text) {
  std::vector<UncertainInput> inputs;
  inputs.reserve(text.scenario().beliefs.size());
  for (const Belief& belief : text.scenario().beliefs) {
    inputs.push_back(input_of(text, belief));
  }
  return inputs;
}

UncertainInput parse_input(const ScenarioText& text, const std::string& typed) {
  const std::size_t equals = equals_sign(typed);
  if (equals == std::string::npos) {
    refuse(typed, "write PATH=LOW:HIGH, or PATH=20 % for either side");
  }
  const ScenarioNumber number =
      text.number_at(typed.substr(0, equals), "--input");
  const std::string range = typed.substr(equals + 1);
  const std::size_t colon = range.find(':');
  if (colon == std::string::npos) {
    const auto span = parse_fraction(range);
    if (!span || span->value <= 0 || span->value >= 1) {
      refuse(typed, "write LOW:HIGH, or a share such as 20 %");
    }
    return around(number, *span);
  }
  const double low = typed_value(number, range.substr(0, colon), typed);
  const double high = typed_value(number, range.substr(colon + 1), typed);
  if (!(low < high)) refuse(typed, "the low end must be below the high end");
  if (low < 0) refuse(typed, "write factors for a number below 0");
  return between(number, low, high);
}

std::vector<UncertainInput> all_inputs(const ScenarioText& text,
                                       Fraction span) {
  std::vector<UncertainInput> inputs;
  for (const ScenarioNumber& number : text.numbers()) {
    const bool varies =
        number.value != 0 && number.kind != ScenarioNumber::Kind::kCount;
    if (varies) inputs.push_back(around(number, span));
  }
  return inputs;
}

}  // namespace outagesim
