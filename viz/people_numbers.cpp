#include "viz/people_numbers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <span>

#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr int kMostDigits = 4;

struct Scale {
  double below = 0;  // magnitudes told in this unit
  NumberUnit unit;
};
constexpr std::array<Scale, 6> kDurations{
    {{0.0995, {1e-3, " ms"}},
     {99.5, {1, " s"}},
     {99.5 * 60, {60, " min"}},
     {47.5 * 3600, {3600, " h"}},
     {399.5 * 86400, {86400, " d"}},
     {kUnbounded, {365 * 86400.0, " y"}}}};
constexpr std::array<Scale, 1> kShares{{{kUnbounded, {0.01, " %"}}}};
constexpr std::array<Scale, 5> kCounts{{{9.995e3, {1, ""}},
                                        {9.995e5, {1e3, " k"}},
                                        {9.995e8, {1e6, " M"}},
                                        {9.995e11, {1e9, " G"}},
                                        {kUnbounded, {1e12, " T"}}}};

std::span<const Scale> scales_of(NumberKind kind) {
  switch (kind) {
    case NumberKind::kDuration:
      return kDurations;
    case NumberKind::kShare:
      return kShares;
    case NumberKind::kCount:
      break;
  }
  return kCounts;
}

// Zero takes the plain unit: "0 s", not "0 ms".
NumberUnit unit_for(double value, NumberKind kind) {
  const double size = value == 0 ? 1 : std::abs(value);
  const auto scales = scales_of(kind);
  return std::ranges::find_if(
             scales, [&](const Scale& scale) { return size < scale.below; })
      ->unit;
}

int magnitude(double value) {
  return static_cast<int>(std::floor(std::log10(std::abs(value))));
}

double half_width(const Estimate& estimate) {
  return std::max(estimate.value - estimate.low,
                  estimate.high - estimate.value);
}

// The decimal place of the last digit shown: 0 for ones, -1 for tenths.
int last_place(double value, int digits) {
  if (value == 0) return 0;
  return magnitude(value) - digits + 1;
}

std::string at_place(double value, int place) {
  if (place <= 0) return fixed_decimals(value, -place);
  const double step = std::pow(10.0, place);
  return fixed_decimals(std::round(value / step) * step, 0);
}

// The coarsest place that may be the last: two digits are always told. Of a
// share also the first digit of what it lacks: "98 %", not "100 %".
int coarsest_place(double value, const NumberUnit& unit) {
  const int place = last_place(value, 2);
  const double lacking = 1 / unit.size - value;
  const bool is_share = unit.name == " %" && lacking > 0;
  return is_share ? std::min(place, magnitude(lacking)) : place;
}

// The place of the last digit that the interval leaves: at most four digits,
// the coarsest where there is no interval.
int known_place(const Estimate& estimate, const NumberUnit& unit) {
  const double value = estimate.value / unit.size;
  if (value == 0) return 0;
  const double half = half_width(estimate) / unit.size;
  const int least = last_place(value, kMostDigits);
  const int most = std::max(least, coarsest_place(value, unit));
  if (!std::isfinite(half)) return most;
  return half > 0 ? std::clamp(magnitude(half), least, most) : least;
}

// The value in its unit, without the unit's name; what is known exactly is
// shown without zeros at the end.
std::string known_digits(const Estimate& estimate, const NumberUnit& unit) {
  const double value = estimate.value / unit.size;
  const double half = half_width(estimate);
  if (half == 0) return significant(value, kMostDigits);
  return at_place(value, known_place(estimate, unit));
}

bool tellable(double value) { return std::isfinite(value); }

// A share below 1 whose digits, in its unit, would say that it is all: by what
// it lacks, "1 - 4.6e-13".
bool rounds_to_all(double share, const NumberUnit& unit,
                   const std::string& digits) {
  return unit.name == " %" && share < 1 && std::stod(digits) >= 100;
}
std::string by_what_it_lacks(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "1 - %.2g", 1 - share);
  return text;
}

// An end of a range. Where rounding would put it on the wrong side of the
// middle as printed, it takes the middle's last place.
std::string end_digits(const Estimate& end, const Estimate& middle,
                       const NumberUnit& unit) {
  std::string text = known_digits(end, unit);
  if (!middle.defined()) return text;
  const double shown = std::stod(known_digits(middle, unit));
  const bool is_low = end.value <= middle.value;
  const bool is_high = end.value >= middle.value;
  const bool fits = (!is_low || std::stod(text) <= shown) &&
                    (!is_high || std::stod(text) >= shown);
  if (fits) return text;
  if (half_width(middle) == 0) return significant(end.value / unit.size, 4);
  return at_place(end.value / unit.size, known_place(middle, unit));
}

// Both ends. Where rounding would put them in the wrong order they share the
// coarser of their last places.
std::string both_ends(const Estimate& low, const Estimate& high,
                      const Estimate& middle, const NumberUnit& unit) {
  const std::string from = end_digits(low, middle, unit);
  const std::string to = end_digits(high, middle, unit);
  if (std::stod(from) <= std::stod(to)) return from + " … " + to;
  const int place = std::max(known_place(low, unit), known_place(high, unit));
  return at_place(low.value / unit.size, place) + " … " +
         at_place(high.value / unit.size, place);
}

}  // namespace

NumberKind kind_of_unit(std::string_view unit) {
  if (unit == "s") return NumberKind::kDuration;
  return unit == "1" ? NumberKind::kShare : NumberKind::kCount;
}

NumberUnit common_unit(NumberKind kind, std::initializer_list<double> values) {
  const auto first = std::ranges::find_if(
      values, [](double value) { return tellable(value) && value != 0; });
  return unit_for(first == values.end() ? 0 : *first, kind);
}

std::string number_text(double value, const NumberUnit& unit, int digits) {
  if (!tellable(value)) return "n/a";
  const double scaled = value / unit.size;
  const std::string text = at_place(scaled, last_place(scaled, digits));
  if (rounds_to_all(value, unit, text)) return by_what_it_lacks(value);
  return text + std::string(unit.name);
}

std::string number_text(double value, NumberKind kind, int digits) {
  return number_text(value, unit_for(tellable(value) ? value : 0, kind),
                     digits);
}

std::string number_text(const Estimate& estimate, const NumberUnit& unit) {
  if (!tellable(estimate.value)) return "n/a";
  const std::string text = known_digits(estimate, unit);
  if (rounds_to_all(estimate.value, unit, text)) {
    return by_what_it_lacks(estimate.value);
  }
  return text + std::string(unit.name);
}

std::string number_text(const Estimate& estimate, NumberKind kind) {
  return number_text(estimate, common_unit(kind, {estimate.value}));
}

std::string exact_text(double value, const NumberUnit& unit) {
  return number_text({.value = value, .low = value, .high = value}, unit);
}

std::string exact_text(double value, NumberKind kind) {
  return exact_text(value, common_unit(kind, {value}));
}

std::string with_error(const Estimate& estimate, const NumberUnit& unit) {
  const double half = half_width(estimate);
  if (!tellable(half) || half == 0) return number_text(estimate, unit);
  const int place = known_place(estimate, unit);
  const std::string error = at_place(half / unit.size, place);
  if (error.find_first_not_of("0.") == std::string::npos) {
    return number_text(estimate, unit);  // known better than is shown
  }
  const std::string value = at_place(estimate.value / unit.size, place);
  // Value ± half would say that less than nothing is possible, or of a share
  // more than all.
  const bool beyond_0 = estimate.low >= 0 && half > estimate.value;
  const bool beyond_1 =
      unit.name == " %" && estimate.high <= 1 && estimate.value + half > 1;
  if (beyond_0 || beyond_1) {
    return value + " (" + at_place(estimate.low / unit.size, place) + " … " +
           at_place(estimate.high / unit.size, place) + ")" +
           std::string(unit.name);
  }
  return value + " ± " + error + std::string(unit.name);
}

std::string with_error(const Estimate& estimate, NumberKind kind) {
  return with_error(estimate, common_unit(kind, {estimate.value}));
}

std::string range_text(const Estimate& low, const Estimate& high,
                       const NumberUnit& unit, double limit,
                       const Estimate& middle) {
  if (!low.defined()) return "n/a";
  if (high.defined())
    return both_ends(low, high, middle, unit) + std::string(unit.name);
  return end_digits(low, middle, unit) + " … ≥ " + exact_text(limit, unit);
}

std::string counted(std::uint64_t n, std::string_view what) {
  return std::to_string(n) + " " + std::string(what) + (n == 1 ? "" : "s");
}

}  // namespace outagesim
