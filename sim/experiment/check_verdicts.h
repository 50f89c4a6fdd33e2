// How the rows of a check are judged, all together: step-down, the smallest
// p-value against the sternest bound [Holm79].
#pragma once

#include "sim/experiment/check.h"

namespace outagesim {

// Sets z and p-value of a row from a difference of means and its variance.
void compare_means(CheckRow& row, double difference, double variance);

// Rows that nothing can be said of keep their verdict; others are given one.
void judge(std::vector<CheckRow>& rows);

}  // namespace outagesim
