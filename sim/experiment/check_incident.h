// Rows of `check` for what one incident does to each product: the integrals of
// race_integral.h beside what the simulation found.
#pragma once

#include "sim/experiment/check.h"

namespace outagesim {

void add_incident(const Model& exact, const Summary& simulated,
                  CheckReport& report);

}  // namespace outagesim
