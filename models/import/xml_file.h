// XML files of other tools, read whole. Walled in here and in the readers.
#pragma once

#include <boost/property_tree/ptree.hpp>
#include <memory>
#include <string>

#include "models/base/source.h"

namespace outagesim {

struct XmlFile {
  std::shared_ptr<const SourceFile> source;
  boost::property_tree::ptree root;
};

// Attributes are children of "<xmlattr>", comments are gone. Throws InputError
// where the file cannot be read, is not XML (tags that do not match, more than
// one outermost element), or nests deeper than 200.
XmlFile read_xml_file(const std::string& path);

// Empty if there is none. The name may have dots.
std::string xml_attribute(const boost::property_tree::ptree& element,
                          const std::string& name);

// Throws the InputError that points at the element in its file; at the file as
// a whole where the element is its root.
[[noreturn]] void refuse_element(const XmlFile& file,
                                 const boost::property_tree::ptree& element,
                                 const std::string& what,
                                 const std::string& hint = {});

}  // namespace outagesim
