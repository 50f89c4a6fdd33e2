// "did you mean …?": the hint that a mistyped word gets.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/text.h"

namespace outagesim {

// The hint that names the closest candidate, or "" if none is close.
// `candidates`: a vector, array or span of texts.
template <class Candidates>
std::string did_you_mean(std::string_view word, const Candidates& candidates) {
  const auto match = closest_match(word, std::span(candidates));
  return match ? "did you mean \"" + *match + "\"?" : "";
}

// The same at the end of a sentence: `; did you mean "ttr"?`.
template <class Candidates>
std::string or_did_you_mean(std::string_view word,
                            const Candidates& candidates) {
  const std::string hint = did_you_mean(word, candidates);
  return hint.empty() ? "" : "; " + hint;
}

// Of the keys of a map.
template <class Map>
std::string did_you_mean_key(std::string_view word, const Map& map) {
  std::vector<std::string> keys;
  keys.reserve(map.size());
  for (const auto& [key, _] : map) keys.push_back(key);
  return did_you_mean(word, keys);
}

}  // namespace outagesim
