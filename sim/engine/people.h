// What the products' states do to people: the harm of each stretch, those whom
// a sudden fall strikes, how many fail at once, and the reports of the crowd.
// Definitions: docs/model.md, section 4.
#pragma once

#include "sim/engine/world.h"

namespace outagesim {

void start_people(World& world);
// A stretch at the product's present state, from the scenario's start.
void harm_people(World& world, std::uint32_t product, Seconds from, Seconds to);
// The product's served fraction has just fallen by `fall`; nothing if it rose.
void strike_people(World& world, std::uint32_t product, Fraction fall);
// Before products change: how many people have been failing at once since the
// last look; and after they have.
void look_at_people_failing(World& world);
void look_again_at_people(World& world);
void finish_people(World& world);

}  // namespace outagesim
