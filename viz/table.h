// A table for a terminal: columns aligned by display width, so that names in
// any script line up. Never wider than it must be.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

// Whether to use colour and bold. Only on a terminal, never with NO_COLOR.
struct TextStyle {
  bool colour = false;

  std::string bold(std::string_view text) const;
  std::string dim(std::string_view text) const;
  std::string good(std::string_view text) const;
  std::string bad(std::string_view text) const;
};

struct Table {
  enum class Align : std::uint8_t { kLeft, kRight };
  struct Column {
    std::string title;
    Align align = Align::kLeft;
  };

  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // cells as columns; may be fewer

  void add(std::vector<std::string> row) { rows.push_back(std::move(row)); }
};

// Each line indented by two and ended by '\n'; the titles first, unless all are
// empty.
std::string to_text(const Table& table, const TextStyle& style = {});

// Words broken into lines of at most `width` columns; the first keeps its
// leading spaces, those after it are indented by `indent`. Ends with '\n'.
std::string wrapped(std::string_view text, std::size_t width,
                    std::size_t indent = 0);

// A bar of `share` of `width` columns, in eighths of a column.
std::string bar(double share, std::size_t width);

}  // namespace outagesim
