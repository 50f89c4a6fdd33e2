#include "sim/experiment/first_outages.h"

#include <algorithm>

namespace outagesim {

FirstOutages::FirstOutages(const Model& model)
    : begins_(model.begins),
      lasts_(model.horizon - model.begins),
      times_(model.products.size()) {}

void FirstOutages::look(const Replication& replication) {
  if (replication.abandoned) return;
  std::vector<double> first(times_.size(), lasts_.value);
  for (const OutageRecord& outage : replication.outages) {
    double& its = first[outage.product];
    its = std::min(its, outage.onset - begins_.value);
  }
  const std::lock_guard guard(lock_);
  for (std::size_t i = 0; i < first.size(); ++i) times_[i].add(first[i]);
}

}  // namespace outagesim
