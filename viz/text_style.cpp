#include "viz/text_style.h"

#include <algorithm>

namespace outagesim {
namespace {

std::string with_code(const TextStyle& style, std::string_view code,
                      std::string_view text) {
  if (!style.colour) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace

std::string TextStyle::bold(std::string_view text) const {
  return with_code(*this, "1", text);
}
std::string TextStyle::dim(std::string_view text) const {
  return with_code(*this, "2", text);
}
std::string TextStyle::good(std::string_view text) const {
  return with_code(*this, "32", text);
}
std::string TextStyle::bad(std::string_view text) const {
  return with_code(*this, "33", text);
}

std::size_t TextStyle::columns(std::size_t most) const {
  return width == 0 ? most : std::min(most, width);
}

}  // namespace outagesim
