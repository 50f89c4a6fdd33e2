#include "viz/table.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "models/base/text.h"
#include "viz/narrow_table.h"
#include "viz/plain_text.h"

namespace outagesim {
namespace {

std::vector<std::size_t> widths_of(const Table& table) {
  std::vector<std::size_t> widths;
  for (const Table::Column& column : table.columns) {
    widths.push_back(display_width(column.title));
  }
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  return widths;
}

std::string line_of(const Table& table, const std::vector<std::string>& cells,
                    const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += "  ";
    line += table.columns[i].align == Table::Align::kRight
                ? pad_left(cells[i], widths[i])
                : pad_right(cells[i], widths[i]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string to_text(const Table& table, const TextStyle& style) {
  if (style.ascii) {
    TextStyle rest = style;
    rest.ascii = false;
    return to_text(in_ascii(table), rest);
  }
  const std::vector<std::size_t> widths = widths_of(table);
  const std::size_t total =
      std::accumulate(widths.begin(), widths.end(), 2 * widths.size());
  if (style.width > 0 && total > style.width) {
    return narrow_text(table, style);
  }
  std::string text;
  std::vector<std::string> titles;
  for (const Table::Column& column : table.columns) {
    titles.push_back(column.title);
  }
  const bool titled =
      std::ranges::any_of(titles, [](const auto& t) { return !t.empty(); });
  if (titled) text += style.dim(line_of(table, titles, widths)) + '\n';
  for (const auto& row : table.rows) text += line_of(table, row, widths) + '\n';
  return text;
}

namespace {

// A number stays with its unit, and a sign with its number.
bool holds_next(std::string_view word) {
  static constexpr std::array<std::string_view, 6> kSigns{"<", ">", "≥",
                                                          "≤", "±", "(±"};
  return !word.empty() &&
         ((word.back() >= '0' && word.back() <= '9') ||
          std::find(kSigns.begin(), kSigns.end(), word) != kSigns.end());
}

// Where the words end that are not to be parted, of which `text` begins with
// the first.
std::size_t end_of_unbroken(std::string_view text) {
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end == text.size() || !holds_next(text.substr(begin, end - begin))) {
      return end;
    }
    begin = end + 1;
  }
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t width,
                    std::size_t indent) {
  const std::size_t margin = std::min(text.find_first_not_of(' '), text.size());
  std::string out(margin, ' ');
  text.remove_prefix(margin);
  std::size_t column = margin;
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = end_of_unbroken(text);
    const std::string word = printable(text.substr(0, end));
    const std::size_t size = display_width(word);
    if (!first && column + 1 + size > width) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out += word;
    column += size;
    first = false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + '\n';
}

}  // namespace outagesim
