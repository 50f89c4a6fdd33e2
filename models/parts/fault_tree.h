// A fault tree: gates over basic events, each with a probability, as the
// Open-PSA model exchange format has it [Epstein08]. Data; read by
// models/import, made of a scenario by models/analysis, written by viz.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/base/units.h"

namespace outagesim {

struct BasicEvent {
  std::string name;
  std::string label;  // for people; may be empty
  Probability probability{0};
};

struct FaultGate {
  // `at_least` of its inputs: 1 = or, all of them = and.
  std::string name;
  std::string label;
  std::uint32_t at_least = 1;
  // What it looks at: numbers of gates and of events.
  std::vector<std::uint32_t> gates;
  std::vector<std::uint32_t> events;

  std::size_t inputs() const { return gates.size() + events.size(); }
};

struct FaultTree {
  std::string name;
  std::vector<FaultGate> gates;  // in any order; no circles
  std::vector<BasicEvent> events;
  std::vector<std::uint32_t> tops;  // gates that no other looks at
  std::vector<std::string> notes;   // what is left out, and why
};

}  // namespace outagesim
