#include "models/base/source.h"

#include <utility>

#include "models/base/text.h"

namespace outagesim {

std::shared_ptr<const SourceFile> make_source_file(std::string path,
                                                   std::string text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  auto file = std::make_shared<SourceFile>();
  file->path = std::move(path);
  file->text = std::move(text);
  file->line_starts.push_back(0);
  for (size_t at = file->text.find('\n'); at != std::string::npos;
       at = file->text.find('\n', at + 1)) {
    file->line_starts.push_back(at + 1);
  }
  return file;
}

std::string_view line_text(const SourceFile& file, uint32_t line) {
  if (line == 0 || line > file.line_starts.size()) return {};
  const size_t begin = file.line_starts[line - 1];
  const size_t end = line < file.line_starts.size() ? file.line_starts[line] - 1
                                                    : file.text.size();
  std::string_view text =
      std::string_view(file.text).substr(begin, end - begin);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::string to_text(const SourcePosition& at) {
  if (!at.file) return {};
  std::string text = printable(at.file->path);
  if (at.line == 0) return text;
  return text + ':' + std::to_string(at.line) + ':' + std::to_string(at.column);
}

}  // namespace outagesim
