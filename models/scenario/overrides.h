// Settings over a document, and what must go with what they replace: a belief
// or a mark that fitted the text as written and no longer fits lapses, for a
// setting overrides anything. Internal to this folder.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "models/scenario/document.h"

namespace outagesim {

// As apply_settings, then takes away what lapses, unless a setting of this
// option says it. Says in `notes`, if not null, which beliefs; marks go
// silently. O(document + beliefs × paths).
void apply_overrides(Document& document, std::span<const std::string> settings,
                     Mistakes& mistakes,
                     std::vector<std::string>* notes = nullptr,
                     const std::string& option = "--set");

// Names of the beliefs that can be read and whose numbers are there.
std::vector<std::string> fitting_beliefs(const Document& document);

}  // namespace outagesim
