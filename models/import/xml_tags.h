// The tags of an XML text, matched before a parser that goes down by recursion
// and takes any end for the right one sees them. Reads names, attributes and
// declarations exactly as Boost's parser does, so that nothing that is an
// element to it (<b'>, or what follows <!DOCTYPE a '>) is none here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

struct XmlTags {
  std::vector<std::size_t> elements;  // the byte where each begins, in order
  std::string wrong;                  // the first mistake, or empty
  std::size_t wrong_at = 0;           // its byte
};

// A tag that matches none, a second outermost element, elements within more
// than `deepest` others, or markup that never ends. O(size).
XmlTags xml_tags(std::string_view text, std::size_t deepest);

}  // namespace outagesim
