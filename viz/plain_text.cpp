#include "viz/plain_text.h"

#include <algorithm>
#include <array>

#include "models/base/text.h"
#include "models/base/unicode.h"

namespace outagesim {
namespace {

constexpr std::size_t kLeastWidth = 20;

struct Sign {
  std::string_view sign, spelled;
};
// Blocks keep their width: a picture stays in its columns.
constexpr std::array kSigns{
    Sign{"…", ".."}, Sign{"±", "+-"},  Sign{"–", "-"},  Sign{"—", "-"},
    Sign{"−", "-"},  Sign{"“", "\""},  Sign{"”", "\""}, Sign{"→", "->"},
    Sign{"≥", ">="}, Sign{"≤", "<="},  Sign{"×", "x"},  Sign{"·", "."},
    Sign{"²", "2"},  Sign{"ρ", "rho"}, Sign{"µ", "u"},  Sign{"▲", "^"},
    Sign{"█", "#"},  Sign{"▉", "#"},   Sign{"▊", "#"},  Sign{"▋", "#"},
    Sign{"▌", "-"},  Sign{"▍", "-"},   Sign{"▎", "-"},  Sign{"▏", "-"},
    Sign{"▁", "."},  Sign{"▂", ":"},   Sign{"▃", "-"},  Sign{"▄", "="},
    Sign{"▅", "+"},  Sign{"▆", "*"},   Sign{"▇", "%"},  Sign{"│", "|"}};

// The bytes of the sequence that the text begins with, "\x1b[1m"; 0 if none.
std::size_t sequence_at(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find('m');
  return end == std::string_view::npos ? 0 : end + 1;
}

struct Piece {
  std::size_t bytes = 0, columns = 0;
};

// The next character, or a sequence that takes no column.
Piece next_piece(std::string_view text) {
  if (const std::size_t bytes = sequence_at(text); bytes > 0) return {bytes, 0};
  const std::size_t bytes = decode_utf8(text, 0).bytes;
  return {bytes, display_width(text.substr(0, bytes))};
}

std::size_t visible_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Piece piece = next_piece(text);
    width += piece.columns;
    text.remove_prefix(piece.bytes);
  }
  return width;
}

// How much of the text fits into so many columns; at least one character.
std::size_t fitting(std::string_view text, std::size_t width) {
  std::size_t bytes = 0, columns = 0;
  while (bytes < text.size()) {
    const Piece piece = next_piece(text.substr(bytes));
    columns += piece.columns;
    if (columns > width && bytes > 0) break;
    bytes += piece.bytes;
  }
  return bytes;
}

// Where to break a text that is too long: at a space if there is one.
std::size_t break_in(std::string_view text, std::size_t width) {
  const std::size_t most = fitting(text, width);
  if (most >= text.size() || text[most] == ' ') return most;
  const std::size_t space = text.substr(0, most).find_last_of(' ');
  const bool within =
      space != std::string_view::npos && text.find_first_not_of(' ') < space;
  return within ? space : most;
}

std::string_view without_margin(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text;
}

// A line that is too long as several.
std::string folded(std::string_view line, std::size_t width) {
  const std::size_t margin = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t indent = std::min(margin + 2, width / 2);
  std::string out;
  std::string rest(line);
  while (visible_width(rest) > width) {
    const std::size_t at = break_in(rest, width);
    out += rest.substr(0, at) + '\n';
    rest = std::string(indent, ' ') +
           std::string(without_margin(std::string_view(rest).substr(at)));
  }
  return out + rest;
}

}  // namespace

std::string in_ascii(std::string_view text) {
  std::string spelled;
  while (!text.empty()) {
    const auto found = std::ranges::find_if(
        kSigns, [&](const Sign& one) { return text.starts_with(one.sign); });
    const bool known = found != kSigns.end();
    spelled += known ? found->spelled : text.substr(0, 1);
    text.remove_prefix(known ? found->sign.size() : 1);
  }
  return spelled;
}

Table in_ascii(const Table& table) {
  Table spelled = table;
  for (Table::Column& column : spelled.columns) {
    column.title = in_ascii(column.title);
  }
  for (auto& row : spelled.rows) {
    for (std::string& cell : row) cell = in_ascii(cell);
  }
  return spelled;
}

std::string printed(std::string_view text, const TextStyle& style) {
  const std::string shown = style.ascii ? in_ascii(text) : std::string(text);
  if (style.width == 0) return shown;
  const std::size_t width = std::max(style.width, kLeastWidth);
  std::string out;
  std::string_view rest = shown;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    out +=
        visible_width(line) <= width ? std::string(line) : folded(line, width);
    if (end < rest.size()) out += '\n';
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  return out;
}

std::vector<std::string> broken(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  const std::string whole = printable(text);
  std::string_view rest = whole;
  while (fitting(rest, width) < rest.size()) {
    const std::size_t at = break_in(rest, width);
    lines.emplace_back(rest.substr(0, at));
    rest = without_margin(rest.substr(at));
  }
  lines.emplace_back(rest);
  return lines;
}

}  // namespace outagesim
