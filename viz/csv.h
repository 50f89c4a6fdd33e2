// Tidy CSV as RFC 4180 has it: fields with a comma, a quote or a line end are
// quoted; numbers read back as the same double; what is not defined is empty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace outagesim {

// Appends rows to a text. Each field() of a row in turn, then end_row().
class CsvWriter {
 public:
  explicit CsvWriter(std::string& text) : text_(text) {}

  CsvWriter& field(std::string_view value);
  CsvWriter& field(const char* value) { return field(std::string_view(value)); }
  CsvWriter& field(double value);  // NaN: empty; infinity: "inf"
  CsvWriter& field(std::uint64_t value);
  CsvWriter& field(bool value);  // 1 or 0
  void end_row();

 private:
  void separate();

  std::string& text_;
  bool begun_ = false;
};

}  // namespace outagesim
