// The table of metrics as Markdown: what docs/results.md holds of it.
#pragma once

#include <string>

namespace outagesim {

std::string metrics_reference();

}  // namespace outagesim
