// What both samplers of rare outages share: the plain process runs on, and from
// each of its whole moments an excursion tries for the outage, which ends when
// all is whole again. What is tried in a cycle is forgotten in the next, so
// that no weight grows with the horizon.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "models/base/text.h"
#include "sim/experiment/rare_race.h"
#include "sim/experiment/rare_tally.h"

namespace outagesim {

// What the excursions of one path add up to.
struct RareSum {
  double weight = 0;
  double nearly = 0;  // the greatest weight that was one event from a hit
  std::uint64_t hits = 0, steps = 0;

  void hit(double by) {
    weight += by;
    ++hits;
  }
  void add(const RareSum& other) {
    weight += other.weight;
    nearly = std::max(nearly, other.nearly);
    hits += other.hits;
    steps += other.steps;
  }
};

// A race, and the work that may still be done in it.
struct RareCourse {
  Race race;
  RareWork work;

  // One step, and one of what may become of it. False where the horizon comes
  // first.
  bool step(RaceState& state, Stream& stream, double share, double& weight) {
    if (!race.next(state, stream, share, weight)) return false;
    race.settle(state, race.drawn_outcome(stream, share > 0, weight), stream);
    work.move(race.looked_at());
    return true;
  }
  bool ends_whole(const RaceState& state) {
    return !race.is_out(state) && race.is_whole(state);
  }
};

inline constexpr double kForced =
    0.5;  // of biased steps, where repairs compete

// What is found down already, which is no whole moment.
template <class Excursion>
void try_beginning(RareCourse& course, Excursion& excursion, Stream& stream,
                   RareSum& sum) {
  if (!course.race.begins_in_equilibrium()) return;
  double weight = 1;
  RaceState state = course.race.begin(stream, true, weight);
  if (course.ends_whole(state)) return;
  excursion(course, std::move(state), weight, stream, sum);
}

// From a whole moment: where no set time comes first, the first failure is made
// to come before the horizon [Lewis84].
template <class Excursion>
void try_whole(RareCourse& course, Excursion& excursion, RaceState state,
               Stream& stream, RareSum& sum) {
  double weight = 1;
  const double share = state.endings.empty() ? 1 : kForced;
  if (!course.step(state, stream, share, weight)) return;
  ++sum.steps;
  if (course.ends_whole(state)) return;
  excursion(course, std::move(state), weight, stream, sum);
}

// `excursion(course, state, weight, stream, sum)` tries from a state that is
// not whole. False if the work ended before the path did.
template <class Excursion>
bool rare_path(RareCourse& course, Excursion& excursion, Stream& stream,
               RareTally& tally) {
  RareSum sum;
  std::uint64_t plain = 0;
  double one = 1;
  course.work.path();
  try_beginning(course, excursion, stream, sum);
  RaceState state = course.race.begin(stream, false, one);
  while (!course.work.spent() && !course.race.is_out(state)) {
    if (course.race.is_whole(state)) {
      try_whole(course, excursion, state, stream, sum);
    }
    if (!course.step(state, stream, 0, one)) break;
    ++plain;
  }
  if (course.work.spent()) return false;
  tally.add({sum.weight, sum.nearly, sum.hits, sum.steps + plain,
             std::max<std::uint64_t>(plain, 1)});
  return true;
}

// Paths until the error is small enough, or the work done. A path under way
// when it ends is dropped: a mean of those that were whole is off by no more
// than what a path longer than all the work would have said [Glynn90].
template <class Excursion>
RareEstimate rare_sampled(RareCourse& course, Excursion& excursion,
                          const RareOptions& options, std::string_view method) {
  RareTally tally(options);
  bool goes_on = true;
  for (std::uint64_t i = 0; goes_on && !tally.enough(); ++i) {
    Stream stream({options.seed, i, name_hash(method), 0});
    goes_on = rare_path(course, excursion, stream, tally);
  }
  RareEstimate estimate = tally.estimate(method);
  estimate.cut_short = !goes_on;
  return estimate;
}

}  // namespace outagesim
