// What one incident does to each product, as integrals over the laws of its
// stages (models/analysis/incident_race.h): times to mitigate and to recover,
// what is not served, who is hurt. A lattice rule, shifted at random so that
// the spread of the shifts tells its error [Cranley76].
#pragma once

#include <string>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/experiment/metrics.h"

namespace outagesim {

enum class RaceMeasure : std::uint8_t { kMean, kMiddle, kShare };

struct RaceNumber {
  Subject subject;
  const Metric* metric = nullptr;
  // A mean is of an amount, or of the times that end within the horizon; a
  // middle is of all of them; a share is a probability, or of outages in which
  // it comes at all.
  RaceMeasure measure = RaceMeasure::kMean;
  double value = 0;
  double error = 0;        // standard error of the integration
  double share_error = 0;  // of the share below a middle, likewise
  double skewness = 0;     // of what a mean is of
};

struct RaceNumbers {
  std::vector<RaceNumber> known;
  std::vector<std::string> why_not;  // by product; empty: it is among the known
  std::string why_no_system;         // likewise
};

// Nothing where no fault strikes at a set time. Points: some twice
// `replications`, at least 16,000 and at most half a million; each costs about
// 10 µs for 40 cells.
RaceNumbers race_numbers(const Model& model, std::uint64_t replications);

}  // namespace outagesim
