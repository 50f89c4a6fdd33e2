#include "models/scenario/sweep_axis.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "models/base/error.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostSteps = kMostSweepPoints;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Whether the characters so far end outside brackets and quotes.
struct Nesting {
  int depth = 0;
  char quote = 0;

  void follow(char c) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      --depth;
    }
  }
  bool is_outside() const { return depth == 0 && quote == 0; }
};

// The parts between separators that stand outside brackets and quotes.
std::vector<std::string> split_outside(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  Nesting nesting;
  for (const char c : text) {
    nesting.follow(c);
    if (c == separator && nesting.is_outside()) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (std::string& part : parts) part = std::string(trimmed(part));
  return parts;
}

struct NumberWithUnit {
  double number = 0;
  std::string unit;
};

std::optional<NumberWithUnit> read_number(std::string_view text) {
  NumberWithUnit read;
  const char* end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, read.number);
  if (number.ec != std::errc{}) return std::nullopt;
  read.unit = std::string(trimmed({number.ptr, end}));
  return read;
}

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw UsageError("--over \"" + printable(text) + "\": " + why);
}

std::uint64_t read_steps(const std::string& text, const std::string& steps) {
  std::uint64_t n = 0;
  const char* end = steps.data() + steps.size();
  const auto read = std::from_chars(steps.data(), end, n);
  if (read.ec != std::errc{} || read.ptr != end || n < 2 || n > kMostSteps) {
    refuse(text, "expected a whole number of values from 2 to " +
                     std::to_string(kMostSteps) + ", found \"" +
                     printable(steps) + '"');
  }
  return n;
}

// "5 min:60 min:12": twelve values, both ends among them.
std::vector<std::string> read_range(const std::string& text,
                                    const std::vector<std::string>& parts) {
  const auto from = read_number(parts[0]), to = read_number(parts[1]);
  if (!from || !to) {
    refuse(text,
           "expected from:to:steps in numbers, for example "
           "\"5 min:60 min:12\"");
  }
  if (from->unit != to->unit) {
    refuse(text, "both ends need the same unit, found \"" +
                     printable(from->unit) + "\" and \"" + printable(to->unit) +
                     '"');
  }
  const std::uint64_t n = read_steps(text, parts[2]);
  std::vector<std::string> values;
  for (std::uint64_t i = 0; i < n; ++i) {
    const double share = double(i) / double(n - 1);
    const double value = from->number + (to->number - from->number) * share;
    values.push_back(significant(value, 12) +
                     (from->unit.empty() ? "" : " " + from->unit));
  }
  return values;
}

}  // namespace

SweepAxis parse_axis(const std::string& text) {
  const std::vector<std::string> sides = split_outside(text, '=');
  if (sides.size() != 2 || sides[0].empty() || sides[1].empty()) {
    refuse(text,
           "expected path=a,b,c or path=from:to:steps, for example "
           "\"scenario.horizon=24 h,48 h\"");
  }
  const std::vector<std::string> range = split_outside(sides[1], ':');
  SweepAxis axis{sides[0], range.size() == 3 && read_number(range[0])
                               ? read_range(text, range)
                               : split_outside(sides[1], ',')};
  const bool gap = std::ranges::any_of(
      axis.values, [](const std::string& value) { return value.empty(); });
  if (gap) refuse(text, "a value is missing between two commas");
  return axis;
}

namespace {

void check_axis(const SweepAxis& axis, std::size_t points,
                const std::vector<std::string>& seen) {
  if (std::ranges::find(seen, axis.path) != seen.end()) {
    refuse(axis.path, "this path is swept twice");
  }
  if (points * axis.values.size() > kMostSweepPoints) {
    refuse(axis.path, "these are more than " +
                          std::to_string(kMostSweepPoints) +
                          " points; take fewer values");
  }
}

std::vector<std::vector<std::string>> crossed(
    const std::vector<std::vector<std::string>>& points,
    const std::vector<std::string>& values) {
  std::vector<std::vector<std::string>> more;
  more.reserve(points.size() * values.size());
  for (const auto& point : points) {
    for (const std::string& value : values) {
      more.push_back(point);
      more.back().push_back(value);
    }
  }
  return more;
}

}  // namespace

std::vector<std::vector<std::string>> sweep_grid(
    const std::vector<SweepAxis>& axes) {
  std::vector<std::vector<std::string>> points(1);
  std::vector<std::string> seen;
  for (const SweepAxis& axis : axes) {
    check_axis(axis, points.size(), seen);
    seen.push_back(axis.path);
    points = crossed(points, axis.values);
  }
  return points;
}

}  // namespace outagesim
