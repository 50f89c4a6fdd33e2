// The line a mistake stands on, with a caret under it: columns are counted as
// a terminal shows them, so tabs, wide and combining characters line up.
#pragma once

#include <cstddef>
#include <string>

#include "models/base/source.h"

namespace outagesim {

// Two lines, each ended by '\n':
//      41 | on = "chekout"
//         |      ^^^^^^^^^  did you mean "checkout" (line 12)?
// Precondition: `at` has a file and a line. `width` is display columns.
// Reads at most a few kilobytes around the column beyond finding it.
std::string format_excerpt(const SourcePosition& at, size_t width,
                           const std::string& hint);

// Byte offset in `line` of a column (from 1, in code points); the line's
// length if it is shorter. O(column).
size_t byte_offset(std::string_view line, uint32_t column);

}  // namespace outagesim
