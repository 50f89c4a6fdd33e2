// The rare outages of each product, by every sampler, beside the exact answer
// where the chain is small enough to have one.
#pragma once

#include <optional>
#include <vector>

#include "sim/experiment/rare.h"

namespace outagesim {

struct RareRow {
  std::uint32_t product = 0;  // into Model::products
  RareEstimate estimate;
  std::optional<double> exact;
  double z = 0;  // of the difference; 0 without an exact answer
};

// Products that are no Markov chain have no rows, and a check says why; nor
// have those that nothing can put out.
std::vector<RareRow> rare_outages(const Model& model,
                                  const RareOptions& options = {});

}  // namespace outagesim
