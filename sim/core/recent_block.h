// Draws of one stream asked for by index, mostly in a row: a block of four is
// made once, so three in four cost 1 ns instead of 10.
#pragma once

#include "sim/core/random.h"

namespace outagesim {

// The block that was used last.
struct RecentBlock {
  std::uint64_t number = ~std::uint64_t{0};  // none
  std::array<std::uint64_t, 4> bits{};
};

// Stream(key).at(index). Precondition: `recent` is kept for this key alone,
// which is not antithetic.
inline double uniform_at(const StreamKey& key, std::uint64_t index,
                         RecentBlock& recent) {
  if (recent.number != index / 4) {
    recent.number = index / 4;
    recent.bits =
        philox({recent.number, key.purpose, key.entity, key.replication},
               {key.seed, 0});
  }
  return open_uniform(recent.bits[index % 4]);
}

}  // namespace outagesim
