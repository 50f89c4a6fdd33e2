// The version of this build, as CMakeLists.txt states it (`project`).
#pragma once

#include <string_view>

namespace outagesim {

std::string_view version();  // "MAJOR.MINOR.PATCH"

}  // namespace outagesim
