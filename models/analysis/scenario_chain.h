// A product as a Markov chain: where all that it depends on fails and is
// repaired in exponential times, and switch-over too is instant or exponential,
// its states are found by exploration from the start: which processes are down,
// and of each `any` need which alternative is in use and what its switch is
// about. What is alike is counted, not told apart (alike_processes.h). Answers
// what a function of the moment cannot: switch-over, and the time to the first
// outage.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/analysis/markov_chain.h"
#include "models/compiled/compile.h"

namespace outagesim {

struct ProductChain {
  std::uint32_t product = 0;
  std::vector<std::string> why_not;  // empty: what follows is known
  MarkovChain chain;                 // rates per second; state 0 is the start
  std::vector<double> initial;
  std::vector<double> served;     // by state, over baseline
  std::vector<std::uint8_t> out;  // by state: below the outage threshold
  std::uint32_t processes = 0;
};

struct ProductChainOptions {
  std::uint32_t most_states = 100'000;
};

ProductChain product_chain(const Model& model, std::uint32_t product,
                           const ProductChainOptions& options = {});

// Why a product is no such chain; empty if it is one.
std::vector<std::string> product_chain_doubts(const Model& model,
                                              std::uint32_t product);

// The nodes that a node's serving depends on, marked; and the processes that
// touch those of a product, into Plan::processes.
std::vector<std::uint8_t> serving_cone(const Graph& graph, NodeId node);
std::vector<std::uint32_t> product_processes(const Model& model,
                                             std::uint32_t product);

// What the chain says of the horizon.
struct ChainAnswers {
  double availability = 1;        // mean share served
  double outage_probability = 0;  // at least one outage begins
  double outages = 0;             // mean number that begin
  double time_to_outage = 0;      // s, mean from the start; infinite if never
  double long_run = 1;            // share served for ever after
};

// Precondition: chain.why_not is empty. Cost: the chain's fastest rate ×
// horizon × moves, at most `most_steps`; beyond that `solved` is false.
struct ChainSolution {
  bool solved = false;
  std::string why_not;
  ChainAnswers answers;
};
ChainSolution solve_chain(const ProductChain& chain, Seconds horizon);

}  // namespace outagesim
