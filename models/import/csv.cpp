#include "models/import/csv.h"

#include <algorithm>
#include <array>

namespace outagesim {
namespace {

char separator_of(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  static constexpr std::array<char, 3> kKnown{',', ';', '\t'};
  return *std::ranges::max_element(kKnown, {}, [&](char separator) {
    return std::ranges::count(first, separator);
  });
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  separator_ = separator_of(text_);
}

bool CsvReader::next(std::vector<std::string>& fields) {
  fields.clear();
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
    end_line();
  }
  if (at_ >= text_.size()) return false;
  row_line_ = line_;
  too_wide_ = false;
  while (true) {
    const bool in_quotes = at_ < text_.size() && text_[at_] == '"';
    std::string field = in_quotes ? quoted() : plain();
    too_wide_ = fields.size() >= kMostFields;
    if (!too_wide_) fields.push_back(std::move(field));
    if (at_ >= text_.size()) return true;
    if (text_[at_] != separator_) break;
    ++at_;
  }
  end_line();
  return true;
}

std::string CsvReader::quoted() {
  std::string field;
  for (++at_; at_ < text_.size(); ++at_) {
    // A quote ends the field unless it is doubled.
    if (text_[at_] == '"' && text_.substr(++at_, 1) != "\"") {
      return field + plain();
    }
    if (text_[at_] == '\n') ++line_;
    field += text_[at_];
  }
  unfinished_ = true;
  return field;
}

std::string CsvReader::plain() {
  const char ends[] = {separator_, '\n', '\r', '\0'};
  const std::size_t end = std::min(
      text_.find_first_of(std::string_view(ends, 3), at_), text_.size());
  std::string field(text_.substr(at_, end - at_));
  at_ = end;
  return field;
}

void CsvReader::end_line() {
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') {
    ++at_;
  }
  ++line_;
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace outagesim
