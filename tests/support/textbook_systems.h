// Systems with known answers, as books and papers print them: each with its
// source, the question, the answer by every method that can give it, and, where
// a scenario can say the system, what the simulator must find.
#pragma once

#include <cmath>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

namespace outagesim {

struct MethodAnswer {
  std::string method;
  double value = 0;
};

struct SimulatedQuestion {
  std::string scenario;      // TOML without the frame; empty: it cannot say it
  double horizon_hours = 0;  // from new, unless parts say `stationary`
  double known = 0;          // mean served share of the first product …
  bool outage_by = false;    // … or the probability of an outage
  double phases_off = 0;     // how far fitted phases may move it
};

struct TextbookSystem {
  std::string name;
  std::string source;
  std::vector<MethodAnswer> answers;  // two at least
  // What the source prints, and to how much.
  double printed = std::numeric_limits<double>::quiet_NaN();
  double printed_to = 1e-9;
  SimulatedQuestion simulated = {};
};

inline void PrintTo(const TextbookSystem& system, std::ostream* out) {
  *out << system.name;
}

std::vector<TextbookSystem> static_systems();      // independent parts
std::vector<TextbookSystem> repairable_systems();  // shared repair, stand-by
std::vector<TextbookSystem> queueing_systems();
std::vector<TextbookSystem> lifetime_systems();  // until the first failure
std::vector<TextbookSystem> shared_systems();    // common causes, any law

}  // namespace outagesim
