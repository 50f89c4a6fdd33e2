// A table that is wider than the terminal. Words are broken into lines; what
// still does not fit goes below, with the first columns again.
#pragma once

#include <string>

#include "viz/table_data.h"
#include "viz/text_style.h"

namespace outagesim {

// Precondition: style.width > 0. Only numbers, or pictures, that are wider
// than the terminal alone are broken themselves.
std::string narrow_text(const Table& table, const TextStyle& style);

}  // namespace outagesim
