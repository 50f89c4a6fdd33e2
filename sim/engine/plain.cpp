#include "sim/engine/plain.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "sim/engine/measuring.h"
#include "sim/engine/processes.h"
#include "sim/engine/world.h"

namespace outagesim {
namespace {

// One process more, or one less, of those that take `share` of a product.
void count_turn(PlainProcesses& plain, PlainProcesses::Range range, bool more,
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

// Of the products that have just fallen, as served_changed() has it.
void note_cause(World& world, PlainProcesses::Range range) {
  const PlainProcesses& plain = *world.plain;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const std::uint32_t product = plain.products[i];
    if (plain.down[product] != 1) continue;
    world.products[product].lowered_by = world.cause;
  }
}

void take(World& world, const PlainTurn& turn) {
  PlainProcesses& plain = *world.plain;
  world.now = {turn.time};
  world.cause = cause_of_process(world, turn.process);
  count_turn(plain, plain.takes_down[turn.process], turn.falls != 0,
             plain.down.data(), world.health.served.data());
  if (turn.falls != 0) note_cause(world, plain.takes_down[turn.process]);
  count_turn(plain, plain.degrades[turn.process], turn.falls != 0,
             plain.degraded.data(), world.health.full.data());
}

void measure_changed(World& world) {
  PlainProcesses& plain = *world.plain;
  for (const std::uint32_t product : plain.changed) {
    world.unmeasured[product] = 1;
  }
  plain.changed.clear();
  measure_products(world);
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
  make_first_draws(world);
  for (std::uint32_t i = 0; i < plain.fells.size(); ++i) {
    if (!list_turns(world, i, plain.turns)) return false;
  }
  return true;
}

// Measures once all of an instant has happened. False where two turns are at
// one instant after the beginning.
bool run_measuring(World& world, std::span<const PlainTurn> turns,
                   double until) {
  for (std::size_t i = 0; i < turns.size(); ++i) {
    take(world, turns[i]);
    const bool is_last = i + 1 == turns.size();
    const double next = is_last ? until : turns[i + 1].time;
    const bool at_start = turns[i].time == 0;  // all that was down before
    world.result.events += at_start ? 0 : 1;
    if (next == turns[i].time) {
      if (!at_start) return false;
      continue;
    }
    if (!world.plain->changed.empty()) measure_changed(world);
    if (!end_outages(world, next)) return false;
  }
  return true;
}

// What measuring comes to where a product is all there or in an outage, of
// which nothing has to be compared: four fifths less for a year of ten
// services.
void begin_outage(World& world, const PlainTurn& turn, std::uint32_t product) {
  world.now = {turn.time};
  world.cause = cause_of_process(world, turn.process);
  ProductState& state = world.products[product];
  if (state.outage != kNone) {  // a dip: the outage goes on
    world.health.served[world.plain->nodes[product]] = 0;
    world.unmeasured[product] = 1;
    state.lowered_by = world.cause;
    return measure_products(world);
  }
  const double now = stamp(world);
  world.result.products[product].served_time +=
      now - (state.since + world.model.begins).value;
  state.since = world.now;
  state.served = 0;
  ++state.epoch;
  state.outage = static_cast<std::uint32_t>(world.result.outages.size());
  world.result.steps.push_back({now, product, 0});
  world.result.outages.push_back({.product = product,
                                  .cause = world.cause,
                                  .onset = now,
                                  .worst = now,
                                  .lowest = 0,
                                  .was_substantial = true});
}

void end_outage(World& world, const PlainTurn& turn, std::uint32_t product) {
  world.now = {turn.time};
  ProductState& state = world.products[product];
  const double now = stamp(world);
  OutageRecord& outage = world.result.outages[state.outage];
  outage.lost += now - (state.since + world.model.begins).value;
  state.since = world.now;
  state.served = 1;
  ++state.epoch;
  state.full_since = state.substantial = state.risen = {now};
  world.result.steps.push_back({now, product, 1});
  if (world.model.outage.ends_after > Seconds{0}) {
    return schedule(world, world.now + world.model.outage.ends_after,
                    {EventKind::kOutageOver, product, 0, state.epoch});
  }
  ++world.result.events;  // the next of all: that it is over
  outage.end = outage.substantial = outage.full = now;
  ProductRecord& record = world.result.products[product];
  record.outage_time += now - outage.onset;
  ++record.outages;
  state.outage = kNone;
}

// The same as run_measuring() of such products. Precondition: not at the
// beginning.
bool run_total(World& world, std::span<const PlainTurn> turns) {
  const PlainProcesses& plain = *world.plain;
  const std::uint32_t* const products = plain.products.data();
  std::uint32_t* const down = world.plain->down.data();
  double last = 0;
  for (const PlainTurn& turn : turns) {
    if (turn.time == last || !end_outages(world, turn.time)) return false;
    last = turn.time;
    const PlainProcesses::Range range = plain.takes_down[turn.process];
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      std::uint32_t& count = down[products[i]];
      const std::uint32_t before = count;
      count = turn.falls != 0 ? before + 1 : before - 1;
      if ((before | count) != 1) continue;  // it stays as it was
      turn.falls != 0 ? begin_outage(world, turn, products[i])
                      : end_outage(world, turn, products[i]);
    }
  }
  world.result.events += turns.size();
  return end_outages(world, kForever.value);
}

}  // namespace

bool run_plain(World& world) {
  if (!list_all_turns(world)) return false;
  if (world.stop.stop_requested()) {
    world.result.abandoned = true;
    return true;
  }
  PlainProcesses& plain = *world.plain;
  const auto turns = plain.order.of(plain.turns, world.end.value);
  const auto begun = std::ranges::find_if(
      turns, [](const PlainTurn& turn) { return turn.time > 0; });
  const auto at_start = static_cast<std::size_t>(begun - turns.begin());
  const auto later = turns.subspan(plain.is_total ? at_start : turns.size());
  const double until = later.empty() ? kForever.value : later.front().time;
  const auto first = turns.first(turns.size() - later.size());
  if (!run_measuring(world, first, until)) return false;
  if (!run_total(world, later)) return false;
  note_fallen(world);
  return true;
}

}  // namespace outagesim
