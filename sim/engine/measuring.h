// From the served fractions of products to outages, milestones and harm.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

void start_measuring(World& world);
// To be called when a product's node has changed, at each settling, while what
// has happened is of one cause: to find the first that lowers it.
void served_changed(World& world, std::uint32_t product);
// Products that changed at this instant, once everything has settled: what is
// down and up again at one and the same time is no outage.
void measure_products(World& world);
// A product has been well for as long as an outage needs to be over.
void outage_over(World& world, std::uint32_t product);
// The horizon: open outages are censored, integrals closed.
void finish_measuring(World& world);

}  // namespace outagesim
