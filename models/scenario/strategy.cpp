#include "models/scenario/strategy.h"

#include <algorithm>

namespace outagesim {
namespace {

void add_combinations(const std::vector<std::string>& names, size_t size,
                      size_t from, const std::string& so_far,
                      std::vector<std::string>& out) {
  if (size == 0) {
    out.push_back(so_far);
    return;
  }
  for (size_t i = from; i + size <= names.size(); ++i) {
    const std::string next =
        so_far.empty() ? names[i]
                       : so_far + std::string(kStrategyPlus) + names[i];
    add_combinations(names, size - 1, i + 1, next, out);
  }
}

}  // namespace

std::string combined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : std::string(kStrategyPlus)) + name;
  }
  return text;
}

std::vector<std::string> combine(const std::vector<std::string>& names,
                                 size_t size) {
  std::vector<std::string> combinations;
  for (size_t n = 2; n <= std::min(size, names.size()); ++n) {
    add_combinations(names, n, 0, "", combinations);
  }
  return combinations;
}

}  // namespace outagesim
