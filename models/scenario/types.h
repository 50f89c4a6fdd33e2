// The types that values of the language have, each with what it expects, its
// unit and its JSON Schema. A key's type is written with their names: "law |
// stage" (either), "list of name", "table of need kind/need" (any keys; values
// of either type), a quoted word, or the name of a table or a list of words.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/key_info.h"

namespace outagesim {

struct ValueType {
  std::string_view name;
  std::string_view meaning;
  std::string_view unit;     // "time", "%", or empty
  std::string_view example;  // as TOML
  std::string_view schema;   // JSON Schema of it
};
std::span<const ValueType> value_types();

// A list of words, one of which stands for what it means.
struct WordList {
  struct Word {
    std::string_view word;
    std::string_view meaning;
  };
  std::string_view name;
  std::vector<Word> words;
};
std::vector<WordList> word_lists();

// Every kind of table, from the file down.
std::vector<TableInfo> tables();

// The alternatives of a type: "a | b" gives {"a", "b"}.
std::vector<std::string> alternatives(std::string_view type,
                                      std::string_view separator = " | ");

// The unit of a key's values, for the reference; "" if it has none.
std::string unit_of(std::string_view type);

}  // namespace outagesim
