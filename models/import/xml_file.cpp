#include "models/import/xml_file.h"

#include <boost/property_tree/xml_parser.hpp>
#include <sstream>

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

// How deep the tags nest, at most: the parser goes down by recursion.
int depth_of(const std::string& text) {
  int depth = 0, deepest = 0;
  for (std::size_t at = text.find('<');
       at != std::string::npos && at + 1 < text.size();
       at = text.find('<', at + 1)) {
    const char next = text[at + 1];
    if (next == '!' || next == '?') continue;
    const std::size_t end = text.find('>', at);
    const bool closed = end != std::string::npos && text[end - 1] == '/';
    if (next == '/') {
      --depth;
    } else if (!closed) {
      deepest = std::max(deepest, ++depth);
    }
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
