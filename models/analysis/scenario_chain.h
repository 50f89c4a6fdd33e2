// A product as a Markov chain, its states found by exploration from the start:
// a state of each part that fails (chain_part.h: background processes, common
// causes, faults at a rate; crew_part.h: those that people end), and of each
// `any` need which alternative is in use and what its switch is about. Times
// that are not exponential enter by fitted phases. What is alike is counted,
// not told apart (alike_parts.h). Answers what a function of the moment cannot:
// switch-over, and the time to the first outage.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/analysis/chain_part.h"
#include "models/analysis/markov_chain.h"
#include "models/compiled/compile.h"

namespace outagesim {

struct ProductChain {
  std::uint32_t product = 0;
  std::vector<std::string> why_not;  // empty: what follows is known
  MarkovChain chain;                 // rates per second
  std::vector<double> initial;       // by state
  std::vector<double> served;        // by state, over baseline
  std::vector<std::uint8_t> out;     // by state: below the outage threshold
  std::uint32_t parts = 0;
  double fit_error = 0;        // largest difference of a fitted law; 0: none
  double uncounted_rate = 0;   // of all parts together, see chain_part.h
  double uncounted_share = 0;  // likewise
  std::vector<double> uncounted_at;  // by state, of people; may be empty
  double uncounted_time = 0;         // s, of each of those
};

struct ProductChainOptions {
  std::uint32_t most_states = 100'000;
  std::uint32_t phases = 8;  // of a fitted law, at most
  // Incidents of people counted at once, by what they should need: more where
  // they are locked out for long.
  std::uint32_t more_room = 1;
};

ProductChain product_chain(const Model& model, std::uint32_t product,
                           const ProductChainOptions& options = {});

// Why a product is no such chain; empty if it is one.
std::vector<std::string> product_chain_doubts(const Model& model,
                                              std::uint32_t product);

// Those of how it serves, whatever fails: restarts that take time, caches,
// switches by hand.
std::vector<std::string> serving_doubts(const Model& model,
                                        std::uint32_t product);

// The nodes that a node's serving depends on, marked.
std::vector<std::uint8_t> serving_cone(const Graph& graph, NodeId node);

// What the chain says of the horizon, and of ever after.
struct ChainAnswers {
  double availability = 1;        // mean share served
  double outage_probability = 0;  // at least one outage begins
  double outages = 0;             // mean number that begin
  double time_within = 0;  // s, mean of the least of first outage and horizon
  double time_to_outage = 0;  // s, mean from the start; infinite if there may
                              // be none, NaN if no solution was found
  double long_run = 1;        // share served for ever after; NaN if it depends
                              // on chance, or if no solution was found
  double residual = 0;        // the larger one of the last two, relative
  double uncounted_rate = 0;  // by ProductChain::uncounted_at, per second
};

// Precondition: chain.why_not is empty. Cost: the chain's fastest rate × the
// time until it settles × moves; beyond `most_work` of them `solved` is false.
struct ChainSolution {
  bool solved = false;
  std::string why_not;
  ChainAnswers answers;
};
ChainSolution solve_chain(const ProductChain& chain, Seconds horizon,
                          double most_work = 1e10);

}  // namespace outagesim
