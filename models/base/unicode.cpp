#include "models/base/unicode.h"

#include <cstdint>

namespace outagesim {
namespace {

bool is_continuation(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0U) == 0x80U;
}

size_t sequence_length(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

bool is_scalar(char32_t value, size_t bytes) {
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = value >= 0xD800 && value < 0xE000;
  return value >= kSmallest[bytes] && value <= 0x10FFFF && !is_surrogate;
}

bool is_control(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value < 0xA0);
}

// Bidirectional overrides, line separators, and the byte order mark: shown
// raw they let a line read differently from what it says.
bool misleads(char32_t value) {
  return (value >= 0x2028 && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069) || value == 0xFEFF;
}

std::string hex(uint32_t value, int digits) {
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    text += "0123456789ABCDEF"[(value >> static_cast<unsigned>(shift)) & 15U];
  }
  return text;
}

}  // namespace

CodePoint decode_utf8(std::string_view text, size_t offset) {
  const auto lead = static_cast<uint8_t>(text[offset]);
  if (lead < 0x80) return {lead, 1, true};
  const size_t bytes = sequence_length(lead);
  if (bytes == 0) return {lead, 1, false};
  char32_t value = lead & (0xFFU >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i) {
    if (!is_continuation(text, offset + i)) return {lead, 1, false};
    value = (value << 6U) | (static_cast<uint8_t>(text[offset + i]) & 0x3FU);
  }
  if (!is_scalar(value, bytes)) return {lead, 1, false};
  return {value, bytes, true};
}

Shown shown(CodePoint unit, std::string_view bytes) {
  if (!unit.valid || is_control(unit.value)) {
    Shown result;
    for (const char byte : bytes) {
      result.text += "\\x" + hex(static_cast<uint8_t>(byte), 2);
      result.width += 4;
    }
    return result;
  }
  if (misleads(unit.value)) return {"\\u" + hex(unit.value, 4), 6};
  return {std::string(bytes), code_point_width(unit.value)};
}

}  // namespace outagesim
