#include "models/scenario/validate.h"

#include "models/scenario/checks.h"

namespace outagesim {

void validate(const Scenario& scenario, Mistakes& mistakes) {
  const Names names = collect_names(scenario, mistakes);
  check_services(names);
  check_failures(names);
  check_faults(names);
  check_responses(names);
  check_remedies(names);
  check_endings(names);
  check_load(names);
  check_people(names);
  check_objectives(names);
}

}  // namespace outagesim
