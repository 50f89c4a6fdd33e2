#include "viz/narrow_table.h"

#include <algorithm>
#include <vector>

#include "models/base/text.h"
#include "viz/plain_text.h"

namespace outagesim {
namespace {

using Align = Table::Align;

constexpr std::size_t kLeastWords = 12;   // columns that words can live in
constexpr std::size_t kLongestWord = 24;  // no more is kept whole
constexpr std::size_t kLeastLimit = 20;
constexpr std::size_t kGap = 2;

std::string cell_of(const std::vector<std::string>& row, std::size_t column) {
  return column < row.size() ? row[column] : std::string();
}

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    longest = std::max(longest, display_width(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

struct Span {
  std::size_t least = 0, natural = 0;
};

Span span_of(const Table& table, std::size_t column) {
  const Table::Column& head = table.columns[column];
  std::size_t cells = 0, word = 0;
  for (const auto& row : table.rows) {
    const std::string cell = cell_of(row, column);
    cells = std::max(cells, display_width(cell));
    word = std::max(word, longest_word(cell));
  }
  const bool words = head.align == Align::kLeft;
  const std::size_t whole = std::max(kLeastWords, std::min(word, kLongestWord));
  const std::size_t least =
      std::max(words ? std::min(cells, whole) : cells,
               std::min(longest_word(head.title), kLeastWords));
  return {least, std::max(cells, display_width(head.title))};
}

// The columns that say what a row is: those of words before the first number.
std::size_t keys_of(const Table& table) {
  const auto number = std::ranges::find_if(
      table.columns, [](const auto& c) { return c.align != Align::kLeft; });
  const auto before = static_cast<std::size_t>(number - table.columns.begin());
  const bool only_words = number == table.columns.end();
  return only_words ? 1 : std::clamp<std::size_t>(before, 1, 2);
}

// One part of a folded table: which columns, and how wide.
struct Fold {
  std::vector<std::size_t> columns;
  std::vector<std::size_t> widths;

  std::size_t total() const {
    std::size_t sum = 0;
    for (const std::size_t width : widths) sum += width + kGap;
    return sum;
  }
};

// Gives what is left over to those that lack least, the earlier of equals.
void widen(Fold& fold, const std::vector<Span>& spans, std::size_t limit) {
  while (fold.total() < limit) {
    std::size_t best = fold.columns.size();
    std::size_t lack = 0;
    for (std::size_t i = 0; i < fold.columns.size(); ++i) {
      const std::size_t natural = spans[fold.columns[i]].natural;
      const std::size_t lacks = natural - std::min(natural, fold.widths[i]);
      const bool less = lacks > 0 && (lack == 0 || lacks < lack);
      if (!less) continue;
      best = i;
      lack = lacks;
    }
    if (lack == 0) return;
    ++fold.widths[best];
  }
}

// Takes from the widest until the fold fits: numbers too, as nothing else is
// left.
void force(Fold& fold, std::size_t limit) {
  while (fold.total() > limit) {
    const auto widest = std::ranges::max_element(fold.widths);
    if (*widest <= 1) return;
    --*widest;
  }
}

std::vector<Fold> folds_of(const Table& table, const std::vector<Span>& spans,
                           std::size_t limit) {
  const std::size_t keys = keys_of(table);
  Fold key;
  for (std::size_t i = 0; i < keys; ++i) {
    key.columns.push_back(i);
    key.widths.push_back(spans[i].least);
  }
  std::vector<Fold> folds{key};
  for (std::size_t i = keys; i < spans.size(); ++i) {
    const bool full = folds.back().total() + kGap + spans[i].least > limit;
    if (full && folds.back().columns.size() > keys) folds.push_back(key);
    folds.back().columns.push_back(i);
    folds.back().widths.push_back(spans[i].least);
  }
  for (Fold& fold : folds) {
    widen(fold, spans, limit);
    force(fold, limit);
  }
  return folds;
}

// A cell as lines; those after the first column's first are set in.
std::vector<std::string> lines_of(const std::string& cell, std::size_t width,
                                  bool first) {
  constexpr std::size_t kSetIn = 2;
  if (!first || width <= 3 * kSetIn || display_width(cell) <= width) {
    return broken(cell, width);
  }
  const std::string whole = printable(cell);
  std::vector<std::string> lines{broken(whole, width).front()};
  std::string_view rest = std::string_view(whole).substr(lines[0].size());
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  for (const std::string& line : broken(rest, width - kSetIn)) {
    lines.push_back(std::string(kSetIn, ' ') + line);
  }
  return lines;
}

using Cells = std::vector<std::vector<std::string>>;  // by column, then line

// `low`: shorter cells stand at the bottom, as titles do.
std::string set_lines(const Table& table, const Fold& fold, const Cells& cells,
                      bool low) {
  std::size_t height = 0;
  for (const auto& cell : cells) height = std::max(height, cell.size());
  std::string text;
  for (std::size_t line = 0; line < height; ++line) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::size_t above = low ? height - cells[i].size() : 0;
      const std::size_t at = line - std::min(line, above);
      const bool here = line >= above && at < cells[i].size();
      const std::string part = here ? cells[i][at] : "";
      const bool right = table.columns[fold.columns[i]].align == Align::kRight;
      out += std::string(kGap, ' ') + (right ? pad_left(part, fold.widths[i])
                                             : pad_right(part, fold.widths[i]));
    }
    out.erase(out.find_last_not_of(' ') + 1);
    text += out + '\n';
  }
  return text;
}

Cells cells_of(const std::vector<std::string>& row, const Fold& fold) {
  Cells cells;
  for (std::size_t i = 0; i < fold.columns.size(); ++i) {
    cells.push_back(lines_of(cell_of(row, fold.columns[i]), fold.widths[i],
                             fold.columns[i] == 0));
  }
  return cells;
}

std::string titles_of(const Table& table, const Fold& fold,
                      const TextStyle& style) {
  Cells cells;
  bool any = false;
  for (std::size_t i = 0; i < fold.columns.size(); ++i) {
    const std::string& title = table.columns[fold.columns[i]].title;
    any = any || !title.empty();
    cells.push_back(broken(title, fold.widths[i]));
  }
  if (!any) return {};
  std::string text = set_lines(table, fold, cells, true);
  text.pop_back();
  return style.dim(text) + '\n';
}

}  // namespace

std::string narrow_text(const Table& table, const TextStyle& style) {
  std::vector<Span> spans;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    spans.push_back(span_of(table, i));
  }
  const std::size_t limit = std::max(style.width, kLeastLimit);
  std::string text;
  for (const Fold& fold : folds_of(table, spans, limit)) {
    text += titles_of(table, fold, style);
    for (const auto& row : table.rows) {
      text += set_lines(table, fold, cells_of(row, fold), false);
    }
  }
  return text;
}

}  // namespace outagesim
