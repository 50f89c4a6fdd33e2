// How two scenarios differ, in the words of their language: value by value.
#pragma once

#include <span>
#include <string>

#include "models/scenario/key_texts.h"
#include "viz/table.h"

namespace outagesim {

enum class Change { kChanged, kAdded, kRemoved };

struct Difference {
  Change change = Change::kChanged;
  std::string path;
  std::string before, after;
};

// Preconditions: both ascending by path. In the order of the paths.
std::vector<Difference> differences(std::span<const KeyText> before,
                                    std::span<const KeyText> after);

// "  ~ fault.power.ends   lognormal(...) → 200 min", a line each.
std::string to_text(std::span<const Difference> all, const TextStyle& style);
std::string to_json(std::span<const Difference> all);

}  // namespace outagesim
