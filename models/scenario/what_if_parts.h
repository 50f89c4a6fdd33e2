// The answers to what_if(), one a question. Internal to this folder. Each
// changes the scenario in place.
#pragma once

#include <string>

#include "models/scenario/scenario.h"

namespace outagesim {

// Precondition of all: the service exists.
void make_redundant(Scenario& scenario, const std::string& service);
void remove_service(Scenario& scenario, const std::string& service);
// False if the service has no failures of its own.
bool improve_availability(Service& service, Probability availability);

enum class SpeedStage : std::uint8_t {
  kDetect,
  kEngage,
  kDiagnose,
  kMitigate,
  kRestore
};
// Divides the stage's times by `factor`; how many laws it found.
size_t make_faster(Scenario& scenario, SpeedStage stage, double factor);

}  // namespace outagesim
