// A comparison told to a person: a table that ranks the strategies, and a
// sentence for each; and the same as CSV.
#pragma once

#include <string>

#include "sim/experiment/compare.h"
#include "viz/people_numbers.h"
#include "viz/run_info.h"
#include "viz/table.h"

namespace outagesim {

// What the prices are set against.
struct PriceBasis {
  double incidents_per_year = 1;  // how often what was simulated happens
  double years = 5;  // over which a one-off price is spread, evenly
};

// A strategy's price a year, one-off part included; NaN where not known.
Money price_per_year(const Candidate& candidate, const PriceBasis& basis);

// For each candidate, whether no other is both cheaper a year and at least as
// good in the ranking metric (or as cheap and better). Means decide. What has
// no price is neither on the frontier nor keeps others off it.
std::vector<bool> on_frontier(const Comparison& comparison,
                              const PriceBasis& basis);

struct ComparisonStory {
  const Comparison& comparison;
  PriceBasis basis;
  bool partial = false;
  std::vector<std::string> left_out{};  // combinations that contradict
  // What the table tells, a part for each of these of comparison.metrics();
  // empty: the ranking metric.
  std::vector<std::size_t> rows{};
};

// The strategy's price over what it saves in the ranking metric, in dollars a
// user-hour; NaN where it saves nothing, has no price, and without people.
double price_of_hour(const Comparison& comparison, std::size_t candidate,
                     const PriceBasis& basis);

std::string comparison_report(const ComparisonStory& story,
                              const TextStyle& style);

// A line for each strategy, of the product that is out longest.
std::string strategy_sentences(const ComparisonStory& story,
                               const TextStyle& style);

// A paired difference; the means are told only where, rounded each by its own
// error, they are about as far apart as it is.
struct ToldChange {
  bool by_means = false;  // "from A to B (± m)"; else "by D (± m), from A"
  std::string size;       // D, without its sign
  std::string from;
  std::string to;
  std::string margin;  // " (± m)"; empty where unknown
};
ToldChange told_change(const StrategyEffect& base, const StrategyEffect& effect,
                       NumberKind kind);

// The chance to be the best of all: "84 %", "> 99 %".
std::string chance_text(double p);

// Where the scenario has objectives, a line for each strategy: "redundant:db
// P(SLO) 73.2 % -> 94.6 % (+21.4 ± 0.6)"; else nothing.
std::string slo_lines(const Comparison& comparison, const TextStyle& style);
// Likewise, where anything costs the operator: "redundant:db costs 6.70 M ->
// 1.20 M (-5.5 ± 0.1 M)", "costs 120 k less (± 200 k), from 7.5 M".
std::string cost_lines(const Comparison& comparison, const TextStyle& style);

// strategy,product,metric,unit,mean,difference,ci_low,ci_high,relative,
// variance_ratio,p_best,price_per_year,price_per_user_hour_saved,on_frontier,
// censored
std::string comparison_csv(const ComparisonStory& story);

// The same numbers for programs, under what was run.
std::string comparison_json(const ComparisonStory& story, const RunInfo& info);

}  // namespace outagesim
