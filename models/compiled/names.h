// From names to positions in a list, for resolving a scenario's references.
#pragma once

#include <cstdint>
#include <string_view>

#include "models/base/name_table.h"
#include "models/compiled/model.h"

namespace outagesim {

// Keeps views of the names: the things must outlive it.
class IdOfName {
 public:
  // Of things with a `name`, in their order.
  template <class Things>
  explicit IdOfName(const Things& things) {
    index_.reserve(things.size());
    for (const auto& thing : things) index_.add(thing.name);
  }

  // The position, or kNone.
  std::uint32_t find(std::string_view name) const { return index_.find(name); }

 private:
  static_assert(NameTable::kNoName == kNone);
  NameTable index_;
};

}  // namespace outagesim
