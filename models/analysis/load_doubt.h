// Where requests queue, what is served hangs on the load that has built up,
// not only on what has failed.
#pragma once

#include <string>

#include "models/compiled/compile.h"

namespace outagesim {

// A bounded station that the product's serving depends on; empty: none.
std::string load_doubt(const Model& model, std::uint32_t product);

}  // namespace outagesim
