// How far a simulated number is from an exact one: the simulated side, z and
// p-value of a row of `check`, for each way in which a number is estimated.
#pragma once

#include "sim/experiment/check.h"

namespace outagesim {

// Null where the simulation has none of it.
const Column* column_of(const Summary& simulated, std::string_view metric,
                        Scope scope);

// Of the times seen to their end. Precondition: there are some.
void compare_times(CheckRow& row, const Survival& times);

// Of a probability, by the binomial law's exact tails.
void compare_probability(CheckRow& row, const Proportion& seen);

// Of a share whose exact side has an error too: the milder of both.
void compare_share(CheckRow& row, const Proportion& seen);

// Of a middle: how surely it is passed by the exact one, what was seen only in
// part included [Kaplan58]. `share_error`: of the share below the exact one.
// False where nothing can be said.
bool compare_middle(CheckRow& row, const Survival& times,
                    double share_error = 0);

// Too few occasions are told, not judged.
void mark_too_few(CheckRow& row, std::uint64_t occasions, double needed);

}  // namespace outagesim
