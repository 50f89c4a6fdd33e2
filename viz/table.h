// A table for a terminal: columns aligned by display width, so that names in
// any script line up. Never wider than it must be; where that is more than the
// terminal has, words are broken into lines and columns folded below each
// other: nothing is lost and nothing runs over.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

// What the reader's surroundings can show.
struct TextStyle {
  bool colour = false;    // colour and bold
  bool ascii = false;     // only ASCII: signs are spelled, bars are of '#'
  std::size_t width = 0;  // columns to be had; 0: as many as it takes

  // The columns of prose that would like to have `most`.
  std::size_t columns(std::size_t most) const;

  std::string bold(std::string_view text) const;
  std::string dim(std::string_view text) const;
  std::string good(std::string_view text) const;
  std::string bad(std::string_view text) const;
};

struct Table {
  // Words may be broken into lines, numbers and pictures never.
  enum class Align : std::uint8_t { kLeft, kRight, kPicture };
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

}  // namespace outagesim
