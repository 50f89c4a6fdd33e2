// "did you mean …?": the hint that a mistyped word gets.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/text.h"

namespace outagesim {

// The hint that names the closest candidate, or "" if none is close.
template <class Text>
std::string did_you_mean(std::string_view word,
                         std::span<const Text> candidates) {
  const auto match = closest_match(word, candidates);
  return match ? "did you mean \"" + *match + "\"?" : "";
}

// Of the keys of a map.
template <class Map>
std::string did_you_mean_key(std::string_view word, const Map& map) {
  std::vector<std::string> keys;
  keys.reserve(map.size());
  for (const auto& [key, _] : map) keys.push_back(key);
  return did_you_mean<std::string>(word, keys);
}

}  // namespace outagesim
