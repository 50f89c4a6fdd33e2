// What is recorded of how long a product was out.
#pragma once

#include <optional>
#include <string_view>

#include "models/compiled/compile.h"

namespace outagesim {

// The recorded time, and the metric that it is a value of.
struct RecordedRecovery {
  std::string_view metric;  // "ttr" or "time_to_full_recovery"
  Seconds took;             // since its recorded onset or the scenario's start
};

// Nothing if neither its recovery nor its full recovery is recorded.
std::optional<RecordedRecovery> recorded_recovery(const Model& model,
                                                  std::uint32_t product);

}  // namespace outagesim
