// The words of DOT: names, numbers, quoted texts, marks, and the space between
// them. Each goes past the space behind it.
#pragma once

#include <string>
#include <string_view>

#include "models/import/graph_text.h"

namespace outagesim {

class DotWords {
 public:
  explicit DotWords(const std::string& path) : text_(path) {}

  GraphText& text() { return text_; }
  // Past space and comments.
  void space();
  // The bare word here, not gone past; "" if there is none.
  std::string_view word() const;
  bool at_id() const;
  void expect(char mark);
  // A word, a number, a quoted text or one in angles, which is dropped whole.
  std::string take_id();

 private:
  std::string quoted();
  void escape(std::string& text);
  void markup();

  GraphText text_;
};

}  // namespace outagesim
