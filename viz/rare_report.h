// Rare outages for people and for programs: the probability of one within the
// horizon, how far to trust it, and what was gained over plain simulation.
#pragma once

#include <span>
#include <string>

#include "sim/experiment/rare_check.h"
#include "viz/table.h"

namespace outagesim {

std::string rare_text(const Model& model, std::span<const RareRow> rows,
                      const TextStyle& style);
std::string rare_csv(const Model& model, std::span<const RareRow> rows);

}  // namespace outagesim
