// The states of a product's chain, found from its starts: a state of each of
// its parts, and where its switches stand. What is alike is sorted, so that
// states that look the same are one.
#pragma once

#include "models/analysis/scenario_chain.h"

namespace outagesim {

// Fills in what follows `why_not`. `cone`: the nodes that matter, marked.
// Precondition: the parts touch nothing but those, or bear on them besides.
void explore_product(const Model& model, const std::vector<std::uint8_t>& cone,
                     const std::vector<ChainPart>& parts,
                     const ProductChainOptions& options, ProductChain& answer);

}  // namespace outagesim
