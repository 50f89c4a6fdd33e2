#include "sim/experiment/picks.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "sim/experiment/milestones.h"

namespace outagesim {
namespace {

// What a replication says of itself, passed on as bytes.
struct Said {
  float harm = 0;
  float distance = 0;  // NaN: nothing to compare
};

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

void Picker::tell(const Replication& replication, std::string& text) const {
  const Said said{static_cast<float>(harm_of(model_, replication)),
                  static_cast<float>(distance_of(model_, replication))};
  char bytes[sizeof said];
  std::memcpy(bytes, &said, sizeof said);
  text.append(bytes, sizeof said);
}

bool Picker::take(std::string_view text) {
  for (; text.size() >= sizeof(Said); text.remove_prefix(sizeof(Said))) {
    Said said;
    std::memcpy(&said, text.data(), sizeof said);
    const double distance = static_cast<double>(said.distance);
    const bool nearer =
        !std::isnan(distance) && (!nearest_ || distance < distance_);
    if (nearer) {
      nearest_ = harms_.size();
      distance_ = distance;
    }
    harms_.push_back(said.harm);
  }
  return true;
}

Notes Picker::notes() {
  return {[this](const Replication& replication, std::string& text) {
            tell(replication, text);
          },
          [this](std::string_view text) { return take(text); }};
}

Picked Picker::picked() const {
  Picked picked;
  picked.recorded = nearest_;
  if (harms_.empty()) return picked;
  std::vector<std::uint64_t> order(harms_.size());
  std::iota(order.begin(), order.end(), std::uint64_t{0});
  std::ranges::sort(order, {}, [&](std::uint64_t i) {
    return std::pair(harms_[static_cast<std::size_t>(i)], i);
  });
  picked.median = order[(order.size() - 1) / 2];
  const auto worst = std::ranges::max_element(harms_);
  picked.worst = static_cast<std::uint64_t>(worst - harms_.begin());
  return picked;
}

}  // namespace outagesim
