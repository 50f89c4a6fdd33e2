#include <algorithm>
#include <cmath>
#include <string>

#include "models/base/text.h"
#include "models/scenario/checks.h"

namespace outagesim {
namespace {

int limits_of(const Objective& objective) {
  return objective.availability.has_value() + objective.downtime.has_value() +
         objective.mttr.has_value() + objective.longest.has_value() +
         objective.outages.has_value() + objective.blast_radius.has_value();
}

void check_limit(const Objective& objective, Mistakes& mistakes) {
  if (limits_of(objective) != 1) {
    mistake_at(objective.at,
               '"' + objective.name +
                   "\" has exactly one of availability, downtime, mttr, "
                   "longest, outages and blast_radius",
               "a second limit is a second objective", mistakes);
  } else if (objective.availability && objective.availability->value >= 1) {
    mistake_at(objective.at,
               '"' + objective.name +
                   "\" asks for an availability that leaves no error budget",
               "say less than 100 %, for example \"99.99 %\"", mistakes);
  } else if (!objective.of && !objective.blast_radius) {
    mistake_at(objective.at,
               '"' + objective.name + "\" does not say of which product",
               "for example of = \"shop\"", mistakes);
  }
}

// A slip of the pen: every one of them would be judged in every replication.
constexpr double kMostWindows = 10000;

void check_windows(const Scenario& scenario, const Objective& objective,
                   Mistakes& mistakes) {
  const double windows =
      std::floor(scenario.horizon.value / objective.window.value);
  if (objective.blast_radius || windows <= kMostWindows) return;
  mistake_at(objective.at,
             '"' + objective.name + "\" has windows of " +
                 format_duration(objective.window) + ", so " +
                 format_count(windows) +
                 " of them within the horizon; at most 10,000 can be judged",
             "write a longer one, for example window = \"1 d\"", mistakes);
}

bool has_users(const Scenario& scenario, const Objective& objective) {
  return std::ranges::any_of(
      scenario.populations, [&](const Population& people) {
        return !objective.of || people.uses.name == objective.of->name;
      });
}

}  // namespace

void check_objectives(const Names& names) {
  for (const Objective& objective : names.scenario.objectives) {
    check_limit(objective, names.mistakes);
    check_windows(names.scenario, objective, names.mistakes);
    if (objective.of) check_product(names, *objective.of);
    if (objective.blast_radius && !has_users(names.scenario, objective)) {
      mistake_at(objective.at,
                 '"' + objective.name +
                     "\" limits a share of users, but there are none",
                 "add a table [population.NAME]", names.mistakes);
    }
  }
}

}  // namespace outagesim
