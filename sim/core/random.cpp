#include "sim/core/random.h"

#include <Random123/philox.h>

namespace outagesim {

std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                    const std::array<std::uint64_t, 2>& key) {
  const r123::Philox4x64::ctr_type in{
      {counter[0], counter[1], counter[2], counter[3]}};
  const r123::Philox4x64::key_type k{{key[0], key[1]}};
  const auto out = r123::Philox4x64{}(in, k);
  return {out[0], out[1], out[2], out[3]};
}

std::array<std::uint64_t, 4> Stream::compute_block(std::uint64_t block) const {
  auto bits = philox({block, key_.purpose, key_.entity, key_.replication},
                     {key_.seed, 0});
  // Complementing all bits but keeping the lowest bit of the 53 odd mirrors
  // the uniform exactly: 1 - u.
  if (key_.antithetic) {
    for (auto& word : bits) word = ~word;
  }
  return bits;
}

}  // namespace outagesim
