// From the served fractions of products to outages, milestones and harm.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

void start_measuring(World& world);
// Products that changed at this instant, once everything has settled: what is
// down and up again at one and the same time is no outage.
void measure_products(World& world);
// The same of a product that has just gone from all to nothing or back, where
// that is all that can happen (sim/engine/plain.h), measuring_total.cpp. False,
// and nothing done, in an outage that goes on.
bool measure_total(World& world, std::uint32_t product);
// A product has been well for as long as an outage needs to be over.
void outage_over(World& world, std::uint32_t product);
// The horizon: open outages are censored, integrals closed.
void finish_measuring(World& world);

}  // namespace outagesim
