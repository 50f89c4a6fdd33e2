// A key of the language: its name, type, default, meaning and an example, and
// the function that reads it. One list of keys for each kind of table is the
// single source of the loader, the schema, the reference and `outagesim list`.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/key_info.h"
#include "models/scenario/value.h"

namespace outagesim {

template <class T>
struct Key {
  KeyInfo info;
  void (*read)(const Value&, T&) = nullptr;
};

template <class T>
struct TableType {
  std::string_view name;
  std::string_view header;
  std::string_view meaning;
  std::span<const Key<T>> keys;
};

// The keys of one kind of table and those that another adds.
template <class T, size_t N, size_t M>
constexpr std::array<T, N + M> joined(const std::array<T, N>& a,
                                      const std::array<T, M>& b) {
  std::array<T, N + M> both{};
  std::copy(a.begin(), a.end(), both.begin());
  std::copy(b.begin(), b.end(), both.begin() + N);
  return both;
}

template <class T>
TableInfo describe(const TableType<T>& type) {
  TableInfo info{type.name, type.header, type.meaning, {}};
  for (const Key<T>& key : type.keys) info.keys.push_back(key.info);
  return info;
}

template <class Owner, class T>
Owner owner_of(T Owner::*);

// A reader that fills a member: into<&Team::responders>.
template <auto Member, Range... Limits>
void into(const Value& value, decltype(owner_of(Member))& owner) {
  read_value(value, owner.*Member, Limits...);
}

// Adds a mistake for each key of the table that is not in `known`.
void refuse_unknown_keys(const Value& table, std::string_view header,
                         std::span<const std::string_view> known);
void missing_key(const Value& table, std::string_view header,
                 const KeyInfo& key);

// Reads the keys in the order of the type's list; reports those that are
// unknown or missing. False if the value is not a table.
template <class T>
bool read_table(const Value& value, const TableType<T>& type, T& out) {
  const toml::table* table = value.node->as_table();
  if (!table)
    return expected(value, std::string("a table ") + std::string(type.header));
  size_t found = 0;
  for (const Key<T>& key : type.keys) {
    const auto entry = table->find(key.info.name);
    if (entry != table->end()) {
      ++found;
      key.read({value.in, &entry->second, &entry->first}, out);
    } else if (key.info.fallback == kRequired) {
      missing_key(value, type.header, key.info);
    }
  }
  if (found < table->size()) {
    std::vector<std::string_view> known;
    for (const Key<T>& key : type.keys) known.push_back(key.info.name);
    refuse_unknown_keys(value, type.header, known);
  }
  return true;
}

// The entries of a table in the order they were written.
std::vector<Value> entries_in_order(const Value& table);

// False and a mistake if the key is no name: empty, longer than 200 bytes, or
// with control characters.
bool is_fit_name(const Value& named);

// Reads [section.NAME] tables into `out`, in the order they were written;
// `after` completes each.
template <class T, class After>
void read_each_named(const Value& section, const TableType<T>& type,
                     std::vector<T>& out, After after) {
  if (!section.node->is_table()) {
    expected(section, std::string("tables ") + std::string(type.header));
    return;
  }
  out.reserve(out.size() + section.node->as_table()->size());
  for (const Value& entry : entries_in_order(section)) {
    if (!is_fit_name(entry)) continue;
    T& one = out.emplace_back();
    one.name = std::string(entry.key->str());
    one.at = position_of_key(entry);
    read_table(entry, type, one);
    after(one);
  }
}

template <class T>
void read_named(const Value& section, const TableType<T>& type,
                std::vector<T>& out) {
  read_each_named(section, type, out, [](T&) {});
}

}  // namespace outagesim
