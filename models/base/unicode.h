// UTF-8 taken apart, and how many terminal columns a code point fills.
// A byte that begins no valid sequence is a unit of its own, so any bytes at
// all can be walked. Width tables follow Unicode 14: East Asian Width W and F
// fill two columns; marks, joiners and other format characters fill none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace outagesim {

// One unit of a text: a code point, or a single byte that is not UTF-8.
struct CodePoint {
  char32_t value = 0;  // the byte itself where `valid` is false
  size_t bytes = 1;
  bool valid = true;
};

// Precondition: offset < text.size(). Overlong forms, surrogates and values
// above U+10FFFF are invalid.
CodePoint decode_utf8(std::string_view text, size_t offset);

// Columns of a printable code point: 0, 1 or 2. O(log table).
int code_point_width(char32_t value);

// How a unit is shown: as it is; control and invalid bytes as \xNN; characters
// that would reorder or break the line (U+202E and its like) as \u202E.
struct Shown {
  std::string text;
  int width = 0;
};
Shown shown(CodePoint unit, std::string_view bytes);

}  // namespace outagesim
