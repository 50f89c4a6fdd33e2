#include "models/parts/law_parameters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "models/base/quantity_text.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

// "shape 0.663", taken apart.
struct Argument {
  std::string_view key;
  Piece whole;
  Piece value;
};

constexpr double kLargest = 1e30;  // base units, as for quantities

std::string quoted(std::string_view text) {
  return '"' + truncate(text, 40) + '"';
}

Parsed<double> parse_any(std::string_view text, Dimension of) {
  const auto value_of = [](const auto& quantity) {
    return quantity ? parsed(quantity->value)
                    : not_parsed<double>(quantity.error);
  };
  if (of == Dimension::kTime) return value_of(parse_seconds(text));
  if (text.ends_with('%')) return value_of(parse_fraction(text));
  return parse_number(text);
}

Parsed<double> parse_between(Piece piece, double low, double high) {
  Parsed<double> value = parse_number(piece.text);
  if (!value) return wrong<double>(piece, value.error);
  if (*value < low || *value > high) {
    return wrong<double>(piece, "expected a number from " + round_trip(low) +
                                    " to " + round_trip(high) + ", found " +
                                    quoted(piece.text));
  }
  return value;
}

// "4.25 ln min": the mean of the logarithm of the number of minutes. The
// median follows from it.
Parsed<double> parse_mu(Piece piece, Dimension of) {
  double unit = 1;
  std::string_view number = piece.text;
  if (of == Dimension::kTime) {
    const size_t ln = piece.text.find(" ln ");
    const Parsed<Seconds> one =
        ln == std::string_view::npos
            ? not_parsed<Seconds>("")
            : parse_seconds("1 " + std::string(piece.text.substr(ln + 4)));
    if (!one) {
      return wrong<double>(piece, R"(expected a logarithm of a duration, such )"
                                  R"(as "4.25 ln min", found )" +
                                      quoted(piece.text));
    }
    unit = one->value;
    number = piece.text.substr(0, ln);
  }
  const Parsed<double> mu = parse_number(number);
  if (!mu) return wrong<double>(piece, mu.error);
  return parsed(std::exp(*mu) * unit);
}

Parsed<double> parse_parameter(const Argument& argument, Dimension of) {
  if (argument.key == "shape") return parse_between(argument.value, 0.1, 1000);
  if (argument.key == "sigma") return parse_between(argument.value, 0, 10);
  if (argument.key == "mu") return parse_mu(argument.value, of);
  return parse_quantity(argument.value, of, false);
}

std::string_view example_of(const LawInfo& law, Dimension of) {
  return of == Dimension::kTime ? law.example : law.plain_example;
}

Argument take_apart(Piece piece) {
  const size_t end = std::min(piece.text.find(' '), piece.text.size());
  return {piece.text.substr(0, end), piece, trimmed(tail(piece, end))};
}

bool has_key(const LawForm& form, std::string_view key) {
  return !key.empty() && (form.first == key || form.second == key);
}

std::vector<std::string_view> keys_of(const std::vector<LawForm>& forms) {
  std::vector<std::string_view> keys;
  for (const LawForm& form : forms) {
    keys.push_back(form.first);
    if (!form.second.empty()) keys.push_back(form.second);
  }
  return keys;
}

// What is wrong with the i-th argument's key, or nothing.
std::string key_mistake(std::span<const Argument> arguments, size_t i,
                        const std::vector<std::string_view>& keys) {
  const std::string_view key = arguments[i].key;
  for (size_t j = 0; j < i; ++j) {
    if (arguments[j].key == key) return quoted(key) + " comes twice";
  }
  if (std::ranges::find(keys, key) != keys.end()) return {};
  std::string reason = "there is no parameter " + quoted(key);
  if (const auto meant = closest_match(key, keys)) {
    reason += " (did you mean \"" + *meant + "\"?)";
  }
  return reason;
}

// What keeps the keys, each right by itself, from being a form of the law.
std::string missing_key(const std::vector<LawForm>& forms,
                        std::span<const Argument> arguments) {
  for (const LawForm& form : forms) {
    const auto fits = [&](const Argument& a) { return has_key(form, a.key); };
    if (!std::ranges::all_of(arguments, fits)) continue;
    const bool has_first = std::ranges::any_of(
        arguments, [&](const Argument& a) { return a.key == form.first; });
    return quoted(has_first ? form.second : form.first) + " is missing";
  }
  return "these parameters do not go together";
}

std::optional<LawForm> matching_form(const std::vector<LawForm>& forms,
                                     std::span<const Argument> arguments) {
  for (const LawForm& form : forms) {
    const auto fits = [&](const Argument& a) { return has_key(form, a.key); };
    const size_t wanted = form.second.empty() ? 1 : 2;
    if (arguments.size() == wanted && std::ranges::all_of(arguments, fits)) {
      return form;
    }
  }
  return std::nullopt;
}

Parsed<Law> make_law(const LawForm& form, Piece whole,
                     std::span<const Argument> arguments, Dimension of) {
  std::array<double, 2> values{};
  for (const Argument& argument : arguments) {
    const Parsed<double> value = parse_parameter(argument, of);
    if (!value) {
      return wrong<Law>(
          argument.value.text.empty() ? argument.whole : argument.value,
          std::string(argument.key) + ": " + value.error);
    }
    values[argument.key == form.first ? 0 : 1] = *value;
  }
  const Law law = form.make(values[0], values[1]);
  const double middle = quantile(law, {0.5});
  if (!(middle > 0 && middle <= kLargest)) {
    return wrong<Law>(whole,
                      "the values of this distribution are too large "
                      "or too small to work with");
  }
  return parsed(law);
}

Parsed<Law> parse_named(const LawInfo& law, Piece whole,
                        std::span<const Piece> pieces, Dimension of) {
  std::vector<Argument> arguments;
  for (const Piece piece : pieces) arguments.push_back(take_apart(piece));
  const std::vector<LawForm> forms = forms_of(law);
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string reason = key_mistake(arguments, i, keys_of(forms));
    if (reason.empty()) continue;
    return wrong<Law>({arguments[i].key, arguments[i].whole.at},
                      with_usage(reason, law, of));
  }
  const std::optional<LawForm> form = matching_form(forms, arguments);
  if (form) return make_law(*form, whole, arguments, of);
  return wrong<Law>(whole, with_usage(missing_key(forms, arguments), law, of));
}

Parsed<Law> parse_positional(const LawInfo& law, Piece whole,
                             std::span<const Piece> arguments, Dimension of) {
  std::vector<double> values;
  for (const Piece argument : arguments) {
    const Parsed<double> value = parse_quantity(argument, of, true);
    if (!value) return wrong<Law>(argument, value.error);
    values.push_back(*value);
  }
  if (law.name == "empirical" && !values.empty()) {
    std::ranges::sort(values);
    return parsed(Law{Empirical{values}});
  }
  if (law.name == "fixed" && values.size() == 1) {
    return parsed(Law{Fixed{values[0]}});
  }
  if (law.name == "uniform" && values.size() == 2) {
    if (values[0] < values[1])
      return parsed(Law{Uniform{values[0], values[1]}});
    return wrong<Law>(
        whole, with_usage("the first must be below the second", law, of));
  }
  return wrong<Law>(whole,
                    with_usage("a value is missing or too many", law, of));
}

}  // namespace

Piece trimmed(Piece piece) {
  while (!piece.text.empty() && piece.text.front() == ' ') {
    piece.text.remove_prefix(1);
    ++piece.at;
  }
  while (!piece.text.empty() && piece.text.back() == ' ') {
    piece.text.remove_suffix(1);
  }
  return piece;
}

Piece tail(Piece piece, size_t from) {
  return {piece.text.substr(from), piece.at + from};
}

Parsed<double> parse_quantity(Piece piece, Dimension of, bool may_be_zero) {
  Parsed<double> value = parse_any(piece.text, of);
  if (!value) return wrong<double>(piece, value.error);
  if (*value < 0 || (*value == 0 && !may_be_zero)) {
    return wrong<double>(
        piece, "expected a value " +
                   std::string(may_be_zero ? "of 0 or more" : "above 0") +
                   ", found " + quoted(piece.text));
  }
  return value;
}

std::string with_usage(const std::string& reason, const LawInfo& law,
                       Dimension of) {
  return reason + ": " + std::string(law.name) + " takes " +
         std::string(law.parameters) + ", such as \"" +
         std::string(example_of(law, of)) + '"';
}

Parsed<Law> parse_law(const LawInfo& law, Piece whole,
                      std::span<const Piece> arguments, Dimension of) {
  return forms_of(law).empty() ? parse_positional(law, whole, arguments, of)
                               : parse_named(law, whole, arguments, of);
}

}  // namespace outagesim
