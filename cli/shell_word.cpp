#include "cli/shell_word.h"

#include <string_view>

namespace outagesim {

std::string shell_word(const std::string& word) {
  static constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
      "@%+=:,./_-";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) {
    return word;
  }
  std::string quoted_word = "'";
  for (const char c : word) {
    quoted_word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return quoted_word + "'";
}

}  // namespace outagesim
