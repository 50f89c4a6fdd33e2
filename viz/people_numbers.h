// Numbers for people: a unit that suits the size, and no more digits than the
// interval allows: the last one shown is the first one in doubt (at most four).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "sim/stats/estimate.h"

namespace outagesim {

// How a number is told, by the unit of its metric.
enum class NumberKind { kDuration, kShare, kCount };
NumberKind kind_of_unit(std::string_view unit);  // "s", "1", everything else

// "3.4 h", "71 %", "1.2 M": the value with the digits it has. "n/a" if
// undefined. A share that would be rounded to all is told by what it lacks:
// "1 - 4.6e-13".
std::string number_text(const Estimate& estimate, NumberKind kind);
// The same with a stated number of digits.
std::string number_text(double value, NumberKind kind, int digits);

// A number that is given, not estimated: at most four digits, no zeros.
std::string exact_text(double value, NumberKind kind);

// "3.4 ± 0.1 h": the value and the larger half of its interval, in one unit;
// "50 (10 … 140) h" where that half would reach past 0 and the interval not.
std::string with_error(const Estimate& estimate, NumberKind kind);

// A unit for all numbers of a row, so that they can be compared at a glance.
struct NumberUnit {
  double size = 1;
  std::string_view name;  // " h", with the space before it
};
// The one that suits the first of these that is neither undefined nor 0.
NumberUnit common_unit(NumberKind kind, std::initializer_list<double> values);

std::string number_text(const Estimate& estimate, const NumberUnit& unit);
std::string number_text(double value, const NumberUnit& unit, int digits);
std::string exact_text(double value, const NumberUnit& unit);
std::string with_error(const Estimate& estimate, const NumberUnit& unit);

// "3.1 … 19 h": from one to another, each with the digits it has;
// "3.1 … ≥ 48 h" where the upper one lies beyond `limit`. Neither is rounded
// past the middle, if one is given.
std::string range_text(const Estimate& low, const Estimate& high,
                       const NumberUnit& unit, double limit,
                       const Estimate& middle = {});

// "1 run", "2 runs".
std::string counted(std::uint64_t n, std::string_view what);

}  // namespace outagesim
