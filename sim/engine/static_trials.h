// Static questions: each service is up or down with a probability, there is no
// time. 64 trials stand in one machine word, so a gate of the dependency graph
// costs one operation for all of them, and a random bit is drawn only as long
// as it is undecided [Devroye86, ch. XV]: about 7 random words for 64 trials of
// a service. Probabilities are exact to 2^-64.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/base/parsed.h"
#include "models/compiled/compile.h"

namespace outagesim {

using TrialBits = std::uint64_t;  // a trial a bit: 1 is up
inline constexpr std::uint64_t kTrialsPerWord = 64;

// A source of failures of a service.
struct StaticDraw {
  std::uint64_t key = 0;  // hash of a name: its random numbers
  double up = 1;          // probability
};

// At least `need` of the services in targets[first, first + count) are up.
struct StaticGate {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t need = 1;
};

// One for each service; it is up if all its draws and gates are.
struct StaticService {
  std::uint32_t first_draw = 0, draws = 0;
  std::uint32_t first_gate = 0, gates = 0;
};

struct StaticSystem {
  std::vector<StaticService> services;  // by node, a target before its users,
  std::vector<StaticDraw> draws;        // but for circles
  std::vector<StaticGate> gates;
  std::vector<NodeId> targets;
  std::vector<Circle> circles;
};

// The static question that the model asks: all that fails does so by itself,
// in equilibrium, and what a service needs is there or not. An `any` need is
// met by any alternative. Otherwise why it has to do with time.
Parsed<StaticSystem> static_system(const Model& model);

// 64 bits, each 1 with probability p, from the stream of the key.
TrialBits biased_bits(double p, std::uint64_t seed, std::uint64_t word,
                      std::uint64_t key);

// The trials of word number `word`: `up` by node. A pure function of system,
// seed and word. In a circle of needs all are up that can be up together.
// Precondition: up.size() is the number of services.
void simulate_word(const StaticSystem& system, std::uint64_t seed,
                   std::uint64_t word, std::span<TrialBits> up);

}  // namespace outagesim
