// Load in words: stations and what is served, by flow and request by request;
// and which loads outlive their trigger.
#pragma once

#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/experiment/metastable.h"
#include "sim/request/compare_fidelity.h"
#include "viz/table.h"

namespace outagesim {

// Stations and calls from outside, as one replication of the flow has them.
std::string load_text(const Model& model, const LoadRecord& record,
                      const RequestWindow& window, const TextStyle& style);

// The two fidelities side by side, and how far the flow may be trusted.
std::string fidelity_text(const Model& model, const FidelityComparison& result,
                          const TextStyle& style);

// load.csv: a row for each stream and bin; what requests met is empty where
// they were not simulated.
std::string load_csv(const Model& model, const RequestWindow& window,
                     const std::vector<std::vector<StreamBin>>& flow,
                     const RequestResult* requests);

std::string metastable_text(const std::vector<MetastableStation>& stations,
                            const TextStyle& style);
// metastable.csv: a row for each station, load and trigger.
std::string metastable_csv(const std::vector<MetastableStation>& stations);
// sweep.csv and its picture: the served share as the load goes up and down.
std::string sweep_csv(const std::vector<SweepPoint>& points);
std::string sweep_svg(const std::string& title,
                      const std::vector<SweepPoint>& points);

}  // namespace outagesim
