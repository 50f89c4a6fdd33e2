// Text as a reader's surroundings can show it: signs spelled in ASCII where
// they know nothing else, and no line longer than they are wide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/table_data.h"
#include "viz/text_style.h"

namespace outagesim {

// The signs that reports use, spelled: "…" as "..", "±" as "+-", a full block
// as "#". Names in other scripts stay as they are.
std::string in_ascii(std::string_view text);
Table in_ascii(const Table& table);

// A whole report for the style. Lines that are too long are broken at spaces,
// or within words that are longer than a line; what follows is indented by two
// more. Sequences that colour take no column.
std::string printed(std::string_view text, const TextStyle& style);

// The text in pieces of at most `width` columns, broken at spaces where it has
// them; at least one piece. Precondition: width > 0.
std::vector<std::string> broken(std::string_view text, std::size_t width);

}  // namespace outagesim
