#include <algorithm>

#include "models/base/text.h"
#include "viz/report_sections.h"

namespace outagesim::report {
namespace {

// Whether two remedies act on one fault side by side.
bool has_parallel_remedies(const Model& model) {
  return std::ranges::any_of(model.plan.faults, [](const CompiledFault& fault) {
    return fault.remedies.size() > 1;
  });
}

}  // namespace

std::string assumptions(const ReportInput& input, const TextStyle& style) {
  const Scenario& scenario = input.scenario;
  std::vector<std::string> lines;
  if (has_parallel_remedies(input.summary.model())) {
    lines.push_back(
        "The times of remedies that run side by side are "
        "correlated: " +
        significant(scenario.parallel_correlation, 3) + ".");
  }
  if (!scenario.from_incident.empty()) {
    std::vector<std::string> paths;
    paths.reserve(scenario.from_incident.size());
    for (const Reference& path : scenario.from_incident) {
      paths.push_back(path.name);
    }
    lines.push_back("Taken from the incident itself: " + and_list(paths) + ".");
  } else if (!scenario.observed.empty()) {
    lines.push_back("Nothing is marked as taken from the incident itself.");
  }
  std::string rule = "An outage: service below ";
  rule += exact_text(scenario.outage.below.value, NumberKind::kShare);
  rule += " of its baseline, until it holds for ";
  rule += exact_text(scenario.outage.ends_after.value, NumberKind::kDuration);
  rule += "; mitigated at ";
  rule += exact_text(scenario.outage.substantial.value, NumberKind::kShare);
  lines.push_back(rule + ".");
  lines.push_back("Availability is told of the whole time simulated, " +
                  exact_text(scenario.horizon.value, NumberKind::kDuration) +
                  ".");
  std::string text = style.bold("Assumptions") + '\n';
  for (const std::string& line : lines) {
    text += wrapped("  " + line, style.columns(kWidth), 4);
  }
  return text;
}

}  // namespace outagesim::report
