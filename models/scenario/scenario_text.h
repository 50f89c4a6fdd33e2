// A scenario kept as text, to be read again and again with other settings
// without reading its files each time; and the numbers that stand in it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/base/error.h"
#include "models/scenario/load.h"
#include "models/scenario/scenario.h"
#include "models/scenario/scenario_number.h"

namespace outagesim {

struct Document;

class ScenarioText {
 public:
  // Reads the files. Throws an InputError with all mistakes there are.
  ScenarioText(const std::string& path, const LoadOptions& options);
  ~ScenarioText();
  ScenarioText(const ScenarioText&) = delete;
  ScenarioText& operator=(const ScenarioText&) = delete;

  const Scenario& scenario() const { return scenario_; }

  // Numbers of faults, changes, common causes, stages, responses, remedies,
  // communication, services and populations, in the order of their paths. Of a
  // law its scale and its shape; no lists. O(document).
  std::vector<ScenarioNumber> numbers() const;
  // The number at a path, such as "fault.power.ends" (its times) or
  // "fault.power.ends.sigma"; a UsageError beginning with `option` if there is
  // none. O(document).
  ScenarioNumber number_at(const std::string& path,
                           const std::string& option) const;

  // The scenario with these settings too; nothing, and mistakes, if they make
  // it wrong. May be called by several threads at once. O(document).
  std::optional<Scenario> with(std::span<const std::string> settings,
                               Mistakes& mistakes) const;

 private:
  std::unique_ptr<const Document> document_;
  Scenario scenario_;
};

}  // namespace outagesim
