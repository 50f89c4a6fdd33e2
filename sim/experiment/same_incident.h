// Whether two scenarios tell one incident: a file given twice, or two readings
// of one record. Their places in simulated times depend on each other, so that
// they count once.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

// They begin at the same moment, or record the same kind of milestone at the
// same one, to the second.
bool same_incident(const Model& a, const Model& b);

// For each the first one before it that tells the same incident. O(n^2).
std::vector<std::optional<std::size_t>> told_before(
    std::span<const Model* const> scenarios);

}  // namespace outagesim
