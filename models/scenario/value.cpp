#include "models/scenario/value.h"

#include <cmath>
#include <utility>

#include "models/base/excerpt.h"
#include "models/base/quantity_text.h"
#include "models/base/suggest.h"
#include "models/base/text.h"
#include "models/parts/calendar.h"

namespace outagesim {
namespace {

constexpr std::string_view kShare = R"(a share such as "99.95 %")";

// Columns from the value to its end, or to the end of its first line.
size_t width_of(const SourcePosition& at, const toml::source_region& region) {
  if (at.line == 0) return 1;
  const bool one_line = region.end.line == region.begin.line;
  return columns_until(at, one_line ? region.end.column : UINT32_MAX);
}

std::string number_text(double number) {
  return std::isnan(number) ? "nan" : round_trip(number);
}

std::string found(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return node.as_table()->empty() ? "an empty table" : "a table";
    case toml::node_type::array:
      return node.as_array()->empty() ? "an empty list" : "a list";
    case toml::node_type::string:
      return '"' + truncate(node.as_string()->get(), 60) + '"';
    case toml::node_type::integer:
      return std::to_string(node.as_integer()->get());
    case toml::node_type::floating_point:
      return number_text(node.as_floating_point()->get());
    case toml::node_type::boolean:
      return node.as_boolean()->get() ? "true" : "false";
    default:
      return "a date or time";
  }
}

// How many columns after `at` the text begins, if it stands in the source just
// as it is: one for its quote, none where a setting was typed without.
std::optional<std::uint32_t> columns_before(const SourcePosition& at,
                                            std::string_view text) {
  if (!at.file) return std::nullopt;
  const std::string_view line = line_text(*at.file, at.line);
  const std::string_view rest = line.substr(byte_offset(line, at.column));
  if (rest.starts_with(text)) return 0;
  const bool quoted = rest.starts_with('"') || rest.starts_with('\'');
  if (quoted && rest.substr(1).starts_with(text)) return 1;
  return std::nullopt;
}

std::uint32_t code_points(std::string_view text) {
  std::uint32_t count = 0;
  for (const char c : text) count += (static_cast<uint8_t>(c) & 0xC0) != 0x80;
  return count;
}

// Reads a quantity with its unit. A number without a unit is shown to the
// parser too, for its message names the units.
template <class T>
bool read_quantity(const Value& value, Parsed<T> (*parse)(std::string_view),
                   std::string_view what, T& out) {
  const std::optional<std::string> text =
      value.node->is_number() ? found(*value.node) : text_of(value);
  if (!text) return expected(value, what);
  const Parsed<T> read = parse(*text);
  if (!read) {
    wrong_part(value, read.error, read.offset, read.length);
    return false;
  }
  out = *read;
  return true;
}

bool in_range(double x, const Range& range) {
  return x <= range.high &&
         (x > range.low || (range.low_itself && x == range.low));
}

std::string text_of(const Range& range) {
  const std::string low = round_trip(range.low);
  const std::string high = round_trip(range.high);
  if (range.low_itself) return "from " + low + " to " + high;
  return "above " + low + ", at most " + high;
}

}  // namespace

SourcePosition position_of(const Value& value) {
  const Document& document = value.in->document;
  if (value.node == &document.root)
    return {document.files.front().source, 0, 0};
  return position_in(document, region_of(document, *value.node));
}

SourcePosition position_of_key(const Value& value) {
  return value.key ? position_in(value.in->document, value.key->source())
                   : position_of(value);
}

void wrong(const Value& value, std::string message, std::string hint) {
  Mistakes& mistakes = value.in->mistakes;
  if (mistakes.size() > mistakes.kept().size()) return mistakes.add({});
  const SourcePosition at = position_of(value);
  value.in->mistakes.add(
      {at, width_of(at, region_of(value.in->document, *value.node)),
       std::move(message), std::move(hint)});
}

void wrong_part(const Value& value, std::string message, size_t offset,
                size_t length) {
  const SourcePosition at = position_of(value);
  const std::optional<std::string> text = text_of(value);
  const bool whole = offset == 0 && length == 0;
  const auto before = text ? columns_before(at, *text) : std::nullopt;
  if (whole || !before || offset > text->size()) {
    wrong(value, std::move(message));
    return;
  }
  const std::string_view part = std::string_view(*text).substr(
      offset, length == 0 ? std::string_view::npos : length);
  SourcePosition from = at;
  from.column +=
      *before + code_points(std::string_view(*text).substr(0, offset));
  value.in->mistakes.add(
      {from, std::max<size_t>(1, display_width(part)), std::move(message), {}});
}

void wrong_key(const Value& value, std::string message, std::string hint) {
  if (!value.key) {
    wrong(value, std::move(message), std::move(hint));
    return;
  }
  const SourcePosition at = position_of_key(value);
  value.in->mistakes.add({at, width_of(at, value.key->source()),
                          std::move(message), std::move(hint)});
}

bool expected(const Value& value, std::string_view what) {
  wrong(value,
        "expected " + std::string(what) + ", found " + found(*value.node));
  return false;
}

bool is_word(const Value& value, std::string_view word, std::string_view what) {
  const std::optional<std::string> text = text_of(value);
  if (text == word) return true;
  const std::vector<std::string> words{std::string(word)};
  wrong(value,
        "expected " + std::string(what) + ", found " + found(*value.node),
        text ? did_you_mean(*text, words) : "");
  return false;
}

std::optional<std::string> text_of(const Value& value) {
  if (const auto* text = value.node->as_string()) return text->get();
  return std::nullopt;
}

bool expected_word(const Value& value, const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) {
    list += (list.empty() ? "\"" : ", \"") + word + '"';
  }
  const std::optional<std::string> text = text_of(value);
  wrong(value, "expected one of " + list + "; found " + found(*value.node),
        text ? did_you_mean(*text, words) : "");
  return false;
}

bool read_value(const Value& value, std::string& out) {
  std::optional<std::string> text = text_of(value);
  if (!text) return expected(value, "text");
  out = std::move(*text);
  return true;
}

bool read_value(const Value& value, bool& out) {
  const auto* flag = value.node->as_boolean();
  if (!flag) return expected(value, "true or false");
  out = flag->get();
  return true;
}

bool read_value(const Value& value, double& out, Range range) {
  const std::optional<double> number = value.node->value<double>();
  if (!value.node->is_number() || !number) {
    return expected(value, "a number " + text_of(range));
  }
  if (!in_range(*number, range)) {
    return expected(value, "a number " + text_of(range));
  }
  out = *number;
  return true;
}

bool read_value(const Value& value, std::uint32_t& out) {
  constexpr std::int64_t kMost = 1'000'000;
  const auto* count = value.node->as_integer();
  if (!count || count->get() < 1 || count->get() > kMost) {
    return expected(value, "a whole number from 1 to 1000000");
  }
  out = static_cast<std::uint32_t>(count->get());
  return true;
}

bool read_value(const Value& value, Users& out) {
  return read_value(value, out.value, Range{});
}

bool read_value(const Value& value, Seconds& out, Range range) {
  Seconds read;
  if (!read_quantity(value, parse_seconds,
                     R"(a duration such as "30 s" or "5 min")", read)) {
    return false;
  }
  if (in_range(read.value, range)) {
    out = read;
    return true;
  }
  if (std::abs(read.value) > kLongest) {
    return expected(value, "a duration of at most 1000 years");
  }
  if (range.low > 0) {
    return expected(value,
                    "a duration of at least " + to_text(Seconds{range.low}));
  }
  return expected(value, range.low_itself ? "a duration that is not negative"
                                          : "a duration above 0");
}

bool read_value(const Value& value, Probability& out) {
  return read_quantity(value, parse_probability, kShare, out);
}

bool read_value(const Value& value, Fraction& out) {
  Probability read;
  if (!read_value(value, read)) return false;
  out.value = read.value;
  return true;
}

bool read_any_share(const Value& value, Fraction& out) {
  Fraction read;
  if (!read_quantity(value, parse_fraction, kShare, read)) return false;
  if (!in_range(read.value, {0, 1000, true})) {
    return expected(value, "a share from 0 % to 100000 %");
  }
  out = read;
  return true;
}

bool read_value(const Value& value, PerSecond& out) {
  return read_quantity(value, parse_rate,
                       R"(a rate such as "200 /s" or "3.6 per day")", out);
}

bool read_value(const Value& value, Money& out) {
  constexpr std::string_view kAmount =
      R"(an amount such as "12 USD" or "3.5 kUSD")";
  Money read;
  if (!read_quantity(value, parse_money, kAmount, read)) return false;
  if (read.value < 0) return expected(value, "an amount that is not negative");
  out = read;
  return true;
}

bool read_value(const Value& value, UtcTime& out) {
  const auto* time = value.node->as_date_time();
  if (!time || !time->get().offset) {
    return expected(value,
                    "a date and time with its offset from UTC, such as "
                    "2024-12-26T18:40:00Z");
  }
  const toml::date_time& t = time->get();
  out = utc_time({t.date.year, t.date.month, t.date.day}, t.time.hour,
                 t.time.minute, t.time.second);
  out.seconds -= t.offset->minutes * 60;
  return true;
}

bool read_zone(const Value& value, std::string& out) {
  std::optional<std::string> name = text_of(value);
  if (!name) return expected(value, R"(a time zone such as "Asia/Riyadh")");
  if (!value.in->zones.contains(*name)) {
    if (const auto zone = find_zone(*name); !zone) {
      wrong(value, zone.error);
      return false;
    }
    value.in->zones.insert(*name);
  }
  out = std::move(*name);
  return true;
}

bool read_value(const Value& value, Reference& out) {
  std::optional<std::string> text = text_of(value);
  if (!text) return expected(value, "a name");
  if (text->empty()) return expected(value, "a name");
  out = {std::move(*text), position_of(value)};
  return true;
}

}  // namespace outagesim
