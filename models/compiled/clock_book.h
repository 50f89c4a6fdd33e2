// The clocks of a model, each kept once: week profiles and on-call hours laid
// over the hours of the horizon.
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
  explicit ClockBook(const Scenario& scenario) : scenario_(scenario) {}

  // kNone where no profile is named. Precondition: profile and zone exist.
  std::uint32_t of_profile(const std::optional<Reference>& profile,
                           const std::string& zone);
  // Factor 1 for each hour of the horizon whose middle is on call, else 0.
  std::uint32_t of_on_call(const OnCall& on_call);

  std::vector<Clock> take() { return std::move(clocks_); }

 private:
  const TimeZone& zone_named(const std::string& name);
  std::uint32_t keep(std::vector<double> factor);

  const Scenario& scenario_;
  std::map<std::string, TimeZone> zones_;
  std::map<std::string, std::uint32_t> of_profile_and_zone_;
  std::vector<Clock> clocks_;
};

}  // namespace outagesim
