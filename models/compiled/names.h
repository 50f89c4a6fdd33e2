// From names to positions in a list, for resolving a scenario's references.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "models/compiled/model.h"

namespace outagesim {

// Keeps views of the names: the things must outlive it.
class IdOfName {
 public:
  // Of things with a `name`, in their order.
  template <class Things>
  explicit IdOfName(const Things& things) {
    index_.reserve(things.size());
    for (const auto& thing : things) {
      index_.emplace(thing.name, static_cast<std::uint32_t>(index_.size()));
    }
  }

  // The position, or kNone.
  std::uint32_t find(std::string_view name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? kNone : found->second;
  }

 private:
  std::unordered_map<std::string_view, std::uint32_t> index_;
};

}  // namespace outagesim
