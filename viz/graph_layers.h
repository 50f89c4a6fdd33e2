// In which layer each box of a graph stands: to the right of all that it needs,
// near to those who need it; products to the right of all that is no product.
#pragma once

#include <cstdint>
#include <vector>

#include "models/parts/service.h"

namespace outagesim {

using Neighbours = std::vector<std::vector<std::uint32_t>>;

// A graph of boxes: who needs whom, without repeats.
struct BoxGraph {
  Neighbours targets, owners;
};

// By box, from 0; some layers may be empty. Circles are broken at their first
// member. O((boxes + lines) log boxes).
std::vector<std::uint32_t> layers_of(const BoxGraph& graph,
                                     const std::vector<ServiceKind>& kinds);

}  // namespace outagesim
