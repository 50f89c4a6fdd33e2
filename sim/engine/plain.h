// A shorter way through a replication of a plain model: services that fail and
// are repaired by themselves, of one cell each, whose needs pass on all or
// nothing; no faults, teams, states or load. No process hears of another, so
// the failures and repairs of each are listed at a stretch, then all are put in
// order; what is down is a count for each product, and nothing has to be
// settled. Same draws, same bytes as the general loop, which runs where a trace
// is asked for or two things happen at one instant (engine_plain_test.cpp).
// Together with a summary that counts a replication's times at once it made
// 571,000 instructions of a year of ten services 167,000.
#pragma once

namespace outagesim {

struct World;

// All events of a replication. False, and the replication is to begin anew
// without, where two of them happen at one instant, so that their order
// matters, or there are too many to list. Precondition: world.plain.
bool run_plain(World& world);

}  // namespace outagesim
