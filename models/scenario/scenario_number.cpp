#include "models/scenario/scenario_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/parts/distribution_text.h"
#include "models/parts/scaled.h"

namespace outagesim {
namespace {

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// How many bytes of the text are a number, and which.
std::size_t leading_number(std::string_view text, double& value) {
  const auto read =
      std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{}
             ? static_cast<std::size_t>(read.ptr - text.data())
             : 0;
}

// A quantity in base units, and which one it is.
struct Amount {
  enum class Of : std::uint8_t { kNumber, kTime, kShare, kRate, kMoney };
  Of of = Of::kNumber;
  double value = 0;
};

// The text in base units, whatever quantity it is.
std::optional<Amount> in_base_units(const std::string& text) {
  using enum Amount::Of;
  if (const auto number = parse_number(text)) return Amount{kNumber, *number};
  if (const auto t = parse_seconds(text)) return Amount{kTime, t->value};
  if (const auto share = parse_fraction(text))
    return Amount{kShare, share->value};
  if (const auto rate = parse_rate(text)) return Amount{kRate, rate->value};
  if (const auto money = parse_money(text)) return Amount{kMoney, money->value};
  return std::nullopt;
}

std::optional<Distribution> law_of(std::string_view text, Dimension& of) {
  for (const Dimension dimension : {Dimension::kTime, Dimension::kPlain}) {
    of = dimension;
    if (auto law = parse_distribution(text, dimension)) return *law;
  }
  return std::nullopt;
}

// Where the number of "parameter NUMBER" begins; npos if there is none.
std::size_t after_parameter(std::string_view text, std::string_view parameter) {
  for (std::size_t at = text.find(parameter); at != std::string_view::npos;
       at = text.find(parameter, at + 1)) {
    const std::size_t end = at + parameter.size();
    const bool begins = at > 0 && (text[at - 1] == '(' || text[at - 1] == ' ');
    if (begins && end < text.size() && text[end] == ' ') return end + 1;
  }
  return std::string_view::npos;
}

ScenarioNumber split_at(std::string_view text, std::size_t at,
                        std::size_t length, double value) {
  ScenarioNumber number;
  number.written = text;
  number.before = text.substr(0, at);
  number.after = text.substr(at + length);
  number.value = value;
  number.is_text = true;
  return number;
}

// A value of the scenario on its way to its new text.
struct ChangedValue {
  std::string key, text;
  bool is_text = false;
  double scale = 1;  // put on last, for it writes the law anew
};

ChangedValue& value_of(std::vector<ChangedValue>& values,
                       const ScenarioNumber& number) {
  const auto found = std::ranges::find(values, number.key, &ChangedValue::key);
  if (found != values.end()) return *found;
  return values.emplace_back(
      ChangedValue{number.key, number.written, number.is_text});
}

void change_in(ChangedValue& value, const ScenarioNumber& number, double to) {
  using enum ScenarioNumber::Kind;
  if (number.kind == kCount) {
    value.text = fixed_decimals(std::round(to), 0);
  } else if (number.kind == kLawParameter) {
    const auto now = parameter_in(value.text, number.parameter);
    value.text = now->before + round_trip(to) + now->after;
  } else {
    value.text = number.before + round_trip(to) + number.after;
  }
}

std::string finished(const ChangedValue& value) {
  if (!value.is_text) return value.text;
  if (value.scale == 1) return '"' + value.text + '"';
  Dimension of{};
  const auto law = law_of(value.text, of);
  return '"' + to_text(scaled(*law, value.scale), of) + '"';
}

}  // namespace

std::optional<ScenarioNumber> quantity_in(std::string_view text) {
  double value = 0;
  const std::size_t length = leading_number(text, value);
  if (length == 0 || !in_base_units(std::string(text))) return std::nullopt;
  ScenarioNumber number = split_at(text, 0, length, value);
  number.unit = without_blanks(number.after);
  return number;
}

std::optional<ScenarioNumber> law_in(std::string_view text) {
  Dimension of{};
  if (text.find('(') == std::string_view::npos || !law_of(text, of)) {
    return std::nullopt;
  }
  ScenarioNumber number = split_at(text, 0, 0, 1);
  number.kind = ScenarioNumber::Kind::kLawScale;
  return number;
}

std::optional<ScenarioNumber> parameter_in(std::string_view text,
                                           std::string_view parameter) {
  Dimension of{};
  const std::size_t at = after_parameter(text, parameter);
  if (at == std::string_view::npos || !law_of(text, of)) return std::nullopt;
  double value = 0;
  const std::size_t length = leading_number(text.substr(at), value);
  if (length == 0) return std::nullopt;
  ScenarioNumber number = split_at(text, at, length, value);
  number.kind = ScenarioNumber::Kind::kLawParameter;
  number.parameter = parameter;
  const std::string_view rest = text.substr(at + length);
  number.unit = without_blanks(rest.substr(0, rest.find_first_of(",)")));
  return number;
}

std::vector<std::string> settings_of(std::span<const NumberChange> changes) {
  std::vector<ChangedValue> values;
  for (const NumberChange& change : changes) {
    ChangedValue& value = value_of(values, *change.number);
    if (change.number->kind == ScenarioNumber::Kind::kLawScale) {
      value.scale = change.value;
    } else {
      change_in(value, *change.number, change.value);
    }
  }
  std::vector<std::string> settings;
  for (const ChangedValue& value : values) {
    settings.push_back(value.key + " = " + finished(value));
  }
  return settings;
}

std::string told(const ScenarioNumber& number, double value) {
  const std::string digits = significant(value, 4);
  if (number.kind == ScenarioNumber::Kind::kLawScale) return "x " + digits;
  return digits + (number.unit.empty() ? "" : " " + number.unit);
}

std::optional<double> value_in(const ScenarioNumber& number,
                               std::string_view typed) {
  typed = without_blanks(typed);
  if (typed.starts_with('x')) {
    const auto factor =
        parse_number(std::string(without_blanks(typed.substr(1))));
    return factor ? std::optional(*factor * number.value) : std::nullopt;
  }
  if (number.kind == ScenarioNumber::Kind::kLawScale) return std::nullopt;
  if (const auto plain = parse_number(std::string(typed))) return *plain;
  const auto base = in_base_units(std::string(typed));
  const auto unit = in_base_units("1 " + number.unit);
  if (!base || !unit || base->of != unit->of) return std::nullopt;
  return base->value / unit->value;
}

}  // namespace outagesim
