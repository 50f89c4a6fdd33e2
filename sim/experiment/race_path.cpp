#include "sim/experiment/race_path.h"

#include <algorithm>
#include <limits>

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;

}  // namespace

RacePaths::RacePaths(const Model& model)
    : model_(model), people_(model.populations) {
  for (CompiledPopulation& people : people_) {
    users_ += people.users.value;
    people.stakes.patience.reset();  // told apart, not asked for here
  }
  left_ = (model.horizon - model.plan.faults[0].trigger.at).value;
}

const RacePath& RacePaths::follow(const RaceServing& serving,
                                  std::uint32_t product, const RaceRun& run) {
  path_ = {.left = left_,
           .seen_until = left_ - model_.outage.ends_after.value,
           .said = run.said};
  path_.is_out = serving.served[0] < model_.outage.below.value - kEqual;
  path_.is_substantial =
      serving.served[0] < model_.outage.substantial.value - kEqual;
  list_stretches(serving, run);
  double lost = 0;
  for (const Stretch& stretch : stretches_) {
    lost += (1 - stretch.served / serving.baseline) *
            (stretch.to - stretch.from).value;
  }
  path_.availability = 1 - lost / (model_.horizon - model_.begins).value;
  hurt_people(product);
  return path_;
}

void RacePaths::list_stretches(const RaceServing& serving, const RaceRun& run) {
  const double at = model_.plan.faults[0].trigger.at.value;
  steps_.clear();
  stretches_.clear();
  for (std::size_t i = 0; i < serving.units.size(); ++i) {
    steps_.push_back({run.back[serving.units[i]], serving.stride[i]});
  }
  std::ranges::sort(steps_, {}, &Step::at);
  constexpr double kNever = std::numeric_limits<double>::infinity();
  path_.recovered = path_.mitigated = kNever;
  double from = 0;
  std::uint32_t state = 0;
  const auto add = [&](double to) {
    to = std::min(to, left_);
    if (to <= from) return;
    stretches_.push_back({Seconds{at + from}, Seconds{at + to},
                          serving.served[state] * serving.baseline});
    from = to;
  };
  for (const Step& step : steps_) {
    add(step.at);
    state += step.stride;
    const double served = serving.served[state] + kEqual;
    if (served >= model_.outage.substantial.value) {
      path_.mitigated = std::min(path_.mitigated, step.at);
    }
    if (served >= model_.outage.below.value) {
      path_.recovered = std::min(path_.recovered, step.at);
    }
  }
  add(kNever);
}

void RacePaths::hurt_people(std::uint32_t product) {
  const Plan& plan = model_.plan;
  for (const CompiledPopulation& people : people_) {
    if (people.product != product) continue;
    path_.has_people = true;
    Harm harm;
    const double first = stretches_.empty() ? 1 : stretches_[0].served;
    const double base =
        model_.initial
            .served[model_.graph.services[model_.products[product]].whole];
    strike_active(plan, people, plan.faults[0].trigger.at, {base - first},
                  harm);
    for (const Stretch& stretch : stretches_) {
      if (stretch.served < 1) add_stretch(plan, people, stretch, harm);
    }
    path_.user_minutes_lost += harm.user_seconds_lost / 60;
    path_.users_affected += users_affected(people, harm).value;
  }
}

}  // namespace outagesim
