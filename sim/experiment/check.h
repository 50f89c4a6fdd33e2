// What can be solved exactly, beside what the simulation found: one row for
// each number that both can give, with z-score and verdict, and one for each
// that only the simulation can, with the reason. The verdicts of all rows
// together are wrong of a correct engine with 0.1 % [Holm79].
#pragma once

#include <string>
#include <vector>

#include "models/analysis/exact_products.h"
#include "sim/experiment/first_outages.h"
#include "sim/experiment/metrics.h"
#include "sim/experiment/monte_carlo.h"
#include "sim/stats/estimate.h"

namespace outagesim {

inline constexpr double kFamilyError = 0.001;

enum class CheckVerdict : std::uint8_t {
  kAgrees,
  kDiffers,
  kTooFew,    // the simulation saw too few occasions to say
  kFitOnly,   // by rough phases, or off by no more than the fit may be
  kExactOnly  // no run of this length can estimate it
};
std::string_view verdict_name(CheckVerdict verdict);  // "agrees", …

struct CheckRow {
  Subject subject;
  const Metric* metric = nullptr;
  std::string_view method;  // "decision diagram", "Markov chain", "sum of laws"
  double exact = 0;
  double exact_error = 0;  // numerical, of the exact side
  double fit_error = 0;    // largest difference of a fitted law; 0: none
  // How far the number moved when laws were fitted by half as many phases: a
  // scale of what the fit may be off by, not a bound.
  double fit_moves = 0;
  // "mean"; of a stage "middle" too, and "in time": the share of incidents in
  // which it is over before the fault ends by itself. "within the horizon": the
  // mean of the least of it and the horizon.
  std::string_view measure = "mean";
  Estimate simulated{};
  double z = 0;  // in standard errors; by the exact tail for probabilities
  double p_value = 1;
  CheckVerdict verdict = CheckVerdict::kAgrees;
};

struct UnsolvedPart {
  Subject subject;
  const Metric* metric = nullptr;
  std::string_view method;
  std::vector<std::string> why;
};

// A product's Markov chain, as it was solved.
struct SolvedChain {
  std::uint32_t product = 0;
  std::uint32_t states = 0;
  double residual = 0;  // of its long-run solutions, relative
};

struct CheckReport {
  std::vector<CheckRow> rows;
  std::vector<SolvedChain> chains;
  std::vector<UnsolvedPart> unsolved;
  ExactProducts products;  // cut sets and importance
  std::uint64_t replications = 0;

  bool agrees() const;         // no row differs
  std::size_t judged() const;  // rows that agree or differ
};

inline constexpr std::string_view kInTime = "in time";
inline constexpr std::string_view kWithin = "within the horizon";

// Solves `exact` and lays it beside the simulation of another model, or of the
// same. Precondition: both have the same products and faults, by name. `first`:
// of the same replications, if it was looked at.
CheckReport lay_beside(const Model& exact, const Summary& simulated,
                       const CutSetOptions& cuts = {},
                       const FirstOutages* first = nullptr);

}  // namespace outagesim
