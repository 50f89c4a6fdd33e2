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

// When the curve passes the middle of step k (1 … kSteps), from its start.
Seconds time_of_step(const Cache& cache, std::uint32_t k) {
  const Probability level{(k - 0.5) / kSteps};
  if (is_failing(cache)) {
    return cache.law.grace ? Seconds{quantile(*cache.law.grace, level)}
                           : Seconds{0};
  }
  Seconds slowest{0};
  for (const auto* law : {&cache.law.refill, &cache.law.forget}) {
    if (*law) slowest = std::max(slowest, Seconds{quantile(**law, level)});
  }
  return slowest;
}

// Takes the steps that are due now and schedules the next one.
void advance_curve(World& world, NeedId id) {
  const Cache cache = cache_at(world, id);
  NeedDrive& drive = cache.drive;
  while (drive.step < kSteps) {
    const Seconds at =
        drive.since + time_of_step(cache, drive.step + 1) - drive.shift;
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
