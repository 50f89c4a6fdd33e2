#include "models/import/xml_file.h"

#include <boost/property_tree/xml_parser.hpp>
#include <sstream>

#include "models/base/error.h"
#include "models/base/parsed.h"
#include "models/base/text.h"
#include "models/import/graph_text.h"
#include "models/import/xml_tags.h"
#include "models/scenario/text_file.h"

namespace outagesim {
namespace {

using Xml = boost::property_tree::ptree;

constexpr std::size_t kDeepest = 200;
constexpr const char* kPlace = "<at>";  // no attribute has such a name

[[noreturn]] void refuse_file(const std::string& path,
                              const std::string& what) {
  Mistake mistake;
  mistake.message = printable(path + ": " + what);
  throw InputError(mistake);
}

[[noreturn]] void refuse_at(const XmlFile& file, std::size_t at,
                            const std::string& what, const std::string& hint) {
  Mistake mistake;
  mistake.at = place_in(file.source, at);
  mistake.message = printable(what);
  mistake.hint = hint;
  throw InputError(mistake);
}

bool is_element(const std::string& tag) {
  return tag != "<xmlattr>" && tag != "<xmlcomment>";
}

std::size_t count_elements(const Xml& within) {
  std::size_t count = 0;
  for (const auto& [tag, element] : within) {
    if (is_element(tag)) count += 1 + count_elements(element);
  }
  return count;
}

// The byte where each begins, as an attribute; in the order of the text.
void give_places(Xml& within, const std::vector<std::size_t>& places,
                 std::size_t& next) {
  for (auto& [tag, element] : within) {
    if (!is_element(tag)) continue;
    const Xml place(std::to_string(places[next++]));
    auto all = element.find("<xmlattr>");
    Xml& attributes = all == element.not_found()
                          ? element.push_front({"<xmlattr>", Xml()})->second
                          : all->second;
    attributes.push_back({kPlace, place});
    give_places(element, places, next);
  }
}

}  // namespace

XmlFile read_xml_file(const std::string& path) {
  Parsed<std::string> text = read_text_file(path);
  if (!text) refuse_file(path, text.error);
  XmlFile file{make_source_file(path, *std::move(text.value)), {}};
  const XmlTags tags = xml_tags(file.source->text, kDeepest);
  if (!tags.wrong.empty()) refuse_at(file, tags.wrong_at, tags.wrong, {});
  std::istringstream stream(file.source->text);
  try {
    using namespace boost::property_tree::xml_parser;
    boost::property_tree::read_xml(stream, file.root, no_comments);
  } catch (const boost::property_tree::xml_parser_error& error) {
    refuse_file(path + ":" + std::to_string(error.line()),
                "not XML: " + error.message());
  }
  std::size_t next = 0;
  if (count_elements(file.root) == tags.elements.size()) {
    give_places(file.root, tags.elements, next);
  }
  return file;
}

std::string xml_attribute(const Xml& element, const std::string& name) {
  const auto all = element.find("<xmlattr>");
  if (all == element.not_found()) return {};
  const auto found = all->second.find(name);
  return found == all->second.not_found() ? std::string{}
                                          : found->second.data();
}

void refuse_element(const XmlFile& file, const Xml& element,
                    const std::string& what, const std::string& hint) {
  const std::string place = xml_attribute(element, kPlace);
  if (!place.empty()) refuse_at(file, std::stoull(place), what, hint);
  Mistake mistake;
  mistake.at = {file.source, 0, 0};
  mistake.message = printable(what);
  mistake.hint = hint;
  throw InputError(mistake);
}

}  // namespace outagesim
