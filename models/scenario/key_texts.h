// A scenario as its author wrote it, value by value: each with its key path,
// after all files and settings are merged. What two scenarios are compared by.
#pragma once

#include <string>
#include <vector>

#include "models/scenario/load.h"

namespace outagesim {

struct KeyText {
  std::string path;  // "fault.power.ends", "observed[1].at"
  std::string text;  // "200 min"; text without quotes

  friend bool operator==(const KeyText&, const KeyText&) = default;
};

// Ascending by path. Throws an InputError if a file is not there or is no TOML;
// what it says is not checked.
std::vector<KeyText> key_texts(const std::string& path,
                               const LoadOptions& options = {});

}  // namespace outagesim
