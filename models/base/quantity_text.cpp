#include "models/base/quantity_text.h"

#include <charconv>
#include <cmath>
#include <span>
#include <string>

#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr double kLargest = 1e30;
constexpr double kYear = 365 * 86400.0;

struct Unit {
  std::string_view name;
  double in_base;
};

struct Kind {
  std::string_view expected;  // after "expected "
  std::span<const Unit> units;
  std::string_view unit_names;  // after "use "
};

constexpr Unit kTimeUnits[] = {{"ms", 1e-3}, {"s", 1},     {"min", 60},
                               {"h", 3600},  {"d", 86400}, {"w", 604800},
                               {"y", kYear}};
constexpr Unit kShareUnits[] = {{"%", 1e-2}, {"ppm", 1e-6}};
constexpr Unit kMoneyUnits[] = {{"USD", 1}, {"kUSD", 1e3}, {"MUSD", 1e6}};
constexpr Unit kPerUnits[] = {{"s", 1},
                              {"second", 1},
                              {"min", 60},
                              {"minute", 60},
                              {"h", 3600},
                              {"hour", 3600},
                              {"d", 86400},
                              {"day", 86400},
                              {"w", 604800},
                              {"week", 604800},
                              {"y", kYear},
                              {"year", kYear},
                              {"month", kYear / 12}};

constexpr Kind kDuration = {R"(a duration such as "30 s" or "5 min")",
                            kTimeUnits, "ms, s, min, h, d, w or y"};
constexpr Kind kShare = {R"(a share such as "99.95 %")", kShareUnits,
                         "% or ppm"};
constexpr Kind kRate = {R"(a rate such as "200 /s" or "3.6 per day")",
                        kPerUnits, "/s, /min, /h, /d, /w or /y"};
constexpr Kind kMoney = {R"(an amount such as "12 USD" or "3.5 kUSD")",
                         kMoneyUnits, "USD, kUSD or MUSD"};
constexpr Kind kPlainNumber = {R"(a number such as "1.5")", {}, {}};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string quoted(std::string_view text) {
  return '"' + truncate(text, 40) + '"';
}

std::string complaint(const Kind& kind, std::string_view found,
                      const std::string& reason) {
  return "expected " + std::string(kind.expected) + ", found " + quoted(found) +
         ": " + reason;
}

// A number and what follows it, or a reason.
struct Split {
  double number = 0;
  std::string_view unit;
  std::string reason;
};

Split split(std::string_view text) {
  Split result;
  const std::string_view body = trimmed(text);
  if (body.empty()) return {0, {}, "it is empty"};
  const char* end = body.data() + body.size();
  const auto read = std::from_chars(body.data(), end, result.number);
  if (read.ec == std::errc::result_out_of_range) {
    return {0, {}, "the number is out of range"};
  }
  if (read.ec != std::errc{}) return {0, {}, "it does not begin with a number"};
  if (!std::isfinite(result.number))
    return {0, {}, "the number must be finite"};
  result.unit = trimmed({read.ptr, static_cast<size_t>(end - read.ptr)});
  if (result.unit.starts_with(',')) {
    return {0, {}, "the decimal mark is a point"};
  }
  return result;
}

const Unit* find_unit(const Kind& kind, std::string_view name) {
  for (const Unit& unit : kind.units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

std::string no_such_unit(const Kind& kind, std::string_view unit) {
  return "there is no unit " + quoted(unit) + "; use " +
         std::string(kind.unit_names);
}

// "/s" and "per s" both name "s"; anything else names nothing.
std::string_view after_per(std::string_view unit) {
  if (unit.starts_with('/')) return trimmed(unit.substr(1));
  if (unit.starts_with("per") && unit.size() > 3 && is_blank(unit[3])) {
    return trimmed(unit.substr(4));
  }
  return {};
}

// The value in base units, or the reason why not.
Parsed<double> in_base_units(const Kind& kind, const Split& parts,
                             std::string_view unit_name, bool is_divisor) {
  if (!parts.reason.empty()) return not_parsed<double>(parts.reason);
  if (parts.unit.empty()) return not_parsed<double>("the unit is missing");
  const Unit* unit = find_unit(kind, unit_name);
  if (unit == nullptr)
    return not_parsed<double>(no_such_unit(kind, parts.unit));
  // Division keeps "99.95 %" the double nearest to 0.9995.
  const double value = is_divisor          ? parts.number / unit->in_base
                       : unit->in_base < 1 ? parts.number / (1 / unit->in_base)
                                           : parts.number * unit->in_base;
  if (std::abs(value) > kLargest) return not_parsed<double>("it is too large");
  return parsed(value);
}

template <class T>
Parsed<T> with_context(const Kind& kind, std::string_view text,
                       const Parsed<double>& number) {
  if (!number) return not_parsed<T>(complaint(kind, text, number.error));
  return parsed(T{*number});
}

template <class T>
Parsed<T> parse(const Kind& kind, std::string_view text) {
  const Split parts = split(text);
  return with_context<T>(kind, text,
                         in_base_units(kind, parts, parts.unit, false));
}

}  // namespace

Parsed<Seconds> parse_seconds(std::string_view text) {
  return parse<Seconds>(kDuration, text);
}

std::string to_text(Seconds duration) {
  if (duration.value == 0) return "0 s";
  std::string best;
  for (const std::string_view unit : {"y", "d", "h", "min", "s", "ms"}) {
    const double in_base = find_unit(kDuration, unit)->in_base;
    const std::string number = round_trip(duration.value / in_base);
    const std::string text = number + ' ' + std::string(unit);
    const Parsed<Seconds> again = parse_seconds(text);
    const bool is_exact = again && *again == duration;
    const bool is_shorter = best.empty() || number.size() < best.find(' ');
    if (is_exact && is_shorter) best = text;
  }
  return best;
}

Parsed<Fraction> parse_fraction(std::string_view text) {
  return parse<Fraction>(kShare, text);
}

Parsed<Probability> parse_probability(std::string_view text) {
  const Parsed<Fraction> share = parse_fraction(text);
  if (!share) return not_parsed<Probability>(share.error);
  if (share->value < 0 || share->value > 1) {
    return not_parsed<Probability>(
        complaint(kShare, text, "a probability lies between 0 % and 100 %"));
  }
  return parsed(Probability{share->value});
}

Parsed<PerSecond> parse_rate(std::string_view text) {
  const Split parts = split(text);
  Parsed<double> number =
      in_base_units(kRate, parts, after_per(parts.unit), true);
  if (number && *number < 0) {
    number = not_parsed<double>("a rate is not negative");
  }
  return with_context<PerSecond>(kRate, text, number);
}

Parsed<Money> parse_money(std::string_view text) {
  return parse<Money>(kMoney, text);
}

Parsed<double> parse_number(std::string_view text) {
  const Split parts = split(text);
  std::string reason = parts.reason;
  if (reason.empty() && !parts.unit.empty()) {
    reason = quoted(parts.unit) + " follows the number";
  }
  if (reason.empty() && std::abs(parts.number) > kLargest) {
    reason = "it is too large";
  }
  if (!reason.empty()) {
    return not_parsed<double>(complaint(kPlainNumber, text, reason));
  }
  return parsed(parts.number);
}

}  // namespace outagesim
