// Counter-based random streams: the k-th uniform of a stream is a pure function
// of its key, so a draw belongs to *what* is drawn, never to when, and removing
// one stream shifts no other. Philox4x64-10 [Salmon11], key = (seed, 0),
// counter = (block, purpose, entity, replication); a block is four draws.
#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

namespace outagesim {

// What a stream is for. Two different keys give independent streams.
struct StreamKey {
  std::uint64_t seed = 0;
  std::uint64_t replication = 0;
  std::uint64_t entity = 0;   // hash of a name, so that indices may move
  std::uint64_t purpose = 0;  // which quantity of that entity
  bool antithetic = false;    // draws 1 - u where the plain stream draws u
};

// Philox4x64 with ten rounds [Salmon11]; about 10 ns.
std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                    const std::array<std::uint64_t, 2>& key);

// The odd multiples of 2^-53: inside (0, 1), never an end, and closed under
// u -> 1 - u, which is exact.
constexpr double open_uniform(std::uint64_t bits) {
  return static_cast<double>((bits >> 11) | 1) * 0x1p-53;
}

// The draws of one key, in order or by index. Nothing is computed before the
// first draw, so building a stream for a single draw costs that draw.
class Stream {
 public:
  Stream() = default;
  explicit Stream(const StreamKey& key) : key_(key) {}

  // The next 64 random bits; of an antithetic stream, their complement.
  std::uint64_t next_bits() {
    const std::uint64_t lane = drawn_ % 4;
    if (lane == 0) block_ = compute_block(drawn_ / 4);
    ++drawn_;
    return block_[lane];
  }

  // The next uniform number in the open interval (0, 1).
  double next() { return open_uniform(next_bits()); }

  // The uniform that the (index+1)-th call of next() returns on a fresh stream.
  double at(std::uint64_t index) const {
    return open_uniform(compute_block(index / 4)[index % 4]);
  }

  const StreamKey& key() const { return key_; }

 private:
  std::array<std::uint64_t, 4> compute_block(std::uint64_t block) const;

  StreamKey key_;
  std::uint64_t drawn_ = 0;
  std::array<std::uint64_t, 4> block_{};  // valid while drawn_ % 4 != 0
};

static_assert(std::is_trivially_copyable_v<Stream> && sizeof(Stream) <= 80);

}  // namespace outagesim
