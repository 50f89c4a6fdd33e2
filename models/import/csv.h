// Comma-separated text, row by row (RFC 4180): fields in quotes may hold
// commas, line ends and doubled quotes. The separator is found in the first
// line: a comma, a semicolon or a tab.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

class CsvReader {
 public:
  static constexpr std::size_t kMostFields = 10'000;

  // Precondition: the text outlives the reader. A byte order mark is skipped.
  explicit CsvReader(std::string_view text);

  // The next row that is not empty; false at the end. O(row).
  bool next(std::vector<std::string>& fields);
  // The line on which the last row began, counted from 1.
  std::uint32_t line() const { return row_line_; }
  // Whether the last row had more than kMostFields: the rest of it is left out.
  bool too_wide() const { return too_wide_; }
  // Whether the last row ended within quotes: the file is cut off.
  bool unfinished() const { return unfinished_; }

 private:
  std::string quoted();
  std::string plain();
  void end_line();

  std::string_view text_;
  std::size_t at_ = 0;
  char separator_ = ',';
  std::uint32_t line_ = 1;
  std::uint32_t row_line_ = 0;
  bool unfinished_ = false, too_wide_ = false;
};

// A field without the blanks and tabs around it.
std::string_view without_blanks(std::string_view text);

}  // namespace outagesim
