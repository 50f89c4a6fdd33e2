// What measuring comes to where a product is all there or in an outage:
// nothing has to be compared. Took three quarters off the measuring of a year
// of ten services.
#include "sim/engine/measuring.h"

namespace outagesim {
namespace {

// How long the stretch has lasted that ends now.
double end_stretch(const World& world, ProductState& state) {
  const Seconds from = state.since + world.model.begins;
  state.since = world.now;
  return (since_start(world) - from).value;
}

void begin_outage(World& world, std::uint32_t product) {
  ProductState& state = world.products[product];
  world.result.products[product].served_time += end_stretch(world, state);
  state.outage = static_cast<std::uint32_t>(world.result.outages.size());
  OutageRecord& outage = world.result.outages.emplace_back();
  outage.product = product;
  outage.cause = world.cause;
  outage.onset = outage.worst = stamp(world);
  outage.lowest = 0;
  outage.was_substantial = true;
}

void end_outage(World& world, std::uint32_t product) {
  ProductState& state = world.products[product];
  OutageRecord& outage = world.result.outages[state.outage];
  outage.lost += end_stretch(world, state);
  state.full_since = state.substantial = state.risen = since_start(world);
  if (world.model.outage.ends_after > Seconds{0}) {
    schedule(world, world.now + world.model.outage.ends_after,
             {EventKind::kOutageOver, product, 0, state.epoch});
    return;
  }
  ++world.result.events;  // the next of all: that it is over
  outage.end = outage.substantial = outage.full = stamp(world);
  ProductRecord& record = world.result.products[product];
  record.outage_time += outage.end - outage.onset;
  ++record.outages;
  state.outage = kNone;
}

}  // namespace

bool measure_total(World& world, std::uint32_t product) {
  ProductState& state = world.products[product];
  const bool falls = state.served != 0;
  if (falls && state.outage != kNone) return false;
  ++state.epoch;
  state.served = falls ? 0 : 1;
  world.result.steps.push_back({stamp(world), product, falls ? 0.0F : 1.0F});
  falls ? begin_outage(world, product) : end_outage(world, product);
  return true;
}

}  // namespace outagesim
