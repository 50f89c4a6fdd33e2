#include "models/scenario/key_texts.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "models/base/error.h"
#include "models/base/text.h"
#include "models/scenario/document.h"

namespace outagesim {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// A part of a path as TOML takes it: bare where it can be.
std::string path_part(std::string_view name) {
  const bool bare = !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  return bare ? std::string(name) : quoted(name);
}

bool is_list_of_tables(const toml::array& list) {
  return !list.empty() && list.front().is_table();
}

// Text inside a list keeps its quotes, by itself it stands without.
std::string value_text(const toml::node& node, bool inside = false) {
  if (const auto* text = node.as_string()) {
    return inside ? quoted(text->get()) : text->get();
  }
  if (const auto* number = node.as_floating_point()) {
    return round_trip(number->get());
  }
  std::ostringstream out;
  if (const toml::array* list = node.as_array()) {
    out << '[';
    for (const toml::node& element : *list) {
      if (&element != &list->front()) out << ", ";
      out << value_text(element, true);
    }
    out << ']';
  } else {
    node.visit([&](const auto& value) { out << value; });
  }
  return out.str();
}

std::string below(std::string path, const std::string& part) {
  if (!path.empty()) path += '.';
  path += part;
  return path;
}

// Elements count from 1.
std::string element_of(std::string path, std::size_t i) {
  path += '[';
  path += std::to_string(i + 1);
  path += ']';
  return path;
}

void collect(const toml::node& node, const std::string& path,
             std::vector<KeyText>& out) {
  if (const toml::table* table = node.as_table()) {
    for (auto&& [key, child] : *table) {
      collect(child, below(path, path_part(key.str())), out);
    }
  } else if (const toml::array* list = node.as_array();
             list != nullptr && is_list_of_tables(*list)) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      collect((*list)[i], element_of(path, i), out);
    }
  } else {
    out.push_back({path, value_text(node)});
  }
}

}  // namespace

std::vector<KeyText> key_texts(const std::string& path,
                               const LoadOptions& options) {
  Mistakes mistakes;
  Document document = read_document(path, mistakes);
  mistakes.throw_if_any();
  apply_settings(document, options.set, mistakes);
  mistakes.throw_if_any();
  std::vector<KeyText> texts;
  collect(document.root, "", texts);
  std::ranges::stable_sort(texts, {}, &KeyText::path);
  return texts;
}

}  // namespace outagesim
