// The rare outages of each product, by every sampler, beside the exact answer
// where the chain is small enough to have one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/experiment/rare.h"

namespace outagesim {

struct RareRow {
  std::uint32_t product = 0;  // into Model::products
  RareEstimate estimate;
  // The chain's answer; if `fitted`, by phases in the place of laws, or with
  // overlaps left out, so that it is no judge.
  std::optional<double> exact;
  bool fitted = false;
  double z = 0;  // of the difference; 0 without an exact answer
};

// A product that no sampler can take, and why: each part with a way out.
struct RareRefusal {
  std::uint32_t product = 0;
  std::vector<std::string> why;
};
std::vector<RareRefusal> rare_refusals(const Model& model);

// Of the products that are not refused; those that nothing can put out have no
// rows.
std::vector<RareRow> rare_outages(const Model& model,
                                  const RareOptions& options = {});

}  // namespace outagesim
