// Metrics that add up what is told of populations.
#pragma once

#include <cstdint>

#include "sim/experiment/metric_readers.h"

namespace outagesim::readers {

// The sum of `read(population, record)` over the subject's populations; no
// sample if it has none.
template <class Read>
void add_total(const Model& model, const ReplicationReading& replication,
               Subject subject, Samples& samples, Read read) {
  double sum = 0;
  bool any = false;
  for (std::uint32_t i = 0; i < model.populations.size(); ++i) {
    if (!covers(model, subject, i)) continue;
    any = true;
    sum += read(model.populations[i], replication->populations[i]);
  }
  if (any) samples.push_back({.value = sum});
}

}  // namespace outagesim::readers
