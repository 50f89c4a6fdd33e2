// Points that fill the unit cube more evenly than chance does: a Korobov
// lattice of full period [LEcuyer00], moved by a random shift and folded so
// that what is integrated may differ from one face to the other. Means over
// several shifts are independent and unbiased [Cranley76].
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace outagesim {

class ShiftedLattice {
 public:
  // About so many points, from 1,000 to 32,000.
  ShiftedLattice(std::uint64_t points, std::uint32_t dimensions);

  std::uint32_t points() const { return points_; }
  // The s-th random shift, always the same.
  void shift(std::uint32_t s);
  // Valid until the next call. All inside (0, 1).
  std::span<const double> point(std::uint32_t i);

 private:
  std::uint32_t points_ = 0;
  std::vector<std::uint64_t> generator_;
  std::vector<double> shift_, point_;
};

}  // namespace outagesim
