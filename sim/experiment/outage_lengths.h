// How often and how long each product is out: the little that is told of a
// strategy beside its differences. Merges like a Summary, to the last bit, and
// costs much less.
#pragma once

#include <vector>

#include "sim/experiment/metrics.h"
#include "sim/stats/proportion.h"
#include "sim/stats/survival.h"

namespace outagesim {

class OutageLengths {
 public:
  // Precondition: the model outlives this.
  explicit OutageLengths(const Model& model);

  void add(const Replication& replication);
  // Precondition: of the same model.
  void merge(const OutageLengths& other);

  const Model& model() const { return *model_; }
  // As the metrics outage_probability and ttr: at least one outage within the
  // horizon, and the middle time from onset to end. Precondition: a product.
  Estimate probability(std::uint32_t product) const;
  Estimate middle(std::uint32_t product) const;

 private:
  const Model* model_;
  std::vector<Proportion> out_;   // by product
  std::vector<Survival> lasted_;  // by product
  Samples samples_;
  std::vector<WatchedTime> times_;  // scratch
};

}  // namespace outagesim
