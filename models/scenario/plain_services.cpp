#include "models/scenario/plain_services.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "models/scenario/choices.h"

namespace outagesim {
namespace {

constexpr std::string_view kHeader = "[service.";
constexpr size_t kLongestName = 200;  // bytes, as the loader allows

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// Where in the text, and on which line.
struct TextCursor {
  size_t at = 0;
  std::uint32_t line = 1;
  size_t line_start = 0;
};

struct NameAt {
  std::string_view name;
  std::uint32_t line = 0, column = 0;
};

// One service: each function is false where the text is not plain.
class PlainBlock {
 public:
  PlainBlock(std::string_view text, TextCursor from)
      : text_(text), cursor_(from) {}

  bool read() {
    if (!header()) return false;
    while (skip_blank_lines(), !ends()) {
      if (!read_entry() || !line_ends()) return false;
    }
    return !has_parts_below();
  }

  const TextCursor& cursor() const { return cursor_; }
  std::string_view name() const { return name_.name; }

  // Into a service with nothing in it.
  void write(const std::shared_ptr<const SourceFile>& file,
             Service& made) const {
    made.name = name_.name;
    made.at = {file, name_.line, name_.column};
    made.kind = kind_.value_or(ServiceKind::kService);
    made.needs.reserve(needs_.size());
    for (const NameAt& one : needs_) {
      Need& need = made.needs.emplace_back();
      need.name = one.name;
      need.at = {file, one.line, one.column};
      need.targets.push_back({{need.name, need.at}, {}});
    }
  }

 private:
  bool ends() const { return cursor_.at >= text_.size() || here() == '['; }
  char here() const {
    return cursor_.at < text_.size() ? text_[cursor_.at] : '\0';
  }
  bool starts(std::string_view word) const {
    return text_.substr(cursor_.at, word.size()) == word;
  }
  NameAt named(size_t from) const {
    return {text_.substr(from, cursor_.at - from), cursor_.line,
            static_cast<std::uint32_t>(from - cursor_.line_start + 1)};
  }
  void skip_spaces() {
    while (here() == ' ' || here() == '\t') ++cursor_.at;
  }
  void next_line() {
    ++cursor_.at;
    ++cursor_.line;
    cursor_.line_start = cursor_.at;
  }
  void skip_blank_lines() {
    while (here() == '\n') next_line();
  }
  bool take(char c) {
    if (here() != c) return false;
    ++cursor_.at;
    return true;
  }
  bool line_ends() {
    skip_spaces();
    if (cursor_.at >= text_.size()) return true;
    if (here() != '\n') return false;
    next_line();
    return true;
  }

  bool header() {
    cursor_.at += kHeader.size();
    const size_t from = cursor_.at;
    while (is_bare(here())) ++cursor_.at;
    name_ = named(from);
    return !name_.name.empty() && name_.name.size() <= kLongestName &&
           take(']') && line_ends();
  }

  // Each key once, for toml++ words what is wrong with twice.
  bool read_entry() {
    if (starts("kind")) {
      return !kind_ && value_follows("kind") && read_kind();
    }
    return starts("needs") && !has_needs_ && value_follows("needs") &&
           read_needs();
  }

  bool value_follows(std::string_view key) {
    cursor_.at += key.size();
    skip_spaces();
    if (!take('=')) return false;
    skip_spaces();
    return true;
  }

  // Of printable ASCII, so that a column is a byte and nothing is escaped.
  bool read_text(NameAt& out) {
    const size_t quote = cursor_.at;
    if (!take('"')) return false;
    const size_t from = cursor_.at;
    while (here() >= ' ' && here() < '\x7f' && here() != '"' &&
           here() != '\\') {
      ++cursor_.at;
    }
    out = named(from);
    out.column = static_cast<std::uint32_t>(quote - cursor_.line_start + 1);
    return !out.name.empty() && take('"');
  }

  bool read_kind() {
    NameAt word;
    if (!read_text(word)) return false;
    const auto found = std::ranges::find(kChoices<ServiceKind>, word.name,
                                         &Choice<ServiceKind>::word);
    if (found == kChoices<ServiceKind>.end()) return false;
    kind_ = found->value;
    return true;
  }

  void skip_space_in_list() {
    while (skip_spaces(), here() == '\n') next_line();
  }

  bool read_needs() {
    has_needs_ = true;
    if (!take('[')) return false;
    skip_space_in_list();
    if (take(']')) return true;
    do {
      skip_space_in_list();
      if (!read_text(needs_.emplace_back())) return false;
      skip_space_in_list();
    } while (take(','));
    return take(']');
  }

  // "[service.NAME.cells]" says more about it.
  bool has_parts_below() const {
    const std::string_view next = text_.substr(cursor_.at);
    return next.starts_with(kHeader) &&
           next.substr(kHeader.size()).starts_with(name_.name) &&
           next.substr(kHeader.size() + name_.name.size()).starts_with('.');
  }

  std::string_view text_;
  TextCursor cursor_;
  NameAt name_;
  std::optional<ServiceKind> kind_;
  bool has_needs_ = false;
  std::vector<NameAt> needs_;
};

class PlainTaker {
 public:
  PlainTaker(const std::shared_ptr<const SourceFile>& file, PlainServices& out)
      : file_(file),
        text_(file->text),
        out_(out),
        taken_(out.services.size()) {}

  std::string rest() {
    while (cursor_.at < text_.size()) {
      if (!text_.substr(cursor_.at).starts_with(kHeader) || !take_block()) {
        leave_line();
      }
    }
    out_.services.resize(taken_);
    for (const std::string_view name : names_) {
      out_.clash |= !out_.names.insert(name).second;
    }
    return std::move(rest_);
  }

 private:
  bool take_block() {
    PlainBlock block(text_, cursor_);
    if (!block.read()) return false;
    if (follows_plain_) {
      names_.push_back(block.name());
      block.write(file_, next_service());
      rest_.append(block.cursor().line - cursor_.line, '\n');
    } else {
      rest_ += text_.substr(cursor_.at, block.cursor().at - cursor_.at);
    }
    cursor_ = block.cursor();
    follows_plain_ = true;
    return true;
  }

  // Made many at once, so that what their needs hold lies in one piece: with
  // the little that a service itself holds in between, the pages stayed when
  // the needs went, 0.7 GB of a million services.
  Service& next_service() {
    constexpr std::size_t kAtOnce = 4096;
    auto& services = out_.services;
    if (taken_ == services.size()) {
      services.resize(std::min(services.capacity(), taken_ + kAtOnce));
    }
    return services[taken_++];
  }

  void leave_line() {
    const size_t end = std::min(text_.find('\n', cursor_.at), text_.size() - 1);
    rest_ += text_.substr(cursor_.at, end + 1 - cursor_.at);
    cursor_ = {end + 1, cursor_.line + 1, end + 1};
    follows_plain_ = false;
  }

  const std::shared_ptr<const SourceFile>& file_;
  std::string_view text_;
  PlainServices& out_;
  TextCursor cursor_;
  std::size_t taken_;  // of all services, those before included
  std::vector<std::string_view> names_;
  bool follows_plain_ = false;
  std::string rest_;
};

// A header in a text of several lines is none.
bool has_long_texts(std::string_view text) {
  return text.find("\"\"\"") != std::string_view::npos ||
         text.find("'''") != std::string_view::npos;
}

size_t headers_in(std::string_view text) {
  size_t n = 0;
  for (size_t at = text.find(kHeader); at != std::string_view::npos;
       at = text.find(kHeader, at + kHeader.size())) {
    ++n;
  }
  return n;
}

}  // namespace

std::string take_plain_services(const std::shared_ptr<const SourceFile>& file,
                                PlainServices& out) {
  if (has_long_texts(file->text)) return file->text;
  // Room for all, so that those that toml++ reads can be put in between too.
  const size_t most = out.services.size() + headers_in(file->text);
  out.services.reserve(most);
  out.names.reserve(most);
  return PlainTaker(file, out).rest();
}

}  // namespace outagesim
