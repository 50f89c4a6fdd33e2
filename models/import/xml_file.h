// XML files of other tools, read whole. Walled in here and in the readers.
#pragma once

#include <boost/property_tree/ptree_fwd.hpp>
#include <string>

namespace outagesim {

// Attributes are children of "<xmlattr>", comments are gone. Throws InputError
// where the file cannot be read, is not XML, or nests deeper than 200.
boost::property_tree::ptree read_xml_file(const std::string& path);

}  // namespace outagesim
