// Services written in the plainest way: a header, a kind, one list of names.
// They are most of the text of a large system, and as tables of toml++ they
// would take twenty times their text; so they are read straight from it, and
// toml++ reads the rest, in which every line stands where it stood.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "models/base/source.h"
#include "models/parts/service.h"

namespace outagesim {

struct PlainServices {
  std::vector<Service> services;  // in the order written; a need's target may
                                  // still be "service.cell" in one name
  std::unordered_set<std::string_view> names;  // views into the file's text
  bool clash = false;  // a name twice: only toml++ can say what is wrong
};

// Adds the plain services of the file and returns the rest of its text. A
// service is taken only if it follows another plain one, which stays: so
// toml++ has seen that it stands at the top level. O(text).
std::string take_plain_services(const std::shared_ptr<const SourceFile>& file,
                                PlainServices& out);

}  // namespace outagesim
