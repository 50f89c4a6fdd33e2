#include "models/analysis/incident_race.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/analysis/incident_closing.h"
#include "models/base/normal.h"

namespace outagesim {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

double time_of(const Distribution& law, double u) { return quantile(law, {u}); }

// A time that shares a part of its luck with others.
double time_of(const Distribution& law, double shared, double own, double rho) {
  return quantile(law, correlated_uniform(shared, normal_quantile({own}), rho));
}

}  // namespace

IncidentRace::IncidentRace(const Model& model, std::uint32_t fault)
    : model_(model), fault_(model.plan.faults[fault]), id_(fault) {
  if (fault_.response != kNone) {
    response_ = &model.plan.responses[fault_.response];
  }
  doubt_ = fault_doubt();
  if (doubt_.empty() && response_ != nullptr) doubt_ = response_doubt();
  if (!doubt_.empty()) return;
  list_units();
  if (doubt_.empty()) number_draws();
}

bool IncidentRace::tells() const {
  const auto& says = model_.plan.communication;
  return response_ != nullptr && says && says->acknowledged &&
         says->page == kNone;
}

// As the engine: what a fault or a need of kind `any` looks at first.
void IncidentRace::list_units() {
  for (const PlaceChoice& place : fault_.where) {
    places_.insert(places_.end(), place.nodes.begin(), place.nodes.end());
  }
  const bool switches =
      std::ranges::any_of(fault_.remedies, [&](std::uint32_t id) {
        return model_.plan.remedies[id].effect.what ==
               RemedyEffect::What::kSwitch;
      });
  of_standing_ = fault_.then || switches;
  for (std::uint32_t i = 0; i < places_.size() && !of_standing_; ++i) {
    units_.push_back({.place = places_[i], .position = i});
  }
  if (of_standing_) doubt_ = standing_doubt();
}

void IncidentRace::number_draws() {
  const auto next = [&](std::uint32_t& draw, bool is_needed, std::size_t n) {
    draw = dimensions_;
    if (is_needed) dimensions_ += static_cast<std::uint32_t>(n);
  };
  next(ends_, fault_.ends.has_value(), 1);
  next(diagnose_, response_ != nullptr, 1);
  remedies_.resize(fault_.remedies.size());
  for (std::size_t i = 0; i < remedies_.size(); ++i) {
    remedies_[i].remedy = &model_.plan.remedies[fault_.remedies[i]];
    next(remedies_[i].first, true, 1);
    next(remedies_[i].rest, true, 1);
  }
  next(restart_shared_, fault_.then.has_value(), 1);
  next(shared_, !remedies_.empty(), 1);
  next(wrong_, response_ != nullptr, 1);
  next(costs_, response_ != nullptr, 1);
  next(engage_, response_ != nullptr, 1);
  next(first_signal_, response_ != nullptr,
       response_ == nullptr ? 0 : response_->detect.size());
  next(said_, tells(), 1);
  for (RemedyLaw& law : remedies_) {
    next(law.works, true, 1);
    list_work(law);
  }
  next(first_restart_, fault_.then.has_value(), owners_.size());
}

void IncidentRace::list_work(RemedyLaw& law) const {
  const CompiledRemedy& remedy = *law.remedy;
  const bool turns = remedy.effect.what == RemedyEffect::What::kSwitch;
  for (std::size_t i = 0; i < remedy.cells.size(); ++i) {
    if (turns) {
      const auto unit =
          std::ranges::find(units_, remedy.needs[i], &RaceUnit::need);
      if (unit == units_.end()) continue;
      law.units.push_back(static_cast<std::uint32_t>(unit - units_.begin()));
    } else {
      const auto place = std::ranges::find(places_, remedy.cells[i]);
      if (place == places_.end()) continue;
      law.units.push_back(static_cast<std::uint32_t>(place - places_.begin()));
    }
  }
}

double IncidentRace::back_by_itself(const RaceRun& run,
                                    std::size_t unit) const {
  const RaceUnit& of = units_[unit];
  const double place = run.place_back[of.position];
  return fault_.then && of.need != kNone ? place + run.restarts[of.restart]
                                         : place;
}

void IncidentRace::end_by_itself(std::span<const double> u,
                                 RaceRun& run) const {
  const double ends = fault_.ends ? time_of(*fault_.ends, u[ends_]) : kNever;
  run.place_back.assign(places_.size(), ends);
  run.restarts.clear();
  if (fault_.then) {
    const double shared = normal_quantile({u[restart_shared_]});
    for (std::size_t i = 0; i < owners_.size(); ++i) {
      run.restarts.push_back(time_of(fault_.then->takes, shared,
                                     u[first_restart_ + i],
                                     fault_.then->correlation));
    }
  }
  run.back.clear();
  for (std::size_t i = 0; i < units_.size(); ++i) {
    run.back.push_back(back_by_itself(run, i));
  }
}

// When the cause is known; kNever where all is back before.
double IncidentRace::known_at(std::span<const double> u, RaceRun& run) const {
  run.detected = run.said = kNever;
  if (response_ == nullptr) return kNever;
  const double closes =
      std::max(std::ranges::max(run.back), run.place_back.front());
  double at = response_->detect.empty() ? 0 : kNever;
  for (std::size_t i = 0; i < response_->detect.size(); ++i) {
    at =
        std::min(at, time_of(*response_->detect[i].time, u[first_signal_ + i]));
  }
  if (!(at < closes)) return kNever;
  run.detected = at;
  if (tells()) {
    run.said = at + time_of(*model_.plan.communication->acknowledged, u[said_]);
  }
  if (response_->engage) at += time_of(*response_->engage, u[engage_]);
  if (response_->diagnose) {
    const Diagnosis& law = *response_->diagnose;
    at += time_of(law.time, u[diagnose_]);
    const bool is_wrong = law.wrong_costs && u[wrong_] < law.wrong.value;
    if (is_wrong) at += time_of(*law.wrong_costs, u[costs_]);
  }
  return at < closes ? at : kNever;
}

// One draw for the first cell that it reaches of those still out when it
// begins, the rest spread the others.
void IncidentRace::apply(const RemedyLaw& law, std::span<const double> u,
                         double known, RaceRun& run) const {
  if (u[law.works] >= law.remedy->works.value) return;
  const bool turns = law.remedy->effect.what == RemedyEffect::What::kSwitch;
  const auto is_out = [&](std::uint32_t i) {
    return (turns ? back_by_itself(run, i) : run.place_back[i]) > known;
  };
  auto cells =
      static_cast<std::uint32_t>(std::ranges::count_if(law.units, is_out));
  cells = std::min(cells, law.remedy->at_most);
  const double first =
      known + time_of(law.remedy->first, normal_quantile({u[shared_]}),
                      u[law.first], model_.plan.parallel_correlation);
  const double rest =
      law.remedy->rest ? time_of(*law.remedy->rest, u[law.rest]) : 0;
  const double apart = cells > 1 ? rest / (cells - 1) : 0;
  std::uint32_t n = 0;
  for (const std::uint32_t i : law.units) {
    if (n >= cells) return;
    if (!is_out(i)) continue;
    const double at = first + n++ * apart;
    double& back = turns ? run.back[i] : run.place_back[i];
    back = std::min(back, at);
  }
}

void IncidentRace::run(std::span<const double> u, RaceRun& run) const {
  end_by_itself(u, run);
  const double known = known_at(u, run);
  if (!(known < kNever)) return;
  // What is repaired first may change what others find out.
  for (const RemedyLaw& law : remedies_) apply(law, u, known, run);
  for (std::size_t i = 0; i < units_.size(); ++i) {
    run.back[i] = std::min(run.back[i], back_by_itself(run, i));
  }
}

}  // namespace outagesim
