// What each random number is for. A stream belongs to *what* is drawn: the
// entity is the hash of a name, the purpose is below, the index counts the
// occasions. Values are written into results for ever: append, never renumber.
#pragma once

#include <cstdint>

namespace outagesim {

enum class Purpose : std::uint64_t {
  kTimeToFailure = 1,
  kTimeToRepair = 2,
  kSeverity = 3,
  kStationary = 4,
  kStruck = 5,
  kFaultTime = 6,
  kHappens = 7,
  kTriggerDelay = 8,
  kPlace = 9,
  kDuration = 10,
  kEpisode = 11,
  kRestartShared = 12,
  kRestartOwn = 13,
  kTakesEffect = 14,
  kCatches = 15,
  kRollback = 16,
  kRestart = 17,
  kSwitchDetection = 18,
  kSwitchTime = 19,
  kCoverage = 20,
  kSignal = 21,
  kEngage = 22,
  kOffHours = 23,
  kDiagnose = 24,
  kWrong = 25,
  kWrongCosts = 26,
  kRemedyShared = 27,
  kRemedyFirst = 28,
  kRemedyRest = 29,
  kRemedyWorks = 30,
  kRemedyOrder = 31,
  kBreakGlass = 32,
  kSaid = 33,
  kResidual = 34,
  kOngoing = 40,
  kStaticUp = 41,
  kFleet = 42,
};

// One entity made of two: a cell of a fault, a remedy of an incident.
// [splitmix64's finaliser, Steele14]
constexpr std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2));
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace outagesim
