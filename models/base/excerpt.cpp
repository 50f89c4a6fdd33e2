#include "models/base/excerpt.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

#include "models/base/text.h"
#include "models/base/unicode.h"

namespace outagesim {
namespace {

constexpr size_t kWindow = 100;      // display columns of source shown
constexpr size_t kLeftContext = 40;  // of them, before the caret
constexpr size_t kNearby = 2000;     // bytes looked at on each side
constexpr size_t kTabWidth = 4;

// What fills the same columns: a character with the marks that stand on it.
struct Cell {
  std::string text;
  size_t width = 0;
};

struct Line {
  std::vector<Cell> cells;
  size_t caret = 0;  // index of the cell the caret stands under
  bool cut_left = false;
  bool cut_right = false;
};

size_t width_of(const Line& line, size_t from, size_t to) {
  size_t width = 0;
  for (size_t i = from; i < to; ++i) width += line.cells[i].width;
  return width;
}

void append(std::vector<Cell>& cells, CodePoint unit, std::string_view bytes) {
  if (bytes == "\t") {
    cells.push_back({std::string(kTabWidth, ' '), kTabWidth});
    return;
  }
  Shown s = shown(unit, bytes);
  if (s.width == 0 && !cells.empty()) {
    cells.back().text += s.text;
  } else {
    cells.push_back({std::move(s.text), static_cast<size_t>(s.width)});
  }
}

// Cells of the part of the line around a byte offset.
Line read_line(std::string_view text, size_t caret_byte) {
  size_t begin = caret_byte > kNearby ? caret_byte - kNearby : 0;
  while (begin > 0 && begin < caret_byte &&
         (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) {
    ++begin;
  }
  const size_t end = std::min(text.size(), caret_byte + kNearby);
  Line line;
  line.cut_left = begin > 0;
  line.cut_right = end < text.size();
  bool caret_found = false;
  for (size_t at = begin; at < end;) {
    const CodePoint unit = decode_utf8(text, at);
    append(line.cells, unit, text.substr(at, unit.bytes));
    if (!caret_found && at >= caret_byte) {
      line.caret = line.cells.size() - 1;
      caret_found = true;
    }
    at += unit.bytes;
  }
  if (!caret_found) line.caret = line.cells.size();
  return line;
}

void erase_before(Line& line, size_t count) {
  line.cells.erase(line.cells.begin(),
                   line.cells.begin() + static_cast<std::ptrdiff_t>(count));
  line.caret -= count;
}

void drop_indentation(Line& line) {
  if (line.cut_left) return;
  size_t blank = 0;
  while (blank < line.caret &&
         line.cells[blank].text.find_first_not_of(' ') == std::string::npos) {
    ++blank;
  }
  erase_before(line, blank);
}

// Cuts the line down to the window, with the caret inside it.
void cut_to_window(Line& line) {
  const size_t all = width_of(line, 0, line.cells.size());
  if (all <= kWindow && !line.cut_left && !line.cut_right) return;
  if (width_of(line, 0, line.caret) > kWindow - kLeftContext || line.cut_left) {
    size_t from = line.caret;
    for (size_t width = 0; from > 0 && width < kLeftContext;) {
      width += line.cells[--from].width;
    }
    line.cut_left |= from > 0;
    erase_before(line, from);
  }
  size_t to = 0;
  for (size_t width = 0; to < line.cells.size(); ++to) {
    width += line.cells[to].width;
    if (width > kWindow) break;
  }
  line.cut_right |= to < line.cells.size();
  line.cells.resize(to);
}

std::string text_of(const Line& line) {
  std::string text = line.cut_left ? "…" : "";
  for (const Cell& cell : line.cells) text += cell.text;
  return text + (line.cut_right ? "…" : "");
}

}  // namespace

size_t byte_offset(std::string_view line, uint32_t column) {
  size_t at = 0;
  for (uint32_t i = 1; i < column && at < line.size(); ++i) {
    at += decode_utf8(line, at).bytes;
  }
  return at;
}

std::string format_excerpt(const SourcePosition& at, size_t width,
                           const std::string& hint) {
  const std::string_view text = line_text(*at.file, at.line);
  Line line = read_line(text, byte_offset(text, at.column));
  drop_indentation(line);
  cut_to_window(line);
  const size_t before = width_of(line, 0, line.caret) + (line.cut_left ? 1 : 0);
  const size_t room = width_of(line, line.caret, line.cells.size());
  const size_t carets = std::clamp<size_t>(width, 1, std::max<size_t>(room, 1));
  const std::string number = pad_left(std::to_string(at.line), 5);
  std::string result = number + " | " + text_of(line) + '\n';
  result += std::string(number.size(), ' ') + " | " + std::string(before, ' ') +
            std::string(carets, '^');
  if (!hint.empty()) result += "  " + printable(hint);
  return result + '\n';
}

}  // namespace outagesim
