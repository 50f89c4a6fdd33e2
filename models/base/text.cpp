#include "models/base/text.h"

#include <algorithm>
#include <vector>

#include "models/base/unicode.h"

namespace outagesim {
namespace {

constexpr size_t kLongestCompared = 64;  // code points

char32_t lower(char32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

std::u32string letters_of(std::string_view text) {
  std::u32string letters;
  for (size_t at = 0; at < text.size() && letters.size() <= kLongestCompared;) {
    const CodePoint unit = decode_utf8(text, at);
    letters += lower(unit.value);
    at += unit.bytes;
  }
  return letters;
}

// Optimal string alignment: Damerau-Levenshtein where no part is edited
// twice. [Damerau64]
size_t edits_between(const std::u32string& a, const std::u32string& b) {
  std::vector<size_t> before(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> now(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, replaced});
      const bool is_swap =
          i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

template <class Texts>
std::optional<std::string> closest(std::string_view word, const Texts& texts) {
  const std::u32string wanted = letters_of(word);
  if (wanted.empty() || wanted.size() > kLongestCompared) return std::nullopt;
  size_t fewest = std::max<size_t>(1, wanted.size() / 3) + 1;
  std::optional<std::string> best;
  for (const auto& text : texts) {
    const std::u32string letters = letters_of(text);
    const size_t longer = std::max(letters.size(), wanted.size());
    const size_t shorter = std::min(letters.size(), wanted.size());
    if (longer - shorter >= fewest) continue;
    const size_t edits = edits_between(wanted, letters);
    // A word all of whose letters change is no suggestion.
    if (edits >= fewest || edits >= longer) continue;
    fewest = edits;
    best = std::string(text);
  }
  return best;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint unit = decode_utf8(text, at);
    result += shown(unit, text.substr(at, unit.bytes)).text;
    at += unit.bytes;
  }
  return result;
}

size_t display_width(std::string_view text) {
  int width = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint unit = decode_utf8(text, at);
    width += shown(unit, text.substr(at, unit.bytes)).width;
    at += unit.bytes;
  }
  return static_cast<size_t>(width);
}

std::string pad_right(std::string_view text, size_t width) {
  const size_t filled = display_width(text);
  return printable(text) + std::string(width - std::min(filled, width), ' ');
}

std::string pad_left(std::string_view text, size_t width) {
  const size_t filled = display_width(text);
  return std::string(width - std::min(filled, width), ' ') + printable(text);
}

std::string truncate(std::string_view text, size_t width) {
  if (display_width(text) <= width) return printable(text);
  if (width == 0) return {};
  std::string result;
  size_t filled = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint unit = decode_utf8(text, at);
    const Shown s = shown(unit, text.substr(at, unit.bytes));
    filled += static_cast<size_t>(s.width);
    if (filled > width - 1) break;
    result += s.text;
    at += unit.bytes;
  }
  return result + "…";
}

std::optional<std::string> closest_match(
    std::string_view word, std::span<const std::string_view> candidates) {
  return closest(word, candidates);
}

std::optional<std::string> closest_match(
    std::string_view word, std::span<const std::string> candidates) {
  return closest(word, candidates);
}

}  // namespace outagesim
