// A system in which one incident touches 10,000 services, whatever else there
// is: a store goes down for an hour, with it the hundred that need it, and with
// each of them those that need it; all others stand on nothing.
#pragma once

#include <string>

namespace outagesim {

inline constexpr int kTouchedServices = 10'000;

inline std::string touched_fleet(int services) {
  std::string toml =
      "[scenario]\nstart = 2025-01-06T00:00:00Z\nhorizon = \"1 d\"\n"
      "[fault.dies]\nat = \"1 h\"\nwhere = \"store\"\neffect = \"down\"\n"
      "ends = \"1 h\"\n"
      "[service.web]\nkind = \"product\"\nneeds = [\"s0\"]\n"
      "[service.store]\n";
  constexpr int kMiddle = 100;
  for (int i = 0; i + 2 < services; ++i) {
    toml += "[service.s" + std::to_string(i) + "]\n";
    if (i + 2 >= kTouchedServices) continue;
    const std::string needed =
        i < kMiddle ? "store" : "s" + std::to_string(i % kMiddle);
    toml += "needs = [\"" + needed + "\"]\n";
  }
  return toml;
}

}  // namespace outagesim
