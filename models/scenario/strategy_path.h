// Paths of a patch: `service.db-*.needs.place.switch`. A `*` matches any run
// of characters within one part; in quotes it stands for itself.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

struct PathPart {
  std::string text;
  bool is_pattern = false;
};
using PatternPath = std::vector<PathPart>;

// Nothing if a part is empty or a quote is not closed.
std::optional<PatternPath> split_pattern(std::string_view path);

// Whether the text fits the pattern. O(pattern × text).
bool fits_pattern(std::string_view pattern, std::string_view text);

// A place in a table. The key need not be there yet.
struct Hit {
  toml::table* table;
  std::string key;
};

// All places that the path leads to from `root`, by name. A last part without
// `*` need not be there if `may_be_new`. O(tables visited).
std::vector<Hit> find_hits(toml::table& root, const PatternPath& path,
                           bool may_be_new);

// Why a path hits nothing: the first part that leads nowhere, and what was
// perhaps meant.
std::string why_no_hit(const toml::table& root, const PatternPath& path);

}  // namespace outagesim
