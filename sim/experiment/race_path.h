// One way in which an incident may go, as products and people see it.
#pragma once

#include <vector>

#include "models/analysis/race_serving.h"
#include "models/compiled/user_impact.h"

namespace outagesim {

// Of one product; times in seconds from the strike, infinite: never.
struct RacePath {
  double left = 0;        // until the horizon
  double seen_until = 0;  // an end before this is known to be one
  double availability = 1;
  bool is_out = false, is_substantial = false;
  double recovered = 0, mitigated = 0;
  double said = 0;
  bool has_people = false;
  double user_minutes_lost = 0, users_affected = 0;
};

class RacePaths {
 public:
  explicit RacePaths(const Model& model);

  double users() const { return users_; }  // of all products
  // Valid until the next call. O(units log units + hours).
  const RacePath& follow(const RaceServing& serving, std::uint32_t product,
                         const RaceRun& run);

 private:
  struct Step {
    double at = 0;
    std::uint32_t stride = 0;
  };

  void list_stretches(const RaceServing& serving, const RaceRun& run);
  void hurt_people(std::uint32_t product);

  const Model& model_;
  std::vector<CompiledPopulation> people_;  // without what they do about it
  double users_ = 0;
  double left_ = 0;
  std::vector<Step> steps_;
  std::vector<Stretch> stretches_;  // of the absolute share served
  RacePath path_;
};

}  // namespace outagesim
