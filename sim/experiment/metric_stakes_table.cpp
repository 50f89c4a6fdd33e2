#include <algorithm>

#include "sim/experiment/metric_readers.h"
#include "sim/experiment/metric_stakes.h"

namespace outagesim {
namespace {

using enum Scope;
using enum Measure;

// Told where a population says so.
template <class Says>
bool any_people(const Model& model, Says says) {
  return std::ranges::any_of(
      model.populations,
      [&](const CompiledPopulation& people) { return says(people.stakes); });
}
bool someone_gives_up(const Model& model) {
  return any_people(model, [](const Stakes& s) { return bool{s.patience}; });
}
bool someone_turns(const Model& model) {
  return any_people(model,
                    [](const Stakes& s) { return s.turns_to_it.value > 0; });
}
bool someone_leaves(const Model& model) {
  return any_people(model, [](const Stakes& s) { return s.leaves.value > 0; });
}
bool someone_works(const Model& model) {
  return any_people(model, [](const Stakes& s) { return s.work.value > 0; });
}
bool time_has_value(const Model& model) {
  return any_people(model,
                    [](const Stakes& s) { return s.hour_value.value > 0; });
}
bool has_revenue(const Model& model) {
  return any_people(model, [](const Stakes& s) {
    return s.per_request.value > 0 || (s.pays.value > 0 && s.leaves.value > 0);
  });
}
bool has_credits(const Model& model) {
  return any_people(model, [](const Stakes& s) { return !s.sla.empty(); });
}
bool teams_cost(const Model& model) {
  return std::ranges::any_of(model.plan.teams, [](const CompiledTeam& team) {
    return team.per_hour.value > 0;
  });
}
bool anything_costs(const Model& model) {
  return has_revenue(model) || has_credits(model) || teams_cost(model);
}

}  // namespace

std::vector<Metric> stakes_of_people() {
  const std::vector<Scope> people{kSystem, kProduct, kPopulation, kClass,
                                  kRegion};
  return {
      {"visits_failed", "visits", kAmount, people,
       "visits in which at least one request failed, or that a fall "
       "interrupted",
       readers::visits_failed},
      {"users_gave_up", "users", kAmount, people,
       "distinct people who gave up at least once", readers::gave_up, false, 0,
       someone_gives_up},
      {"user_minutes_elsewhere", "user_min", kAmount, people,
       "minutes that people spent with an alternative instead",
       readers::minutes_elsewhere, false, 0, someone_turns},
      {"users_left", "users", kAmount, people, "people who never come back",
       readers::left, false, 0, someone_leaves},
      {"work_hours_lost", "work_h", kAmount, people,
       "hours of work in which the product did not serve and nothing took its "
       "place",
       readers::work_hours_lost, false, 0, someone_works},
      {"value_lost", "USD", kAmount, people,
       "what the hours lost, and not spent with an alternative, were worth to "
       "people",
       readers::value_lost, false, 0, time_has_value},
  };
}

std::vector<Metric> money() {
  const std::vector<Scope> people{kSystem, kProduct, kPopulation, kClass,
                                  kRegion};
  return {
      {"revenue_lost", "USD", kAmount, people,
       "revenue of failed requests, and a year's bill of people who left",
       readers::revenue_lost, false, 0, has_revenue},
      {"sla_credits", "USD", kAmount, people,
       "bills given back under service-level agreements, months of 30 days",
       readers::sla_credits, false, 0, has_credits},
      {"response_cost",
       "USD",
       kAmount,
       {kSystem},
       "teams' hours, from their first work on an incident to its end",
       readers::response_cost,
       false,
       0,
       teams_cost},
      {"cost_total",
       "USD",
       kAmount,
       {kSystem},
       "the operator's: revenue lost, credits and response",
       readers::cost_total,
       false,
       0,
       anything_costs},
  };
}

}  // namespace outagesim
