// What people and machines do about a fault: notice it (a race of signals),
// engage, diagnose, apply remedies cell by cell, and tell their users.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/base/source.h"
#include "models/base/units.h"
#include "models/parts/distribution.h"
#include "models/parts/place.h"

namespace outagesim {

// One way to notice. The first signal detects the fault.
struct Signal {
  std::string name;  // "monitor", "alerts", "author", "crowd", …
  SourcePosition at;
  std::optional<Distribution> time;  // s from the fault's start; crowd: none
  std::optional<Reference> through;  // works as well as this service serves
  Fraction blind{0};  // share of its speed that is left when that is down
  std::optional<double> reports;  // crowd: reports in 15 min that suffice
};

struct Diagnosis {
  Distribution time;                        // s
  Probability wrong{0};                     // a wrong diagnosis …
  std::optional<Distribution> wrong_costs;  // s, … costs this much more
  std::optional<Reference> through;         // telemetry that it needs
  double blind_factor = 1;  // diagnosis takes so many times longer without it
};

struct Response {
  std::string name;
  SourcePosition at;
  std::vector<Reference> faults;  // `for`; default: the fault of its name
  std::optional<Reference> team;
  std::vector<Signal> detect;
  std::optional<Distribution> engage;  // s; absent: at once
  std::optional<Diagnosis> diagnose;   // absent: known at once
};

struct OnCall {
  double from_hour = 0, to_hour = 24;  // local hours; to may be past midnight
  bool weekends = true;
  std::string zone = "UTC";
  Distribution delay_outside;  // s, added to engage outside these hours
};

struct Team {
  std::string name;
  SourcePosition at;
  std::uint32_t responders = 1;
  std::optional<OnCall> on_call;
  std::optional<Reference> escalates_to;
  Seconds escalates_after{0};    // of waiting for a responder
  std::optional<Seconds> shift;  // work longer than this is handed over …
  Seconds hand_over{0};          // … at this cost of time
  Money per_hour{0};             // of the team, while it is at an incident
};

// What a remedy does to each cell it reaches.
struct RemedyEffect {
  enum class What : std::uint8_t {
    kRepair,    // ends the fault on the cell
    kUndo,      // the same for a change: takes it back
    kSwitch,    // `subject` (an `any` need) turns to a working alternative
    kDrop,      // `subject` (a need) is no longer made
    kTraffic,   // requests to `subject` (a service) go to its working cells
    kLoad,      // demand on the cell × amount
    kCapacity,  // capacity of the cell × amount
    kFlush,     // `subject` (a service) loses its queue, and callers' retries
  };
  What what = What::kRepair;
  std::optional<Reference> subject;
  double amount = 1;
};

enum class CellOrder : std::uint8_t {
  kGiven,  // service by service in the order listed, else declared
  kMixed,  // round robin over the listed services
  kLargestFirst,
  kSmallestFirst,
  kRandom,
};

struct Remedy {
  std::string name;
  SourcePosition at;
  std::vector<Reference> faults;   // `for`
  std::optional<Reference> team;   // absent: the response's
  std::optional<Reference> after;  // another remedy that must be done first
  Distribution first;  // s until the first cell works; one draw an incident
  std::optional<Distribution> rest;  // s from the first to the last cell
  CellOrder order = CellOrder::kGiven;
  std::vector<Reference> order_of;  // services
  std::optional<CellChoice> only;   // acts on these of the cells only
  RemedyEffect does;
  std::vector<Reference> needs;  // to_repair: waits while these are down
  std::optional<Distribution> break_glass;  // s to get in by another door
  Probability works{1};
};

// Stage laws by name: "detect", "engage", "diagnose", "mitigate", "rollback"…
struct StageLibrary {
  std::string name;
  SourcePosition at;
  std::map<std::string, Distribution> laws;
};

// What the operator says and when, for each incident.
struct Communication {
  SourcePosition at;
  std::optional<Reference> page;  // the status page; may itself be down
  std::optional<Distribution> acknowledged;  // s after detection
  std::optional<Distribution> cause_found;   // s after diagnosis
  std::optional<Distribution> estimate;      // s after cause_found
  std::optional<Distribution> resolved;      // s after the last outage ended
};

}  // namespace outagesim
