// Times that are scaled: stages of the response, and times to failure.
#include <cmath>
#include <optional>

#include "models/parts/scaled.h"
#include "models/scenario/what_if_parts.h"

namespace outagesim {
namespace {

struct Faster {
  double factor;
  size_t found = 0;

  void operator()(Distribution& law) {
    law = scaled(law, 1 / factor);
    ++found;
  }
  void operator()(std::optional<Distribution>& law) {
    if (law) (*this)(*law);
  }
  void operator()(Boxed<Distribution>& law) {
    if (law) (*this)(*law);
  }
};

void hasten(std::vector<Response>& responses, SpeedStage stage,
            Faster& faster) {
  for (Response& response : responses) {
    if (stage == SpeedStage::kDetect) {
      for (Signal& signal : response.detect) faster(signal.time);
    } else if (stage == SpeedStage::kEngage) {
      faster(response.engage);
    } else if (response.diagnose) {
      faster(response.diagnose->time);
      faster(response.diagnose->wrong_costs);
    }
  }
}

void hasten_mitigation(Scenario& scenario, Faster& faster) {
  for (Remedy& remedy : scenario.remedies) faster(remedy.first);
  for (Fault& fault : scenario.faults) {
    if (fault.rollout && fault.rollout->check) {
      faster(fault.rollout->check->rollback);
    }
  }
}

void hasten_restoration(Scenario& scenario, Faster& faster) {
  for (Remedy& remedy : scenario.remedies) faster(remedy.rest);
  for (Fault& fault : scenario.faults) {
    if (fault.then) faster(fault.then->takes);
  }
  for (Service& service : scenario.services) faster(service.restart.takes);
}

// MTTF of one process with availability `a`. Where times run from start to
// start, the time to failure holds the repair as well.
double wanted_mean(const BackgroundFailure& failure, double a) {
  const double repair = mean(failure.time_to_repair);
  return failure.start_to_start ? repair / (1 - a) : repair * a / (1 - a);
}

}  // namespace

size_t make_faster(Scenario& scenario, SpeedStage stage, double factor) {
  Faster faster{factor};
  if (stage == SpeedStage::kMitigate) {
    hasten_mitigation(scenario, faster);
  } else if (stage == SpeedStage::kRestore) {
    hasten_restoration(scenario, faster);
  } else {
    hasten(scenario.responses, stage, faster);
  }
  if (stage == SpeedStage::kEngage) {
    for (Team& team : scenario.teams) {
      if (team.on_call) faster(team.on_call->delay_outside);
    }
  }
  return faster.found;
}

bool improve_availability(Service& service, Probability availability) {
  const double each = std::pow(availability.value,
                               1 / static_cast<double>(service.fails.size()));
  bool found = false;
  for (BackgroundFailure& failure : service.fails) {
    const double factor =
        wanted_mean(failure, each) / mean(failure.time_to_failure);
    if (!std::isfinite(factor) || !(factor > 0)) return false;
    failure.time_to_failure = scaled(failure.time_to_failure, factor);
    found = true;
  }
  return found;
}

}  // namespace outagesim
