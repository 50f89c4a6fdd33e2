#include "sim/stats/paired.h"

namespace outagesim {

void Paired::add(double under_baseline, double under_strategy) {
  baseline.add(under_baseline);
  strategy.add(under_strategy);
  difference.add(under_strategy - under_baseline);
}

void Paired::merge(const Paired& other) {
  baseline.merge(other.baseline);
  strategy.merge(other.strategy);
  difference.merge(other.difference);
}

double Paired::gain() const {
  return (baseline.variance() + strategy.variance()) / difference.variance();
}

}  // namespace outagesim
