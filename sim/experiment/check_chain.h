// A product's chain for `check`: solved by the finest phases that it has room
// for, and once more by half as many, to see how much the answer hangs on them.
#pragma once

#include <string>
#include <vector>

#include "models/analysis/scenario_chain.h"
#include "sim/experiment/metrics.h"

namespace outagesim {

struct CheckedChain {
  std::vector<std::string> why_not;  // empty: what follows is known
  ChainAnswers answers, coarser;     // the same where no law is fitted
  bool coarser_known = true;
  double fit_error = 0;
  double uncounted_rate = 0, uncounted_share = 0;  // as of ProductChain
  std::uint32_t states = 0;
};

CheckedChain checked_chain(const Model& model, std::uint32_t product);

// What a chain can tell and a run of some length cannot measure: the mean time
// to the first outage, and the share served for ever after. Not in metrics().
const Metric& time_to_outage_metric();
const Metric& steady_availability_metric();

}  // namespace outagesim
