// The clocks of a model, each kept once: week profiles and on-call hours laid
// over the time from the model's beginning to the horizon, in hours as the
// clocks on the walls of their zone show them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/compiled/plan.h"
#include "models/scenario/scenario.h"

namespace outagesim {

class ClockBook {
 public:
  // `begins` ≤ 0: see Model::begins.
  ClockBook(const Scenario& scenario, Seconds begins)
      : scenario_(scenario), begins_(begins) {}

  // kNone where no profile is named. Precondition: profile and zone exist.
  std::uint32_t of_profile(const std::optional<Reference>& profile,
                           const std::string& zone);
  // Factor 1 for each hour whose middle is on call, else 0.
  std::uint32_t of_on_call(const OnCall& on_call);

  std::vector<Clock> take() { return std::move(clocks_); }

 private:
  const TimeZone& zone_named(const std::string& name);
  Seconds origin_in(const TimeZone& zone) const;
  std::uint32_t keep(std::vector<double> factor, Seconds origin);

  const Scenario& scenario_;
  Seconds begins_;
  std::map<std::string, TimeZone> zones_;
  std::map<std::string, std::uint32_t> of_profile_and_zone_;
  std::vector<Clock> clocks_;
};

}  // namespace outagesim
