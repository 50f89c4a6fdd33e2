// Quantities with their unit, read from text: "30 s", "99.95 %", "200 /s".
// A missing or unknown unit is an error whose text shows what was expected and
// an example. The point is the decimal mark in every locale. NaN, infinities
// and magnitudes above 1e30 base units are refused: no model means them.
#pragma once

#include <string>
#include <string_view>

#include "models/base/parsed.h"
#include "models/base/units.h"

namespace outagesim {

// "200 ms", "30 s", "5 min", "2 h", "1.5 d", "1 w", "1 y" (365 days); may be
// negative: "-4 min".
Parsed<Seconds> parse_seconds(std::string_view text);

// The text in the handiest unit that parse_seconds reads back as the same
// double: "94.2 h". Precondition: finite.
std::string to_text(Seconds duration);

// "99.95 %" or "20 ppm"; any finite share, so that "150 %" can be a head-room.
Parsed<Fraction> parse_fraction(std::string_view text);

// The same, within 0 % to 100 %.
Parsed<Probability> parse_probability(std::string_view text);

// "200 /s", "1.5e6 per s", "3.6 per day", "2 per year"; not negative.
Parsed<PerSecond> parse_rate(std::string_view text);

// "12 USD", "3.5 kUSD", "1.2 MUSD".
Parsed<Money> parse_money(std::string_view text);

// A number without a unit: "1.5", "-2e3".
Parsed<double> parse_number(std::string_view text);

}  // namespace outagesim
