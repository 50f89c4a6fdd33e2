#include "sim/engine/caches.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/effects.h"

namespace outagesim {
namespace {

struct Cache {
  const CompiledNeed& need;
  const Need& law;
  NeedState& state;
  NeedDrive& drive;
};

Cache cache_at(World& world, NeedId id) {
  const CompiledNeed& need = world.model.graph.needs[id];
  return {need, world.model.graph.need_laws[need.law],
          world.health.needs[need.state], world.drives[need.state]};
}

bool is_failing(const Cache& cache) { return cache.drive.level > 0; }

Seconds time_of_expiry(const Need& law, Probability level) {
  return law.grace ? Seconds{quantile(*law.grace, level)} : Seconds{0};
}

Seconds time_of_recovery(const Need& law, Probability level) {
  Seconds slowest{0};
  for (const auto* each : {&law.refill, &law.forget}) {
    if (*each) slowest = std::max(slowest, Seconds{quantile(**each, level)});
  }
  return slowest;
}

// When the curve passes the middle of step k (1 … kSteps), from its start.
Seconds time_of_step(const Cache& cache, std::uint32_t k) {
  const Probability level{(k - 0.5) / kSteps};
  return is_failing(cache) ? time_of_expiry(cache.law, level)
                           : time_of_recovery(cache.law, level);
}

// The common tick nearest to `at`, at most half a step of the curve away. So
// the curves of many cells move at the same instants, and what follows from
// them is worked out once for all: of the 300 clusters of 11 December this left
// a fifth of the time.
Seconds tick_of(const World& world, const Cache& cache, Seconds at) {
  const CacheTicks& ticks = world.ticks[cache.need.law];
  const Seconds tick = is_failing(cache) ? ticks.expiry : ticks.recovery;
  // Halfway between multiples: where a curve's steps are, if it starts at one.
  return tick > Seconds{0} ? tick * (std::floor(at / tick) + 0.5) : at;
}

// The steps of a uniform curve come evenly; others have no common pace.
Seconds step_of(const Boxed<Distribution>& law) {
  const auto* uniform = law ? std::get_if<Uniform>(&law->law()) : nullptr;
  return uniform ? Seconds{(uniform->high - uniform->low) / kSteps}
                 : Seconds{0};
}

// Takes the steps that are due now and schedules the next one.
void advance_curve(World& world, NeedId id) {
  const Cache cache = cache_at(world, id);
  NeedDrive& drive = cache.drive;
  while (drive.step < kSteps) {
    const Seconds at = tick_of(
        world, cache,
        drive.since + time_of_step(cache, drive.step + 1) - drive.shift);
    if (at > world.now) {
      schedule(world, at,
               {EventKind::kCacheStep, cache.need.state, 0, drive.epoch});
      break;
    }
    ++drive.step;
  }
  const double done = static_cast<double>(drive.step) / kSteps;
  if (is_failing(cache)) {
    cache.state.expired = done;
  } else {
    cache.state.residual = drive.from * (1 - done);
  }
  world.propagation.mark(cache.need.owner);
}

void start_curve(World& world, NeedId id, double done) {
  const Cache cache = cache_at(world, id);
  NeedDrive& drive = cache.drive;
  ++drive.epoch;
  drive.since = world.now;
  drive.step = static_cast<std::uint32_t>(std::lround(done * kSteps));
  drive.shift = drive.step == 0 ? Seconds{0} : time_of_step(cache, drive.step);
  advance_curve(world, id);
}

}  // namespace

void prepare_caches(World& world) {
  for (const Need& law : world.model.graph.need_laws) {
    CacheTicks ticks;
    ticks.expiry = step_of(law.grace);
    if (!law.forget) ticks.recovery = step_of(law.refill);
    world.ticks.push_back(ticks);
  }
}

void cached_target_changed(World& world, NeedId id) {
  const Cache cache = cache_at(world, id);
  const double level = 1 - reach(world.model.graph, world.health, cache.need);
  const double was = cache.drive.level;
  if (level == was) return;
  cache.drive.level = level;
  cache.drive.cause = world.cause;
  if (was == 0) {  // what was still failing has, in effect, run out already
    const double expired = cache.state.residual;
    cache.state.residual = 0;
    start_curve(world, id, expired);
  } else if (level == 0) {
    cache.drive.from = cache.state.expired * was;
    cache.state.expired = 0;
    start_curve(world, id, 0);
  }
}

void cache_step(World& world, std::uint32_t state) {
  world.cause = world.drives[state].cause;
  advance_curve(world, world.model.graph.stateful[state]);
}

}  // namespace outagesim
