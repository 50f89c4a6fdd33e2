// A table before it is laid out: columns with titles, rows of cells.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace outagesim {

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

}  // namespace outagesim
