// A table for a terminal: columns aligned by display width, so that names in
// any script line up. Never wider than it must be; where that is more than the
// terminal has, words are broken into lines and columns folded below each
// other: nothing is lost and nothing runs over.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "viz/table_data.h"
#include "viz/text_style.h"

namespace outagesim {

// Each line indented by two and ended by '\n'; the titles first, unless all are
// empty.
std::string to_text(const Table& table, const TextStyle& style = {});

// Words broken into lines of at most `width` columns; the first keeps its
// leading spaces, those after it are indented by `indent`. Ends with '\n'.
std::string wrapped(std::string_view text, std::size_t width,
                    std::size_t indent = 0);

}  // namespace outagesim
