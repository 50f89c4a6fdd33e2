#include "models/base/version.h"

namespace outagesim {

std::string_view version() { return OUTAGESIM_VERSION; }

}  // namespace outagesim
