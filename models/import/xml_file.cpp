#include "models/import/xml_file.h"

#include <boost/property_tree/xml_parser.hpp>
#include <sstream>
#include <string_view>
#include <vector>

#include "models/base/error.h"
#include "models/base/parsed.h"
#include "models/base/text.h"
#include "models/scenario/text_file.h"

namespace outagesim {
namespace {

constexpr std::size_t kDeepest = 200;

// Where what begins at `at` with '<' ends: comments and character data by their
// own ends, a tag at the first '>' that no quotes hold. The text's size if
// never.
std::size_t end_of_markup(std::string_view text, std::size_t at) {
  const auto after = [&](std::string_view mark) {
    const std::size_t found = text.find(mark, at);
    return found == std::string::npos ? text.size() : found + mark.size() - 1;
  };
  if (text.substr(at, 4) == "<!--") return after("-->");
  if (text.substr(at, 9) == "<![CDATA[") return after("]]>");
  if (text.substr(at, 2) == "<?") return after("?>");
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

// The name of a tag: "<node id=…>" and "</node>" are of "node".
std::string_view tag_name(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  return tag.substr(0, tag.find_first_of(" \t\r\n/>"));
}

// The parser goes down by recursion, and takes any end for the right one. So
// tags are matched before.
class TagMatcher {
 public:
  // What is wrong with the tag, or nothing. A mark that is no element is fine.
  std::string add(std::string_view tag) {
    if (tag.size() < 2 || tag[1] == '!' || tag[1] == '?') return {};
    return tag[1] == '/' ? close(tag_name(tag)) : open(tag);
  }

 private:
  std::string close(std::string_view name) {
    const std::string end = "</" + std::string(name) + ">";
    if (open_.empty()) return end + " ends nothing";
    if (open_.back() != name) {
      return end + " where </" + std::string(open_.back()) + "> is expected";
    }
    open_.pop_back();
    return {};
  }

  std::string open(std::string_view tag) {
    const std::string_view name = tag_name(tag);
    if (open_.empty() && ++outermost_ > 1) {
      return "a second outermost element, <" + std::string(name) + ">";
    }
    if (!tag.ends_with("/>")) open_.push_back(name);
    if (open_.size() <= kDeepest) return {};
    return "elements nest deeper than " + std::to_string(kDeepest);
  }

  std::vector<std::string_view> open_;
  int outermost_ = 0;
};

// What is wrong with the tags, or nothing. O(size).
std::string wrong_tags(std::string_view text) {
  TagMatcher matcher;
  std::size_t at = text.find('<');
  while (at < text.size()) {
    const std::size_t end = end_of_markup(text, at);
    std::string wrong = matcher.add(text.substr(at, end - at + 1));
    if (!wrong.empty()) return wrong;
    at = end < text.size() ? text.find('<', end) : end;
  }
  return {};
}

}  // namespace

boost::property_tree::ptree read_xml_file(const std::string& path) {
  const Parsed<std::string> text = read_text_file(path);
  if (!text) refuse_file(path, text.error);
  const std::string wrong = wrong_tags(*text);
  if (wrong.ends_with(std::to_string(kDeepest))) refuse_file(path, wrong);
  boost::property_tree::ptree root;
  std::istringstream stream(*text);
  try {
    using namespace boost::property_tree::xml_parser;
    boost::property_tree::read_xml(stream, root, no_comments);
  } catch (const boost::property_tree::xml_parser_error& error) {
    refuse_file(path + ":" + std::to_string(error.line()),
                "not XML: " + error.message());
  }
  if (!wrong.empty()) refuse_file(path, "not XML: " + wrong);
  return root;
}

std::string xml_attribute(const boost::property_tree::ptree& element,
                          const std::string& name) {
  const auto all = element.find("<xmlattr>");
  if (all == element.not_found()) return {};
  const auto found = all->second.find(name);
  return found == all->second.not_found() ? std::string{}
                                          : found->second.data();
}

void refuse_file(const std::string& path, const std::string& what,
                 const std::string& hint) {
  Mistake mistake;
  mistake.message = printable(path + ": " + what);
  mistake.hint = hint;
  throw InputError(mistake);
}

}  // namespace outagesim
