// A fault tree in the Open-PSA model exchange format [Epstein08], for other
// tools to solve (SCRAM, XFTA).
#pragma once

#include <string>

#include "models/parts/fault_tree.h"

namespace outagesim {

std::string open_psa_xml(const FaultTree& tree);

}  // namespace outagesim
