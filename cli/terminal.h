// What the surroundings tell: whether to use colour, how wide the terminal is,
// and whether it shows more than ASCII.
#pragma once

#include <string>
#include <string_view>

#include "viz/table.h"

namespace outagesim {

// Of the standard output. Colour if it is a terminal that can, unless NO_COLOR
// is set. On a terminal the width is that of COLUMNS or else its own, and signs
// are spelled in ASCII unless LC_ALL, LC_CTYPE or LANG says UTF-8. What goes
// into a file or a pipe is UTF-8 and as wide as it takes.
TextStyle output_style();

// Whether the standard error is a terminal, where a progress line belongs.
bool speaks_to_a_person();

// A line for that terminal: in ASCII if need be, and cut to its width.
std::string on_one_line(std::string_view line);

// Prints a report, made for `output_style()`, on the standard output.
void print(std::string_view report);

}  // namespace outagesim
