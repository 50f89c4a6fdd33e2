// A product's chain for `check`: solved by the finest phases that it has room
// for, and once more by half as many, to see how much the answer hangs on them.
#pragma once

#include <string>
#include <vector>

#include "models/analysis/scenario_chain.h"

namespace outagesim {

struct CheckedChain {
  std::vector<std::string> why_not;  // empty: what follows is known
  ChainAnswers answers, coarser;     // the same where no law is fitted
  bool coarser_known = true;
  double fit_error = 0;
  double uncounted_rate = 0, uncounted_share = 0;  // as of ProductChain
};

CheckedChain checked_chain(const Model& model, std::uint32_t product);

}  // namespace outagesim
