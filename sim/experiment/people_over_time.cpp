#include <algorithm>
#include <cmath>

#include "sim/experiment/portrait.h"

namespace outagesim {
namespace {

// One population followed through one replication, as the engine does.
class Crowd {
 public:
  Crowd(const Model& model, const CompiledPopulation& people)
      : model_(model), people_(people), now_(model.begins) {
    const ServiceId product = model.products[people.product];
    base_ = model.initial.served[model.graph.services[product].whole];
    served_ = base_;
    crowd_.last = now_;
  }

  void go_to(Seconds to) {
    while (now_ < to) {
      const Seconds next =
          served_ < 1 ? std::min(to, next_hour(model_.plan, people_, now_))
                      : to;
      advance(people_, next, failing_rate(), crowd_);
      add_stretch(model_.plan, people_, {now_, next, served_, 1}, harm_);
      now_ = next;
    }
  }

  void step(double share_of_baseline) {
    const double fall = served_ - share_of_baseline * base_;
    if (fall > 0) {
      const Users newly =
          strike_active(model_.plan, people_, now_, Fraction{fall}, harm_);
      add_shock(people_, newly.value, crowd_);
    }
    served_ -= fall;
  }

  void add_to(PeopleNow& all) const {
    all.failing += active() * (1 - served_);
    all.reported += crowd_.reported;
    all.minutes_lost += harm_.user_seconds_lost / 60;
  }

 private:
  double active() const {
    return people_.users.value * people_.visits.value *
           people_.visit_length.value * profile_at(model_.plan, people_, now_);
  }
  PerSecond failing_rate() const {
    const double visits = people_.users.value * people_.visits.value *
                          profile_at(model_.plan, people_, now_);
    const double met = 1 - std::pow(served_, people_.requests_per_visit);
    return {visits * met * std::exp(-harm_.exposure)};
  }

  const Model& model_;
  const CompiledPopulation& people_;
  Seconds now_;
  double base_ = 1, served_ = 1;
  Harm harm_;
  CrowdReports crowd_;
};

}  // namespace

namespace {

void follow(const CompiledPopulation& people, const Replication& replication,
            Crowd crowd, const std::vector<Seconds>& grid,
            std::vector<PeopleNow>& all) {
  auto step = replication.steps.begin();
  for (std::size_t i = 0; i < grid.size(); ++i) {
    for (; step != replication.steps.end() && step->t <= grid[i].value;
         ++step) {
      if (step->product != people.product) continue;
      crowd.go_to(Seconds{step->t});
      crowd.step(static_cast<double>(step->served));
    }
    // On a copy: the engine integrates from step to step, and so do we.
    Crowd seen = crowd;
    seen.go_to(grid[i]);
    seen.add_to(all[i]);
  }
}

}  // namespace

std::vector<PeopleNow> people_over_time(const Model& model,
                                        const Replication& replication,
                                        const std::vector<Seconds>& grid) {
  std::vector<PeopleNow> all(grid.size());
  for (const CompiledPopulation& people : model.populations) {
    follow(people, replication, Crowd(model, people), grid, all);
  }
  return all;
}

}  // namespace outagesim
