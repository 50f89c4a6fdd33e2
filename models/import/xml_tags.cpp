#include "models/import/xml_tags.h"

#include <algorithm>

namespace outagesim {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kEndsName = " \t\r\n/>?";
constexpr std::string_view kEndsAttribute = " \t\r\n/<>=?!";

class TagReader {
 public:
  TagReader(std::string_view text, std::size_t deepest)
      : text_(text), deepest_(deepest) {}

  XmlTags read() {
    while (tags_.wrong.empty()) {
      at_ = text_.find('<', at_);
      if (at_ >= text_.size()) break;
      markup();
    }
    return std::move(tags_);
  }

 private:
  bool starts(std::string_view mark) const {
    return text_.substr(at_).starts_with(mark);
  }
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void wrong(const std::string& what, std::size_t at) {
    if (!tags_.wrong.empty()) return;
    tags_.wrong = what;
    tags_.wrong_at = at;
  }

  // Past the mark, looked for after what opens here.
  void past(std::string_view open, std::string_view mark) {
    const std::size_t found = text_.find(mark, at_ + open.size());
    if (found == std::string_view::npos) {
      wrong("not XML: " + std::string(mark) + " never comes", at_);
    } else {
      at_ = found + mark.size();
    }
  }

  void markup() {
    if (starts("<!--")) return past("<!--", "-->");
    if (starts("<![CDATA[")) return past("<![CDATA[", "]]>");
    if (starts("<!DOCTYPE")) return document_type();
    if (starts("<!")) return past("<!", ">");
    if (starts("<?")) return past("<?", "?>");
    if (starts("</")) return close();
    open();
  }

  // No quotes count, but brackets do.
  void document_type() {
    const std::size_t from = at_;
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '[') ++depth;
      if (c == ']' && depth > 0) --depth;
      if (c == '>' && depth == 0) return;
    }
    wrong("not XML: > never comes", from);
  }

  void spaces() { at_ = std::min(text_.find_first_not_of(kSpace, at_), end()); }
  std::size_t end() const { return text_.size(); }

  std::string_view name(std::string_view ends) {
    const std::size_t from = at_;
    at_ = std::min(text_.find_first_of(ends, at_), end());
    return text_.substr(from, at_ - from);
  }

  void close() {
    const std::size_t from = at_;
    at_ += 2;
    const std::string_view of = name(kEndsName);
    const std::string tag = "not XML: </" + std::string(of) + ">";
    spaces();
    if (next() != '>') return wrong("not XML: expected >", at_);
    if (open_.empty()) return wrong(tag + " ends nothing", from);
    if (open_.back() != of) {
      return wrong(
          tag + " where </" + std::string(open_.back()) + "> is expected",
          from);
    }
    open_.pop_back();
  }

  void open() {
    const std::size_t from = at_++;
    const std::string_view of = name(kEndsName);
    if (of.empty()) return wrong("not XML: expected the name of a tag", at_);
    if (open_.empty() && !tags_.elements.empty()) {
      wrong("not XML: a second outermost element, <" + std::string(of) + ">",
            from);
    }
    tags_.elements.push_back(from);
    spaces();
    while (attribute()) spaces();
    const bool whole = next() == '/';
    if (whole) ++at_;
    if (next() != '>') return wrong("not XML: expected >", at_);
    if (!whole) open_.push_back(of);
    if (open_.size() > deepest_) {
      wrong("elements nest deeper than " + std::to_string(deepest_), from);
    }
  }

  // False at what is none; what is a half of one is wrong.
  bool attribute() {
    if (name(kEndsAttribute).empty()) return false;
    spaces();
    if (next() != '=') return wrong("not XML: expected =", at_), false;
    ++at_;
    spaces();
    const char quote = next();
    if (quote != '"' && quote != '\'') {
      return wrong("not XML: expected \" or '", at_), false;
    }
    const std::size_t close = text_.find(quote, at_ + 1);
    if (close == std::string_view::npos) {
      return wrong("not XML: this text has no end", at_), false;
    }
    at_ = close + 1;
    return true;
  }

  std::string_view text_;
  std::size_t deepest_;
  std::size_t at_ = 0;
  std::vector<std::string_view> open_;
  XmlTags tags_;
};

}  // namespace

XmlTags xml_tags(std::string_view text, std::size_t deepest) {
  return TagReader(text, deepest).read();
}

}  // namespace outagesim
