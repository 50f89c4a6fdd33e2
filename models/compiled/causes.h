// The causes of a model that can be switched off: each fault and change, the
// background failures of each service, each common cause. Without one of them
// every other part keeps its draws, for these belong to names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

enum class CauseKind : std::uint8_t {
  kFault,
  kBackground,  // all failures of one service, cell by cell or whole
  kCommonCause
};

struct SwitchableCause {
  CauseKind kind = CauseKind::kFault;
  std::string name;         // "power", "failures of api", "platform"
  std::uint32_t index = 0;  // of the fault, the service or the common cause
};

// In the order of faults, services, common causes; faults and changes that can
// only follow another one's are causes too. O(plan).
std::vector<SwitchableCause> switchable_causes(const Model& model);

// The model as it would be with only those of its causes for which `keep` is
// true, which is as long as the list above. O(model).
Model with_causes(const Model& model, const std::vector<bool>& keep);

}  // namespace outagesim
