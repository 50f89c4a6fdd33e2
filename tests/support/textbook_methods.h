// The ways in which the tests ask for one number of a textbook system.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/analysis/decision_diagram.h"
#include "models/analysis/markov_chain.h"
#include "models/analysis/stationary.h"
#include "tests/support/textbook_systems.h"

namespace outagesim {

using Marked = std::vector<std::uint8_t>;

// The probability of the marked states by the three solvers.
inline std::vector<MethodAnswer> long_run(const MarkovChain& chain,
                                          const Marked& marked) {
  const auto by = [&](StationaryMethod method) {
    return probability_of(
        stationary(chain, {.method = method, .precision = 1e-13}).probability,
        marked);
  };
  return {{"elimination", by(StationaryMethod::kElimination)},
          {"Gauss-Seidel", by(StationaryMethod::kGaussSeidel)},
          {"BiCGSTAB", by(StationaryMethod::kBiCgStab)}};
}

// A chain of states 0, 1, … with these rates up and down.
inline MarkovChain ladder(const std::vector<double>& up,
                          const std::vector<double>& down) {
  std::vector<ChainMove> moves;
  for (std::uint32_t i = 0; i < up.size(); ++i) {
    moves.push_back({i, i + 1, up[i]});
    if (i < down.size()) moves.push_back({i + 1, i, down[i]});
  }
  return make_chain(static_cast<std::uint32_t>(up.size()) + 1, moves);
}

// A system of independent parts that works or not: its availability by the sum
// over all states, and by the diagram of its failure.
using Works = std::function<bool(const std::vector<bool>& up)>;

inline double by_all_states(const std::vector<double>& up, const Works& works) {
  double sum = 0;
  for (std::uint64_t s = 0; s < (1ULL << up.size()); ++s) {
    std::vector<bool> state;
    double p = 1;
    for (std::size_t i = 0; i < up.size(); ++i) {
      state.push_back(((s >> i) & 1U) != 0);
      p *= state[i] ? up[i] : 1 - up[i];
    }
    if (works(state)) sum += p;
  }
  return sum;
}

using BuildDiagram =
    std::function<DiagramRef(DecisionDiagram&, std::vector<DiagramRef>)>;

// `works` in terms of the parts' working.
inline double by_diagram(const std::vector<double>& up,
                         const BuildDiagram& works) {
  const auto n = static_cast<std::uint32_t>(up.size());
  DecisionDiagram diagram(n);
  std::vector<DiagramRef> parts;
  for (std::uint32_t i = 0; i < n; ++i) parts.push_back(diagram.variable(i));
  return probability_of(diagram, works(diagram, parts), up);
}

// All ups and downs of independent parts as one chain of 2^n states.
inline MarkovChain parts_chain(const std::vector<double>& fail,
                               const std::vector<double>& repair) {
  std::vector<ChainMove> moves;
  const auto states = static_cast<std::uint32_t>(1U << fail.size());
  for (std::uint32_t s = 0; s < states; ++s) {
    for (std::size_t i = 0; i < fail.size(); ++i) {
      const std::uint32_t other = s ^ (1U << i);
      const bool down = ((s >> i) & 1U) != 0;
      moves.push_back({s, other, down ? repair[i] : fail[i]});
    }
  }
  return make_chain(states, moves);
}

inline Marked working_states(std::size_t parts, const Works& works) {
  Marked marked;
  for (std::uint64_t s = 0; s < (1ULL << parts); ++s) {
    std::vector<bool> up;
    for (std::size_t i = 0; i < parts; ++i) up.push_back(((s >> i) & 1U) == 0);
    marked.push_back(works(up) ? 1 : 0);
  }
  return marked;
}

// Every way to the availability of independent parts.
inline std::vector<MethodAnswer> independent(const std::vector<double>& fail,
                                             const std::vector<double>& repair,
                                             const Works& works,
                                             const BuildDiagram& diagram) {
  std::vector<double> up;
  for (std::size_t i = 0; i < fail.size(); ++i) {
    up.push_back(repair[i] / (fail[i] + repair[i]));
  }
  std::vector<MethodAnswer> answers =
      long_run(parts_chain(fail, repair), working_states(fail.size(), works));
  answers.push_back({"all states", by_all_states(up, works)});
  answers.push_back({"diagram", by_diagram(up, diagram)});
  return answers;
}

}  // namespace outagesim
