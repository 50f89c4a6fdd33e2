// Strikes as a part of a chain: they come after each other, each hits one of
// several sets of nodes (or each of several members by its own chance), and
// each takes its own time to repair. A state is the phase of the time to the
// next, and how many repairs of each kind are in each phase [Neuts81]. No more
// than so many at once are counted: those beyond are lost, as in a system with
// as many servers and no waiting, and how often that happens is told
// [Erlang17].
#pragma once

#include <optional>

#include "models/analysis/chain_part.h"

namespace outagesim {

struct StrikeKind {
  double share = 1;  // that a strike hits it; each on its own, or just one
  std::vector<NodeLoss> losses;
};

struct StrikeLaw {
  std::string name;
  Distribution between, repair;
  std::vector<StrikeKind> kinds;
  bool one_kind = true;  // a strike hits one kind at most, not each by chance
  bool stationary = false;
};

// Precondition: both laws have finite moments.
std::optional<ChainPart> strike_part(const StrikeLaw& law, LawFits& fits);

}  // namespace outagesim
