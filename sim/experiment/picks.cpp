#include "sim/experiment/picks.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/experiment/milestones.h"

namespace outagesim {
namespace {

double distance_of(const Model& model, const Replication& replication) {
  constexpr double kLeast = 60;       // s: a minute is near enough
  constexpr double kMissing = 4.605;  // a factor of 100
  double sum = 0;
  for (const CompiledObservation& observed : model.observed) {
    const auto sample = milestone_of(observed, replication);
    const double simulated = sample ? std::max(kLeast, sample->value) : 0;
    sum += sample ? std::abs(std::log(simulated /
                                      std::max(kLeast, observed.at.value)))
                  : kMissing;
  }
  return model.observed.empty()
             ? kUndefined
             : sum / static_cast<double>(model.observed.size());
}

}  // namespace

double harm_of(const Model& model, const Replication& replication) {
  double harm = 0;
  for (const PopulationRecord& people : replication.populations) {
    harm += people.harm.user_seconds_lost;
  }
  if (!model.populations.empty()) return harm;
  for (const ProductRecord& product : replication.products) {
    harm += product.outage_time;
  }
  return harm;
}

void Picker::look(const Replication& replication) {
  const auto harm = static_cast<float>(harm_of(model_, replication));
  const double distance = distance_of(model_, replication);
  const auto index = replication.index;
  const std::scoped_lock lock(mutex_);
  if (harms_.size() <= index) {
    harms_.resize(static_cast<std::size_t>(index) + 1, std::nanf(""));
  }
  harms_[static_cast<std::size_t>(index)] = harm;
  ++seen_;
  const bool nearer = distance < distance_ ||
                      (nearest_ && distance == distance_ && index < *nearest_);
  if (!nearer) return;
  nearest_ = index;
  distance_ = distance;
}

bool Picker::has_seen(std::uint64_t finished) const {
  return seen_ == finished;
}

Picked Picker::picked() const {
  std::vector<std::pair<float, std::uint64_t>> order;
  for (std::size_t i = 0; i < harms_.size(); ++i) {
    if (!std::isnan(harms_[i])) order.emplace_back(harms_[i], i);
  }
  Picked picked;
  picked.recorded = nearest_;
  if (order.empty()) return picked;
  std::ranges::sort(order);
  picked.median = order[(order.size() - 1) / 2].second;
  picked.worst = std::ranges::lower_bound(
                     order, std::pair(order.back().first, std::uint64_t{0}))
                     ->second;
  return picked;
}

}  // namespace outagesim
