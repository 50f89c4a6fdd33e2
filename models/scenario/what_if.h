// Quick questions that need no file: `redundant:SERVICE`, `remove:SERVICE`,
// `improve:SERVICE:availability:0.9999`, `faster:STAGE:FACTOR`,
// `set:PATH=VALUE`. Each is a strategy without a price, made of the scenario's
// values.
#pragma once

#include <string>

#include "models/scenario/load.h"
#include "models/scenario/strategy.h"

namespace outagesim {

// Where the baseline was read from.
struct BaselineFile {
  std::string path;
  LoadOptions options;
};

// The scenario as it would be, its name the question. Throws a UsageError for
// what is no such question, with the closest name. O(scenario).
//
//   redundant  A copy "SERVICE-2" with the same cells, needs and failures, but
//              with draws of its own and not struck by the same faults; all
//              that needed SERVICE turns to it at once when SERVICE serves
//              less than half. Needs that keep their kind, or that people
//              switch, stand on "SERVICE-either", which does the turning.
//   remove     The service, the needs on it and what strikes only it are gone.
//   improve    Times to failure are scaled until MTTF / (MTTF + MTTR) is the
//              availability; of several failure processes each gets its share.
//   faster     Times of a stage are divided by the factor, which is above 1:
//              detect, engage, diagnose, mitigate (remedies until their first
//              cell, roll-backs) or restore (from there on, and restarts).
//   set        As with --set: the file is read once more. Throws an InputError
//              too, its mistakes placed in "--what-if".
StrategyScenario what_if(const Scenario& baseline, const std::string& question,
                         const BaselineFile& file = {});

}  // namespace outagesim
