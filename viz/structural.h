// The structural blast radius as the reports tell it: what falls when a fault's
// places are down for long. Known without simulation.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace outagesim {

struct StructuralRow {
  std::uint32_t fault = 0;                    // into Plan::faults
  std::uint32_t services = 0;                 // fall, redundancy working
  std::uint32_t without = 0;                  // fall, with switch-over off
  std::vector<std::string> products;          // of those with redundancy
  std::vector<std::string> products_without;  // of those without
};

}  // namespace outagesim
