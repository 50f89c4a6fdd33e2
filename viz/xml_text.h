// Text as it may stand in XML 1.0, between tags and in quotes.
#pragma once

#include <string>
#include <string_view>

namespace outagesim {

// Marks are escaped; control characters, which XML does not know, are blanks.
std::string xml_text(std::string_view text);

}  // namespace outagesim
