#include "viz/csv.h"

#include <charconv>
#include <cmath>

#include "models/base/text.h"

namespace outagesim {

CsvWriter& CsvWriter::field(std::string_view value) {
  separate();
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
    text_ += value;
    return *this;
  }
  text_ += '"';
  for (const char c : value) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

CsvWriter& CsvWriter::field(double value) {
  separate();
  if (std::isnan(value)) return *this;
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  text_.append(digits, end);
  return *this;
}

CsvWriter& CsvWriter::field(std::uint64_t value) {
  separate();
  text_ += std::to_string(value);
  return *this;
}

CsvWriter& CsvWriter::field(bool value) {
  return field(std::string_view(value ? "1" : "0"));
}

void CsvWriter::end_row() {
  text_ += '\n';
  begun_ = false;
}

void CsvWriter::separate() {
  if (begun_) text_ += ',';
  begun_ = true;
}

}  // namespace outagesim
