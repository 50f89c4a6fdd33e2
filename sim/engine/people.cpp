#include "sim/engine/people.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/incidents.h"

namespace outagesim {
namespace {

double served_to_people(const ProductState& state) {
  return state.served * state.base;
}

// People of one population newly failing a second, while s is served.
PerSecond failing_rate(const World& world, const CompiledPopulation& people,
                       const Harm& harm, double s, Seconds at) {
  if (s >= 1) return {0};
  const double visits = people.users.value * people.visits.value *
                        profile_at(world.model.plan, people, at);
  const double met = 1 - std::pow(s, people.requests_per_visit);
  return {visits * met * std::exp(-harm.exposure)};
}

// While people fail a stretch is told hour by hour, since activity changes with
// the hour and those who have already met the failure do not meet it anew.
void harm_population(World& world, std::uint32_t population, Seconds from,
                     Seconds to) {
  const Plan& plan = world.model.plan;
  const CompiledPopulation& people = world.model.populations[population];
  const ProductState& state = world.products[people.product];
  const double served = served_to_people(state);
  Harm& harm = world.harms[population];
  while (from < to) {
    const Seconds next =
        served < 1 ? std::min(to, next_hour(plan, people, from)) : to;
    advance(people, next, failing_rate(world, people, harm, served, from),
            world.crowds[population]);
    add_stretch(plan, people, {from, next, served, state.full}, harm);
    from = next;
  }
}

void note_users_failing(World& world, Seconds at) {
  double failing = 0, all = 0;
  for (const CompiledPopulation& people : world.model.populations) {
    const double lost = 1 - served_to_people(world.products[people.product]);
    all += people.users.value;
    if (lost <= 0) continue;
    failing += people.users.value *
               active_share(world.model.plan, people, at).value * lost;
  }
  if (failing <= 0) return;
  world.result.users_peak_share =
      std::max(world.result.users_peak_share, failing / all);
}

// All populations' reports together, for the signal that listens to them.
void refresh_crowd(World& world) {
  CompiledPopulation everyone;
  everyone.reports = {1};
  const Seconds now = since_start(world);
  advance(everyone, now, world.crowd_rate, world.crowd);
  if (world.new_reports > 0) {
    add_shock(everyone, world.new_reports, world.crowd);
  }
  double rate = 0;
  for (std::size_t i = 0; i < world.model.populations.size(); ++i) {
    const CompiledPopulation& people = world.model.populations[i];
    const double served = served_to_people(world.products[people.product]);
    rate += people.reports.value *
            failing_rate(world, people, world.harms[i], served, now).value;
  }
  world.crowd_rate = {rate};
}

}  // namespace

void start_people(World& world) {
  CrowdReports quiet;
  quiet.last = since_start(world);
  std::ranges::fill(world.crowds, quiet);
  std::ranges::fill(world.harms, Harm{});
  world.crowd = quiet;
  world.crowd_rate = {0};
  world.new_reports = 0;
  world.last_look = since_start(world);
}

void harm_people(World& world, std::uint32_t product, Seconds from,
                 Seconds to) {
  for (std::uint32_t i = 0; i < world.model.populations.size(); ++i) {
    if (world.model.populations[i].product == product) {
      harm_population(world, i, from, to);
    }
  }
}

void strike_people(World& world, std::uint32_t product, Fraction fall) {
  if (fall.value <= 0) return;
  for (std::size_t i = 0; i < world.model.populations.size(); ++i) {
    const CompiledPopulation& people = world.model.populations[i];
    if (people.product != product) continue;
    const Users newly = strike_active(world.model.plan, people,
                                      since_start(world), fall, world.harms[i]);
    add_shock(people, newly.value, world.crowds[i]);
    world.new_reports += newly.value * people.reports.value;
  }
}

// While nothing changes but the hour of the day, activity does: a look an hour
// meets each hour of every profile.
void look_at_people_failing(World& world) {
  const Seconds now = since_start(world);
  const auto fails = [](const ProductState& state) {
    return served_to_people(state) < 1;
  };
  if (!world.harms.empty() && std::ranges::any_of(world.products, fails)) {
    for (Seconds at = world.last_look + kHour; at < now; at += kHour) {
      note_users_failing(world, at);
    }
  }
  world.last_look = now;
  world.new_reports = 0;
}

void look_again_at_people(World& world) {
  note_users_failing(world, since_start(world));
  if (!world.crowd_is_heard) return;
  refresh_crowd(world);
  crowd_changed(world);
}

void finish_people(World& world) {
  for (std::size_t i = 0; i < world.harms.size(); ++i) {
    const CompiledPopulation& people = world.model.populations[i];
    advance(people, since_start(world), PerSecond{0}, world.crowds[i]);
    world.result.populations[i] = {
        world.harms[i], users_affected(people, world.harms[i]).value,
        world.crowds[i].peak_15min, world.crowds[i].reported};
  }
}

}  // namespace outagesim
