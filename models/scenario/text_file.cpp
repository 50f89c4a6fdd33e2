#include "models/scenario/text_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace outagesim {
namespace {

constexpr size_t kChunk = size_t{1} << 20;
constexpr int kMostParts = 64;  // of one dotted key

std::string unreadable(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return "there is no such file";
  }
  if (std::filesystem::is_directory(status)) {
    return "this is a folder, not a file";
  }
  if (error) return "cannot be read: " + error.message();
  return {};
}

// The first byte after the string that begins at `i`.
size_t skip_string(std::string_view text, size_t i) {
  const char quote = text[i];
  const std::string_view triple = quote == '"' ? "\"\"\"" : "'''";
  if (text.substr(i, 3) == triple) {
    const size_t end = text.find(triple, i + 3);
    return end == std::string_view::npos ? text.size() : end + 3;
  }
  for (++i; i < text.size() && text[i] != quote && text[i] != '\n'; ++i) {
    if (text[i] == '\\' && quote == '"') ++i;
  }
  return i + 1;
}

}  // namespace

Parsed<std::string> read_text_file(const std::string& path) {
  if (std::string why = unreadable(path); !why.empty()) {
    return not_parsed<std::string>(std::move(why));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return not_parsed<std::string>(std::string("cannot be read: ") +
                                   std::strerror(errno));
  }
  std::string text;
  while (file) {
    const size_t before = text.size();
    text.resize(before + kChunk);
    file.read(text.data() + before, kChunk);
    text.resize(before + static_cast<size_t>(file.gcount()));
    if (std::string_view(text).find('\0', before) != std::string_view::npos) {
      return not_parsed<std::string>("this is not a text file: byte " +
                                     std::to_string(text.find('\0') + 1) +
                                     " is zero");
    }
    if (text.size() > kLargestFile) {
      return not_parsed<std::string>("the file is larger than 512 MB");
    }
  }
  return parsed(std::move(text));
}

bool nests_too_deep(const std::string& text) {
  int parts = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '"':
      case '\'':
        i = skip_string(text, i) - 1;
        break;
      case '#':
        i = std::min(text.find('\n', i), text.size()) - 1;
        break;
      case '.':
        if (++parts > kMostParts) return true;
        break;
      case '=':
      case ',':
      case '\n':
      case '[':
      case ']':
      case '{':
      case '}':
        parts = 0;
        break;
      default:
        break;
    }
  }
  return false;
}

}  // namespace outagesim
