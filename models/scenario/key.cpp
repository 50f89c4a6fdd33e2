#include "models/scenario/key.h"

#include <algorithm>

#include "models/base/suggest.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr size_t kLongestName = 200;  // bytes

bool has_control_character(std::string_view name) {
  return std::ranges::any_of(name, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

// Past the last file for what a patch added.
size_t file_of(const Document& document, const toml::source_region& region) {
  size_t i = 0;
  while (i < document.files.size() && document.files[i].id != region.path) {
    ++i;
  }
  return i;
}

// "[fault.NAME]" with the name of this very table.
std::string header_of(const Value& table, std::string_view header) {
  constexpr std::string_view kName = "NAME";
  std::string text(header);
  const size_t at = text.find(kName);
  if (table.key && at != std::string::npos && at == text.rfind(kName)) {
    text.replace(at, kName.size(), truncate(table.key->str(), 40));
  }
  return text;
}

std::string listed(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) {
    list += (list.empty() ? "" : ", ") + std::string(word);
  }
  return list;
}

// In TOML what follows a table's header belongs to the table, so the plain keys
// of the file must come before the first.
std::string hint_for(std::string_view key,
                     std::span<const std::string_view> known) {
  if (key == "system" || key == "format") {
    return "it belongs to the file: write it above the first [table]";
  }
  const std::string hint = did_you_mean(key, known);
  return hint.empty() ? "its keys: " + listed(known) : hint;
}

}  // namespace

void refuse_unknown_keys(const Value& table, std::string_view header,
                         std::span<const std::string_view> known) {
  for (const auto& [key, node] : *table.node->as_table()) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    wrong_key({table.in, &node, &key},
              "unknown key \"" + std::string(key.str()) + "\" in " +
                  header_of(table, header),
              hint_for(key.str(), known));
  }
}

void missing_key(const Value& table, std::string_view header,
                 const KeyInfo& key) {
  wrong_key(
      table,
      header_of(table, header) + " needs \"" + std::string(key.name) + '"',
      "for example " + std::string(key.name) + " = " +
          std::string(key.example));
}

std::vector<Value> entries_in_order(const Value& table) {
  struct Entry {
    size_t file;
    toml::source_position at;
    Value value;
  };
  const Document& document = table.in->document;
  std::vector<Entry> entries;
  for (const auto& [key, node] : *table.node->as_table()) {
    const toml::source_region& region = order_of(document, key, node);
    entries.push_back(
        {file_of(document, region), region.begin, {table.in, &node, &key}});
  }
  std::ranges::stable_sort(entries, [](const Entry& a, const Entry& b) {
    if (a.file != b.file) return a.file < b.file;
    return a.at < b.at;
  });
  std::vector<Value> values;
  values.reserve(entries.size());
  for (const Entry& entry : entries) values.push_back(entry.value);
  return values;
}

bool is_fit_name(const Value& named) {
  const std::string_view name = named.key->str();
  if (name.empty()) {
    wrong_key(named, "a name must not be empty");
  } else if (name.size() > kLongestName) {
    wrong_key(named, "a name has at most 200 bytes; this one has " +
                         std::to_string(name.size()));
  } else if (has_control_character(name)) {
    wrong_key(named, "a name must not contain control characters");
  } else {
    return true;
  }
  return false;
}

}  // namespace outagesim
