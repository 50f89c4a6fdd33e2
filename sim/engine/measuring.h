// From the served fractions of products to outages, milestones and harm.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

void start_measuring(World& world);
// Products that changed at this instant, once everything has settled: what is
// down and up again at one and the same time is no outage.
void measure_products(World& world);
// The same for one product without people that has gone from all to nothing or
// back, and is never degraded, without a trace. False, and nothing done, in an
// outage that goes on.
bool measure_total(World& world, std::uint32_t product, double served);
// A product has been well for as long as an outage needs to be over.
void outage_over(World& world, std::uint32_t product);
// The horizon: open outages are censored, integrals closed.
void finish_measuring(World& world);

}  // namespace outagesim
