#include "models/import/xml_file.h"

#include <algorithm>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>
#include <string_view>

#include "models/base/error.h"
#include "models/base/parsed.h"
#include "models/base/text.h"
#include "models/scenario/text_file.h"

namespace outagesim {
namespace {

constexpr int kDeepest = 200;

[[noreturn]] void refuse(const std::string& what) {
  Mistake mistake;
  mistake.message = printable(what);
  throw InputError(mistake);
}

// Where what begins at `at` with '<' ends: comments and character data by their
// own ends, a tag at the first '>' that no quotes hold. The text's size if
// never.
std::size_t end_of_markup(const std::string& text, std::size_t at) {
  const auto after = [&](std::string_view mark) {
    const std::size_t found = text.find(mark, at);
    return found == std::string::npos ? text.size() : found + mark.size() - 1;
  };
  if (text.compare(at, 4, "<!--") == 0) return after("-->");
  if (text.compare(at, 9, "<![CDATA[") == 0) return after("]]>");
  if (text.compare(at, 2, "<?") == 0) return after("?>");
  char quote = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i;
    }
  }
  return text.size();
}

// How deep the tags nest, at most: the parser goes down by recursion. Stops
// where that is too deep. O(size).
int depth_of(const std::string& text) {
  int depth = 0, deepest = 0;
  std::size_t at = text.find('<');
  while (at < text.size() && deepest <= kDeepest) {
    const std::size_t end = end_of_markup(text, at);
    const char next = at + 1 < text.size() ? text[at + 1] : '!';
    if (next == '/') {
      depth = std::max(0, depth - 1);
    } else if (next != '!' && next != '?' && text[end - 1] != '/') {
      deepest = std::max(deepest, ++depth);
    }
    at = end < text.size() ? text.find('<', end) : end;
  }
  return deepest;
}

}  // namespace

boost::property_tree::ptree read_xml_file(const std::string& path) {
  const Parsed<std::string> text = read_text_file(path);
  if (!text) refuse(path + ": " + text.error);
  if (depth_of(*text) > kDeepest) {
    refuse(path + ": elements nest deeper than " + std::to_string(kDeepest));
  }
  boost::property_tree::ptree root;
  std::istringstream stream(*text);
  try {
    using namespace boost::property_tree::xml_parser;
    boost::property_tree::read_xml(stream, root, no_comments);
  } catch (const boost::property_tree::xml_parser_error& error) {
    refuse(path + ":" + std::to_string(error.line()) +
           ": not XML: " + error.message());
  }
  return root;
}

}  // namespace outagesim
