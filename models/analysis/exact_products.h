// The exact availability of each product, where its failures are independent
// events: the mean share served over the horizon, by decision diagram and
// integration over time; its minimal cut sets; what each event matters. Where
// it cannot be solved it says why, part by part.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/analysis/cut_sets.h"
#include "models/analysis/failure_source.h"
#include "models/analysis/served_function.h"

namespace outagesim {

struct ExactProduct {
  std::uint32_t product = 0;         // into Model::products
  std::vector<std::string> why_not;  // empty: what follows is known
  double availability = 1;   // mean of served over baseline over the horizon
  double error = 0;          // of the integration over time
  bool approximate = false;  // by phases fitted to laws, see fit_error
  double fit_error = 0;
  std::size_t events = 0;  // that it depends on

  // The outage as a Boolean function: served below the threshold. Variables are
  // events; probabilities are the shares of the horizon they are under way.
  double outage_share = 0;  // exact where all are constant, else of those means
  CutSetAnswer cuts;
  std::vector<FailureImportance> importance;  // by event
};

struct ExactProducts {
  FailureSources sources;
  std::vector<double> share_under_way;  // by event, mean over the horizon
  std::vector<ExactProduct> products;   // as Model::products
};

// `phases`: of a law fitted, at most.
ExactProducts exact_products(const Model& model, const CutSetOptions& cuts = {},
                             std::uint32_t phases = 16);

}  // namespace outagesim
