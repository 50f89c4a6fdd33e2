// Text as TOML quotes it, for readers that write scenarios.
#pragma once

#include <string>

namespace outagesim {

// Control characters become blanks: names and labels of other tools have them.
inline std::string toml_quoted(const std::string& text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    const auto byte = static_cast<unsigned char>(c);
    safe += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  return safe + "\"";
}

}  // namespace outagesim
