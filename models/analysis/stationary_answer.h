// How the long-run probabilities of a Markov chain are asked for, and what
// comes of it; see stationary.h.
#pragma once

#include <cstdint>
#include <vector>

namespace outagesim {

enum class StationaryMethod : std::uint8_t {
  kByItself,  // elimination up to 400 states, else Gauss-Seidel
  kElimination,
  kGaussSeidel,
  kBiCgStab
};

struct StationaryOptions {
  StationaryMethod method = StationaryMethod::kByItself;
  double precision = 1e-12;  // relative change still to come of any state
  std::uint32_t most_sweeps = 100'000;
};

struct StationaryAnswer {
  std::vector<double> probability;
  // Largest |flow in - flow out| of a state, of the largest flow of any.
  double residual = 0;
  std::uint32_t sweeps = 0;  // 0: not iterative
  bool converged = false;    // to the precision asked for
};

}  // namespace outagesim
