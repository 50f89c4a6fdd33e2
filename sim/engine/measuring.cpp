#include "sim/engine/measuring.h"

#include <algorithm>
#include <cmath>

#include "models/base/clock_text.h"
#include "sim/engine/people.h"

namespace outagesim {
namespace {

// Fractions are sums of weights: equal up to rounding is equal.
constexpr double kRounding = 1e-9;

NodeId whole_of_product(const World& world, std::uint32_t product) {
  return world.model.graph.services[world.model.products[product]].whole;
}

bool is_well(const World& world, double fraction) {
  return fraction >= world.model.outage.below.value - kRounding;
}
bool is_substantial(const World& world, double fraction) {
  return fraction >= world.model.outage.substantial.value - kRounding;
}

// Closes the stretch that has lasted since the product's last change.
void close_stretch(World& world, std::uint32_t product) {
  ProductState& state = world.products[product];
  const Seconds from = state.since + world.model.begins;
  const Seconds to = since_start(world);
  state.since = world.now;
  if (!(from < to)) return;
  ProductRecord& record = world.result.products[product];
  const double length = (to - from).value;
  record.served_time += state.served * length;
  record.degraded_time += state.served * (1 - state.full) * length;
  if (state.outage != kNone) {
    world.result.outages[state.outage].lost += (1 - state.served) * length;
  }
  if (!world.harms.empty()) harm_people(world, product, from, to);
}

void open_outage(World& world, std::uint32_t product) {
  ProductState& state = world.products[product];
  state.outage = static_cast<std::uint32_t>(world.result.outages.size());
  OutageRecord& outage = world.result.outages.emplace_back();
  outage.product = product;
  outage.cause = state.lowered_by;
  outage.onset = stamp(world);
  const bool of_a_fault = outage.cause < world.last_record.size() &&
                          world.occurrences[outage.cause] > 0;
  world.joined.push_back(of_a_fault ? world.last_record[outage.cause] : kNone);
  if (world.trace) {
    const auto& service =
        world.model.graph.services[world.model.products[product]];
    tell(world, "OUTAGE of " + service.name + " begins",
         outage.cause == kNone ? ""
                               : cause_name(world.model.plan, outage.cause));
  }
}

void follow_outage(World& world, ProductState& state, double was) {
  OutageRecord& outage = world.result.outages[state.outage];
  if (state.served < outage.lowest - kRounding) {
    outage.lowest = state.served;
    outage.worst = stamp(world);
  }
  const bool by_another =
      state.lowered_more || state.lowered_by != outage.cause;
  if (state.served < was && by_another) outage.shared = true;
  if (!is_substantial(world, state.served)) outage.was_substantial = true;
  const bool rises =
      is_substantial(world, state.served) && !is_substantial(world, was);
  if (rises) state.substantial = since_start(world);
  if (!is_well(world, state.served)) {
    ++state.epoch;  // a dip: the outage goes on
  } else if (!is_well(world, was)) {
    state.risen = since_start(world);
    ++state.epoch;
  }
}

void await_full(World& world, ProductState& state) {
  if (!is_well(world, state.served * state.full)) return;
  const auto product =
      static_cast<std::uint32_t>(&state - world.products.data());
  for (auto i = state.awaiting_full; i < world.result.outages.size(); ++i) {
    OutageRecord& outage = world.result.outages[i];
    if (outage.product == product && std::isnan(outage.full) &&
        !std::isnan(outage.end)) {
      outage.full = std::max(outage.end, state.full_since.value);
    }
  }
  state.awaiting_full = kNone;
}

// The outage is over once the product has been well for long enough.
void plan_end(World& world, std::uint32_t product) {
  schedule(world, world.now + world.model.outage.ends_after,
           {EventKind::kOutageOver, product, 0, world.products[product].epoch});
}

void measure(World& world, std::uint32_t product) {
  ProductState& state = world.products[product];
  const NodeId node = whole_of_product(world, product);
  const double served = world.health.served[node] / state.base;
  const double full = world.health.full[node] / world.model.initial.full[node];
  if (served == state.served && full == state.full) return;
  close_stretch(world, product);
  const double was = state.served;
  const bool was_full = is_well(world, state.served * state.full);
  state.served = served;
  state.full = full;
  if (!was_full && is_well(world, served * full)) {
    state.full_since = since_start(world);
  }
  if (!world.harms.empty()) {
    strike_people(world, product, {(was - served) * state.base});
  }
  if (served != was) {
    world.result.steps.push_back(
        {stamp(world), product, static_cast<float>(served)});
  }
  if (state.outage == kNone && !is_well(world, served)) {
    open_outage(world, product);
  }
  if (state.outage != kNone) {
    follow_outage(world, state, was);
    if (is_well(world, served) && !is_well(world, was)) {
      plan_end(world, product);
    }
  } else if (state.awaiting_full != kNone) {
    await_full(world, state);
  }
}

void close_outage(World& world, std::uint32_t product, bool censored) {
  ProductState& state = world.products[product];
  OutageRecord& outage = world.result.outages[state.outage];
  outage.censored = censored;
  // Well for too short a time to count as over, it has lasted so far at least.
  outage.end = is_well(world, state.served) ? state.risen.value : stamp(world);
  const bool holds = !censored || since_start(world) - state.substantial >=
                                      world.model.outage.ends_after;
  if (outage.was_substantial && is_substantial(world, state.served) && holds) {
    outage.substantial = state.substantial.value;
  }
  ProductRecord& record = world.result.products[product];
  record.outage_time += outage.end - outage.onset;
  ++record.outages;
  state.awaiting_full = std::min(state.awaiting_full, state.outage);
  state.outage = kNone;
  if (world.trace) {
    const auto& graph = world.model.graph;
    const std::string& name =
        graph.services[world.model.products[product]].name;
    const std::string lasted = clock_text(Seconds{outage.end - outage.onset});
    // Told at its end, though that is only known once the service has held.
    world.trace->lines.push_back(
        {Seconds{outage.end},
         "OUTAGE of " + name + (censored ? " is still open" : " ends"),
         (censored ? "so far " : "it lasted ") + lasted});
  }
  if (!censored) await_full(world, state);
}

// What only the incidents know: of the last one of the outage's cause that had
// begun by its onset.
void join_incidents(World& world) {
  for (std::size_t i = 0; i < world.joined.size(); ++i) {
    if (world.joined[i] == kNone) continue;
    const IncidentRecord& of = world.result.incidents[world.joined[i]];
    OutageRecord& outage = world.result.outages[i];
    outage.detected = of.detected;
    outage.first_word = of.acknowledged;
    outage.first_cell = of.mitigated;
  }
}

void censor_full_recovery(World& world) {
  for (OutageRecord& outage : world.result.outages) {
    if (!std::isnan(outage.full)) continue;
    const ProductState& state = world.products[outage.product];
    const bool is_full = is_well(world, state.served * state.full);
    outage.full =
        is_full ? std::max(outage.end, state.full_since.value) : stamp(world);
    outage.full_censored = true;
  }
}

void close_incidents(World& world) {
  const double horizon = stamp(world);
  for (IncidentRecord& incident : world.result.incidents) {
    if (!std::isnan(incident.restored)) continue;
    incident.restored = horizon;
    incident.censored = true;
  }
  for (const IncidentRecord& incident : world.result.incidents) {
    if (std::isnan(world.result.first_word)) {
      world.result.first_word = incident.acknowledged;
    }
    if (std::isnan(world.result.first_detected)) {
      world.result.first_detected = incident.detected;
    }
  }
}

}  // namespace

void start_measuring(World& world) {
  for (std::uint32_t p = 0; p < world.products.size(); ++p) {
    ProductState fresh;
    fresh.base = world.model.initial.served[whole_of_product(world, p)];
    fresh.seen = fresh.base;
    world.products[p] = fresh;
  }
  start_people(world);
}

// What only brings a product closer to an outage does not begin it, and what is
// over within the instant has not happened.
void served_changed(World& world, std::uint32_t product) {
  world.unmeasured[product] = 1;
  ProductState& state = world.products[product];
  const double was = state.seen;
  const double now = world.health.served[whole_of_product(world, product)];
  state.seen = now;
  if (now < was) {
    const bool is_first = state.lowered_by == kNone;
    if (!is_first && state.lowered_by != world.cause) state.lowered_more = true;
    if (is_first || is_well(world, was / state.base)) {
      state.lowered_by = world.cause;
    }
  } else if (now > was && is_well(world, now / state.base)) {
    state.lowered_by = kNone;
    state.lowered_more = false;
  }
}

void measure_products(World& world) {
  if (std::ranges::find(world.unmeasured, 1) == world.unmeasured.end()) return;
  const bool has_people = !world.harms.empty() || world.crowd_is_heard;
  if (has_people) look_at_people_failing(world);
  for (std::uint32_t p = 0; p < world.products.size(); ++p) {
    if (world.unmeasured[p] == 0) continue;
    world.unmeasured[p] = 0;
    measure(world, p);
    world.products[p].lowered_by = kNone;
    world.products[p].lowered_more = false;
  }
  if (has_people) look_again_at_people(world);
}

void outage_over(World& world, std::uint32_t product) {
  if (world.products[product].outage != kNone) {
    close_outage(world, product, false);
  }
}

void finish_measuring(World& world) {
  look_at_people_failing(world);
  for (std::uint32_t p = 0; p < world.products.size(); ++p) {
    close_stretch(world, p);
    ProductState& state = world.products[p];
    if (state.outage != kNone) close_outage(world, p, true);
  }
  censor_full_recovery(world);
  finish_people(world);
  close_incidents(world);
  join_incidents(world);
}

}  // namespace outagesim
