#include "models/import/dot_words.h"

#include <cctype>

namespace outagesim {
namespace {

bool in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

void DotWords::space() {
  for (;;) {
    const char c = text_.next();
    if (c != '\0' && std::isspace(static_cast<unsigned char>(c)) != 0) {
      text_.advance(1);
    } else if (text_.starts("//") || c == '#') {
      text_.skip_line();
    } else if (text_.starts("/*")) {
      text_.until("*/", "a comment");
    } else {
      return;
    }
  }
}

std::string_view DotWords::word() const {
  const std::string_view rest = text_.rest();
  std::size_t size = 0;
  while (size < rest.size() && in_word(rest[size])) ++size;
  return rest.substr(0, size);
}

bool DotWords::at_id() const {
  const char c = text_.next();
  return c == '"' || c == '<' || in_word(c) ||
         (c == '-' &&
          (std::isdigit(static_cast<unsigned char>(text_.next(1))) != 0 ||
           text_.next(1) == '.'));
}

void DotWords::expect(char mark) {
  if (text_.next() != mark) {
    text_.refuse(std::string("expected ") + mark);
  }
  text_.advance(1);
  space();
}

// A word, a number, a quoted text or one in angles (its markup is dropped
// whole); the space after it is gone past.
std::string DotWords::take_id() {
  std::string id;
  if (text_.next() == '"') {
    id = quoted();
    while (text_.next() == '+') {
      text_.advance(1);
      space();
      if (text_.next() != '"') text_.refuse("expected a quoted text after +");
      id += quoted();
    }
    return id;
  }
  if (text_.next() == '<') {
    markup();
  } else {
    if (text_.next() == '-') {
      id = "-";
      text_.advance(1);
    }
    const std::string_view found = word();
    if (found.empty()) text_.refuse("expected a name");
    id += found;
    text_.advance(found.size());
  }
  space();
  return id;
}

std::string DotWords::quoted() {
  const std::size_t from = text_.at();
  text_.advance(1);
  std::string text;
  while (text_.next() != '"') {
    if (text_.ended()) text_.refuse("this text has no end", from);
    if (text_.next() != '\\') {
      text += text_.next();
      text_.advance(1);
    } else {
      escape(text);
    }
  }
  text_.advance(1);
  space();
  return text;
}

// Of a quote and of an end of line; all others are a label's own affair.
void DotWords::escape(std::string& text) {
  const char next = text_.next(1);
  text_.advance(2);
  if (next == '"') {
    text += '"';
  } else if (next != '\n') {
    text += '\\';
    text += next;
  }
}

void DotWords::markup() {
  const std::size_t from = text_.at();
  std::size_t depth = 0;
  do {
    if (text_.ended()) text_.refuse("this text in angles has no end", from);
    if (text_.next() == '<') ++depth;
    if (text_.next() == '>') --depth;
    text_.advance(1);
  } while (depth > 0);
}

}  // namespace outagesim
