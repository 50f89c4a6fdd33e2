// A text file in memory, refused early if it is not one: a folder, too large,
// binary.
#pragma once

#include <cstddef>
#include <string>

#include "models/base/parsed.h"

namespace outagesim {

inline constexpr size_t kLargestFile = size_t{512} << 20;  // bytes

// The whole file, or why it cannot be read. Stops at the first zero byte and
// at kLargestFile, so that devices and archives cannot fill the memory.
Parsed<std::string> read_text_file(const std::string& path);

// Whether a TOML key has so many dotted parts that parsing or freeing its
// tables could exhaust the stack. O(text).
bool nests_too_deep(const std::string& text);

}  // namespace outagesim
