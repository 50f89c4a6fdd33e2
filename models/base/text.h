// Text for people: aligned columns in any script, "did you mean", numbers and
// durations in words, and the hash that names are known by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "models/base/units.h"

namespace outagesim {

// --- Columns (text.cpp). A control byte is printed, and counted, as \xNN. ---

// The text with nothing raw in it that could move the cursor or hide a word.
std::string printable(std::string_view text);

// Terminal columns of printable(text).
size_t display_width(std::string_view text);

// printable(text), filled with spaces up to `width` columns; longer stays.
std::string pad_right(std::string_view text, size_t width);
std::string pad_left(std::string_view text, size_t width);

// printable(text), at most `width` columns, the last of them "…" if cut.
std::string truncate(std::string_view text, size_t width);

// --- Names (text.cpp) ---

// The candidate that a mistyped word most likely means: fewest edits (insert,
// drop, replace, swap neighbours; ASCII case is free) up to a third of the
// word's length; the first of equals. O(candidates × length²).
std::optional<std::string> closest_match(
    std::string_view word, std::span<const std::string_view> candidates);
std::optional<std::string> closest_match(
    std::string_view word, std::span<const std::string> candidates);

// FNV-1a, 64 bits: the same on every machine for ever, for it keys the random
// streams. [FNV, draft-eastlake-fnv-17]
constexpr uint64_t name_hash(std::string_view name) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : name) {
    hash = (hash ^ static_cast<uint8_t>(byte)) * 0x100000001b3;
  }
  return hash;
}

// --- Numbers (number_text.cpp). No locale; NaN is "n/a". ---

// The shortest text that reads back as the same double.
std::string round_trip(double value);

// Rounded to significant digits, trailing zeros dropped: "0.0123", "1230000".
// Precondition: digits >= 1.
std::string significant(double value, int digits);

// Rounded to decimals, trailing zeros kept: "0.50". Precondition: |value| is
// below 1e15; larger is shown with 15 significant digits.
std::string fixed_decimals(double value, int decimals);

// For people: "20 ms", "0.8 s", "45 s", "12 min", "3.4 h", "2.3 d", "3.1 y".
std::string format_duration(Seconds duration);

// For people: "950", "12.3 k", "1.2 M", "4.9 G".
std::string format_count(double count);

}  // namespace outagesim
