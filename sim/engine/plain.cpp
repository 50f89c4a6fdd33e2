#include "sim/engine/plain.h"

#include <algorithm>

#include "sim/engine/measuring.h"
#include "sim/engine/processes.h"
#include "sim/engine/world.h"

namespace outagesim {
namespace {

// One process more, or one less, of those that take `share` of a product.
void count(PlainProcesses& plain, PlainProcesses::Range range, bool more,
           std::uint32_t* of, double* share) {
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const std::uint32_t product = plain.products[i];
    const std::uint32_t before = of[product];
    of[product] = more ? before + 1 : before - 1;
    if (before != (more ? 0U : 1U)) continue;
    share[plain.nodes[product]] = more ? 0 : 1;
    plain.changed.push_back(product);
  }
}

void take(World& world, const PlainTurn& turn) {
  PlainProcesses& plain = *world.plain;
  world.now = {turn.time};
  world.cause = cause_of_process(world, turn.process);
  count(plain, plain.takes_down[turn.process], turn.falls, plain.down.data(),
        world.health.served.data());
  if (plain.is_total) return;
  count(plain, plain.degrades[turn.process], turn.falls, plain.degraded.data(),
        world.health.full.data());
}

// Once all of the instant has happened.
void measure_changed(World& world) {
  PlainProcesses& plain = *world.plain;
  if (plain.changed.size() > 1) std::ranges::sort(plain.changed);
  bool left = false;
  for (const std::uint32_t product : plain.changed) {
    if (plain.is_total && measure_total(world, product)) continue;
    world.unmeasured[product] = 1;
    left = true;
  }
  if (left) measure_products(world);
  plain.changed.clear();
}

// The outages that are over before the next turn. False if one is just then.
bool end_outages(World& world, double next) {
  while (!world.queue.empty() && world.queue.next_time().value <= next) {
    if (world.queue.next_time().value == next) return false;
    const auto event = world.queue.pop();
    world.now = event.time;
    ++world.result.events;
    const Event& what = event.payload;
    if (world.products[what.subject].epoch == what.epoch) {
      outage_over(world, what.subject);
    }
  }
  return true;
}

void note_fallen(World& world) {
  const PlainProcesses& plain = *world.plain;
  for (std::uint32_t i = 0; i < plain.fells.size(); ++i) {
    if (world.failures[i] == 0) continue;
    for (std::uint32_t k = plain.fells[i].first; k < plain.fells[i].last; ++k) {
      world.result.fell[plain.services[k]] = 1;
    }
  }
}

bool list_all_turns(World& world) {
  PlainProcesses& plain = *world.plain;
  plain.turns.clear();
  std::ranges::fill(plain.down, 0U);
  std::ranges::fill(plain.degraded, 0U);
  plain.changed.clear();
  for (std::uint32_t i = 0; i < plain.fells.size(); ++i) {
    if (!list_turns(world, i, plain.turns)) return false;
  }
  return true;
}

}  // namespace

bool run_plain(World& world) {
  constexpr std::size_t kLook = 1024;  // turns between two looks for a stop
  if (!list_all_turns(world)) return false;
  PlainProcesses& plain = *world.plain;
  const auto turns = plain.order.of(plain.turns, world.end.value);
  for (std::size_t i = 0; i < turns.size(); ++i) {
    if (i % kLook == 0 && world.stop.stop_requested()) {
      world.result.abandoned = true;
      return true;
    }
    take(world, turns[i]);
    const bool is_last = i + 1 == turns.size();
    const double next = is_last ? kForever.value : turns[i + 1].time;
    const bool at_start = turns[i].time == 0;  // all that was down before
    world.result.events += at_start ? 0 : 1;
    if (next == turns[i].time) {
      if (!at_start) return false;
      continue;
    }
    if (!plain.changed.empty()) measure_changed(world);
    if (!end_outages(world, next)) return false;
  }
  note_fallen(world);
  return true;
}

}  // namespace outagesim
