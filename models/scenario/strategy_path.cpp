#include "models/scenario/strategy_path.h"

#include <utility>

#include "models/base/text.h"

namespace outagesim {
namespace {

bool fits(const PathPart& part, std::string_view name) {
  return part.is_pattern ? fits_pattern(part.text, name) : part.text == name;
}

// Reads one part from the front of `rest`; false if it is not well formed.
bool take_part(std::string_view& rest, PathPart& out) {
  if (rest.starts_with('"') || rest.starts_with('\'')) {
    const size_t end = rest.find(rest[0], 1);
    if (end == std::string_view::npos) return false;
    out = {std::string(rest.substr(1, end - 1)), false};
    rest.remove_prefix(end + 1);
  } else {
    out.text = std::string(rest.substr(0, rest.find('.')));
    out.is_pattern = out.text.find('*') != std::string::npos;
    rest.remove_prefix(out.text.size());
  }
  return !out.text.empty();
}

void collect(toml::table& table, const PatternPath& path, size_t depth,
             bool may_be_new, std::vector<Hit>& hits) {
  const PathPart& part = path[depth];
  const bool last = depth + 1 == path.size();
  if (last && may_be_new && !part.is_pattern) {
    hits.push_back({&table, part.text});
    return;
  }
  for (auto&& [key, node] : table) {
    if (!fits(part, key.str())) continue;
    if (last) {
      hits.push_back({&table, std::string(key.str())});
    } else if (toml::table* inner = node.as_table()) {
      collect(*inner, path, depth + 1, may_be_new, hits);
    }
  }
}

std::string joined(const PatternPath& path, size_t parts) {
  std::string text;
  for (size_t i = 0; i < parts; ++i) {
    text += (i == 0 ? "" : ".") + path[i].text;
  }
  return text;
}

std::string not_among(const toml::table& table, const PatternPath& path,
                      size_t depth) {
  std::vector<std::string> names;
  for (const auto& [key, _] : table) names.emplace_back(key.str());
  const auto match = closest_match(path[depth].text, names);
  if (match) return "did you mean \"" + *match + "\"?";
  const std::string where =
      depth == 0 ? "the scenario" : '"' + joined(path, depth) + '"';
  return where + " has no \"" + path[depth].text + '"';
}

// The first table or other value that the part leads to.
const toml::node* follow(const toml::table& table, const PathPart& part) {
  const toml::node* any = nullptr;
  for (const auto& [key, node] : table) {
    if (!fits(part, key.str())) continue;
    if (node.is_table()) return &node;
    any = &node;
  }
  return any;
}

}  // namespace

std::optional<PatternPath> split_pattern(std::string_view path) {
  PatternPath parts;
  while (true) {
    if (!take_part(path, parts.emplace_back())) return std::nullopt;
    if (path.empty()) return parts;
    if (path[0] != '.') return std::nullopt;
    path.remove_prefix(1);
  }
}

bool fits_pattern(std::string_view pattern, std::string_view text) {
  size_t p = 0;
  size_t t = 0;
  size_t star = std::string_view::npos;  // the last one met, and
  size_t resume = 0;                     // where the text after it began
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::vector<Hit> find_hits(toml::table& root, const PatternPath& path,
                           bool may_be_new) {
  std::vector<Hit> hits;
  collect(root, path, 0, may_be_new, hits);
  return hits;
}

std::string why_no_hit(const toml::table& root, const PatternPath& path) {
  const toml::table* table = &root;
  for (size_t depth = 0; depth < path.size(); ++depth) {
    const toml::node* next = follow(*table, path[depth]);
    if (!next) return not_among(*table, path, depth);
    table = next->as_table();
    if (!table && depth + 1 < path.size()) {
      return '"' + joined(path, depth + 1) + "\" has no parts: set it whole";
    }
    if (!table) break;
  }
  return "";
}

}  // namespace outagesim
