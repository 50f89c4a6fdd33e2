#include "sim/experiment/rare.h"

#include <utility>

#include "sim/experiment/rare_cycles.h"

namespace outagesim {
namespace {

// Until the outage, the horizon, or all is whole again.
void try_biased(RareCourse& course, RaceState state, double weight,
                Stream& stream, RareSum& sum) {
  while (!course.work.spent() && weight > 0) {
    if (course.race.is_out(state)) return sum.hit(weight);
    if (!course.step(state, stream, kForced, weight)) return;
    ++sum.steps;
    if (course.ends_whole(state)) return;
  }
}

}  // namespace

RareEstimate rare_by_importance_sampling(const Model& model,
                                         std::uint32_t product,
                                         const RareOptions& options) {
  RareCourse course{Race(model, product), RareWork(options)};
  return rare_sampled(course, try_biased, options, "importance sampling");
}

}  // namespace outagesim
