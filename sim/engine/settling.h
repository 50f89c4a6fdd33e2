// The consequences of what has just happened: health spreads to all that stands
// on it, and whoever watches a node is told. What is settled at once must be of
// one cause, World::cause, so that an outage is laid at the right door.
#pragma once

namespace outagesim {

struct World;

// Spreads health until nothing changes any more at this moment.
void settle(World& world);

}  // namespace outagesim
