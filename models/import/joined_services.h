// Whether a character that nobody named separates services in one field: it
// does if it joins names that stand alone elsewhere. "api web" is two services
// in a file that has "api" and "web", and one in a file that has not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

struct JoinedServices {
  std::string by;       // the character
  std::string example;  // the first name of which all parts stand alone
};

// Of blank, comma, slash, plus and ampersand the one that joins most names;
// none of `split`. O(characters of all names, times ln names).
std::optional<JoinedServices> joined_services(
    const std::vector<std::string>& names, std::string_view split);

}  // namespace outagesim
