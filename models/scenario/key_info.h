// What the world may know of the language's tables and keys, without what reads
// them.
#pragma once

#include <string_view>
#include <vector>

namespace outagesim {

// `type` is written in the small language of types.h: "duration", "law |
// stage", "list of name".
struct KeyInfo {
  std::string_view name;
  std::string_view type;
  std::string_view fallback;  // its default as text; kRequired; or empty: none
  std::string_view meaning;
  std::string_view example;    // a value, as TOML
  std::string_view only = {};  // the only choice of `kind` that has it
};
inline constexpr std::string_view kRequired = "required";

// A kind of table. `header` shows how it is written: "[service.NAME]".
struct TableInfo {
  std::string_view name;
  std::string_view header;
  std::string_view meaning;
  std::vector<KeyInfo> keys;
};

}  // namespace outagesim
