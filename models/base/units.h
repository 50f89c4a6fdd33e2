// Quantities with their unit in the type: `Seconds`, `Probability`, `Users`.
// A quantity wraps one double in its base unit; quantities of one unit add and
// compare, and scale by a plain number. `value` is public: data, not a secret.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace outagesim {

template <class Unit>
struct Quantity {
  double value = 0;

  friend constexpr auto operator<=>(Quantity, Quantity) = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    return {a.value + b.value};
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    return {a.value - b.value};
  }
  friend constexpr Quantity operator-(Quantity a) { return {-a.value}; }
  friend constexpr Quantity operator*(double factor, Quantity a) {
    return {factor * a.value};
  }
  friend constexpr Quantity operator*(Quantity a, double factor) {
    return {factor * a.value};
  }
  friend constexpr Quantity operator/(Quantity a, double divisor) {
    return {a.value / divisor};
  }
  // The ratio of two like quantities is a plain number.
  friend constexpr double operator/(Quantity a, Quantity b) {
    return a.value / b.value;
  }
  constexpr Quantity& operator+=(Quantity b) {
    value += b.value;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity b) {
    value -= b.value;
    return *this;
  }
};

using Seconds = Quantity<struct SecondsUnit>;          // base unit: s
using PerSecond = Quantity<struct PerSecondUnit>;      // base unit: 1/s
using Probability = Quantity<struct ProbabilityUnit>;  // in [0, 1]; 1 = 100 %
using Fraction = Quantity<struct FractionUnit>;        // share of a whole
using Users = Quantity<struct UsersUnit>;              // people
using Money = Quantity<struct MoneyUnit>;              // US dollars

inline constexpr Seconds kForever{std::numeric_limits<double>::infinity()};
inline constexpr Seconds kMinute{60}, kHour{3600}, kDay{86400};

}  // namespace outagesim
