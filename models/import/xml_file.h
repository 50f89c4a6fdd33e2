// XML files of other tools, read whole. Walled in here and in the readers.
#pragma once

#include <boost/property_tree/ptree_fwd.hpp>
#include <string>

namespace outagesim {

// Attributes are children of "<xmlattr>", comments are gone. Throws InputError
// where the file cannot be read, is not XML (tags that do not match, more than
// one outermost element), or nests deeper than 200.
boost::property_tree::ptree read_xml_file(const std::string& path);

// Empty if there is none. The name may have dots.
std::string xml_attribute(const boost::property_tree::ptree& element,
                          const std::string& name);

// Throws the InputError that says what is wrong with the file.
[[noreturn]] void refuse_file(const std::string& path, const std::string& what,
                              const std::string& hint = {});

}  // namespace outagesim
