// One thing that a simulation measures: its name, its unit, what it is told of,
// how it is estimated and how it is read from a replication.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/compiled/compile.h"
#include "sim/experiment/reading.h"

namespace outagesim {

// What a number is told of.
enum class Scope : std::uint8_t {
  kSystem,
  kProduct,
  kProductPair,  // one product given another: "chatgpt|api"
  kService,
  kFault,
  kPopulation,
  kClass,  // populations of one class; if there are several
  kRegion
};
inline constexpr int kScopes = 8;

struct Subject {
  Scope scope = Scope::kSystem;
  std::uint32_t index = 0;  // into Model::products, Plan::faults, …
};

// How a metric is estimated.
enum class Measure : std::uint8_t {
  kTime,         // times, some censored: Kaplan-Meier; mean and quantiles,
                 // clustered by replication
  kAmount,       // one number a replication: mean and quantiles
  kNearOne,      // the same of shares close to 1: kept by what they lack
  kRatio,        // total over total, clustered by replication: mean
  kProbability,  // share of replications: probability
  kConditional,  // share of occasions, clustered by replication: probability
  kStructural    // known without simulation: mean
};

// What a reader finds in a replication: a time, an amount, value / of, or
// value = 1 for yes. Censored: the time would have been longer, or the answer
// is not known.
struct Sample {
  double value = 0;
  bool censored = false;
  double of = 1;
};
using Samples = std::vector<Sample>;
using ReadMetric = void (*)(const Model&, const ReplicationReading&, Subject,
                            Samples&);

struct Metric {
  std::string_view name;
  std::string_view unit;  // as in the CSV files
  Measure measure = Measure::kAmount;
  std::vector<Scope> scopes;
  std::string_view meaning;
  ReadMetric read = nullptr;  // kStructural: none
  bool long_run = false;      // told only if the horizon is kLongRun or more
  double least = 0;           // no value lies below, whatever the sample
  bool (*told)(const Model&) = nullptr;  // whether; none: always
};
inline constexpr Seconds kLongRun{28 * 86400};

}  // namespace outagesim
