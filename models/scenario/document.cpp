#include "models/scenario/document.h"

#include <string>
#include <utility>

#include "models/base/text.h"
#include "models/scenario/text_file.h"

namespace outagesim {
namespace {

// toml++ opens with "Error while parsing key-value pair: ".
std::string without_preamble(std::string_view description) {
  constexpr std::string_view kPreamble = "Error while parsing ";
  if (description.starts_with(kPreamble)) {
    description.remove_prefix(kPreamble.size());
  }
  return std::string(description);
}

// What people most often mean by a mistake that toml++ words for grammarians.
std::string hint_for(std::string_view description) {
  const auto says = [&](std::string_view words) {
    return description.find(words) != std::string_view::npos;
  };
  if (says("cannot redefine")) return "a name is defined once";
  if (says("unescaped control")) return "is a closing quote missing?";
  return "";
}

Mistake already_defined(const Document& document, const toml::key& again,
                        const toml::key& first) {
  const SourcePosition at = position_in(document, again.source());
  return {at, columns_until(at, again.source().end.column),
          '"' + std::string(again.str()) + "\" is defined twice",
          "it is already at " + to_text(position_in(document, first.source()))};
}

void merge_level(Document& document, toml::table& into, toml::table& from,
                 Mistakes& mistakes) {
  for (auto&& [key, node] : from) {
    const auto found = into.find(key);
    if (found == into.end()) {
      into.insert(key, std::move(node));
    } else {
      mistakes.add(already_defined(document, key, found->first));
    }
  }
}

void merge_section(Document& document, const toml::key& key, toml::node& node,
                   Mistakes& mistakes) {
  const auto found = document.root.find(key);
  if (found == document.root.end()) {
    document.root.insert(key, std::move(node));
  } else if (found->second.is_table() && node.is_table()) {
    merge_level(document, *found->second.as_table(), *node.as_table(),
                mistakes);
  } else if (found->second.is_array() && node.is_array()) {
    for (toml::node& element : *node.as_array()) {
      found->second.as_array()->push_back(std::move(element));
    }
  } else {
    mistakes.add(already_defined(document, key, found->first));
  }
}

}  // namespace

SourcePosition position_in(const Document& document,
                           const toml::source_region& region) {
  for (const Document::File& file : document.files) {
    if (file.id == region.path) {
      return {file.source, region.begin.line, region.begin.column};
    }
  }
  return {};
}

std::optional<toml::table> parse_into(Document& document,
                                      const std::string& path, std::string text,
                                      Mistakes& mistakes) {
  const auto source = make_source_file(path, std::move(text));
  std::string rest;
  if (document.plain) rest = take_plain_services(source, *document.plain);
  const std::string& for_table = document.plain ? rest : source->text;
  if (nests_too_deep(for_table)) {
    mistakes.add(
        {{source, 0, 0}, 1, "a key has more than 64 dotted parts", {}});
    return std::nullopt;
  }
  try {
    toml::table table =
        toml::parse(std::string_view(for_table), std::string(path));
    document.files.push_back({table.source().path, source});
    return table;
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    mistakes.add({{source, at.line, at.column},
                  1,
                  "not valid TOML: " + without_preamble(error.description()),
                  hint_for(error.description())});
    return std::nullopt;
  }
}

void merge_tables(Document& document, toml::table from, Mistakes& mistakes) {
  for (auto&& [key, node] : from) {
    merge_section(document, key, node, mistakes);
  }
}

const toml::node* node_at(const toml::table& root,
                          std::span<const std::string> path) {
  const toml::node* node = &root;
  for (const std::string& part : path) {
    const toml::table* table = node->as_table();
    node = table ? table->get(part) : nullptr;
    if (!node) return nullptr;
  }
  return node;
}

std::optional<std::vector<std::string>> split_path(std::string_view path) {
  Mistakes ignored;
  Document scratch;
  std::optional<toml::table> table =
      parse_into(scratch, "path", std::string(path) + " = 0", ignored);
  if (!table || table->size() != 1) return std::nullopt;
  std::vector<std::string> parts;
  const toml::node* node = &*table;
  while (const toml::table* inner = node->as_table()) {
    if (inner->size() != 1) return std::nullopt;
    parts.emplace_back(inner->begin()->first.str());
    node = &inner->begin()->second;
  }
  return parts;
}

}  // namespace outagesim
