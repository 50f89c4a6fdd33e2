// Outages too rare for plain simulation: the probability of at least one within
// the horizon, by two ways that are both unbiased. The plain process runs on,
// and from each of its whole moments an excursion tries for the outage.
// Importance sampling: failures are forced half of the time, all as likely
// [Shahabuddin94; Nicola93], what happens at once by chance is made evener, and
// the rest left to chance, so that weights stay small [Hesterberg95].
// Splitting by RESTART [Villen91]: a path that comes nearer to the outage, by
// the diagram of its structure, is tried again several times from there, and
// what happens seldom at once (a switch that does not turn) is always followed.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/stats/estimate.h"

namespace outagesim {

struct RareOptions {
  std::uint64_t seed = 1;
  double relative_error = 0.05;  // of the estimate: stop when it is this good
  std::uint64_t least_paths = 2000;
  std::uint64_t most_steps = 30'000'000;  // moves in all, then stop anyhow
  std::stop_token stop;                   // asked for: what there is by then
};

struct RareEstimate {
  std::string_view method;
  Estimate probability;
  double relative_error = 0;  // standard error over estimate; infinite: no hit
  // Moves that plain simulation needs for the same error, over those spent.
  double gain = 0;
  std::uint64_t paths = 0;
  std::uint64_t hits = 0;  // outages seen, however weighted
  std::uint64_t steps = 0;
  // Ended by the work it may do, or by who waits: less sure than asked for. A
  // path under way is dropped, and so is what it would have said.
  bool cut_short = false;
};

// Precondition: failure_clock_doubts(model, product) is empty.
RareEstimate rare_by_importance_sampling(const Model& model,
                                         std::uint32_t product,
                                         const RareOptions& options = {});

// How near the outage a state is: level 0 at the start; by default the failures
// done of the least number needed. A poor choice costs precision, not truth.
using SplittingLevel =
    std::function<std::uint32_t(const std::vector<std::uint16_t>& down)>;
RareEstimate rare_by_splitting(const Model& model, std::uint32_t product,
                               const RareOptions& options = {},
                               const SplittingLevel& level = {});

}  // namespace outagesim
