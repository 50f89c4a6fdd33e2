#include "sim/experiment/metrics.h"

#include <algorithm>

#include "sim/experiment/metric_readers.h"
#include "sim/experiment/metric_stakes.h"
#include "sim/stats/estimate.h"

namespace outagesim {
namespace {

using enum Scope;
using enum Measure;

std::vector<Metric> outage_times() {
  return {
      {"ttd",
       "s",
       kTime,
       {kProduct},
       "time to detect: onset of an outage to the notice of its fault; "
       "negative where a monitor came first; censored where the outage ended "
       "unnoticed",
       readers::ttd,
       false,
       -kUnbounded},
      {"ttm",
       "s",
       kTime,
       {kProduct},
       "time to mitigate: onset until service is back at `substantial` for "
       "good; of outages that fell below it",
       readers::ttm},
      {"ttr",
       "s",
       kTime,
       {kSystem, kProduct},
       "time to recover: onset to end of an outage",
       readers::ttr},
      {"mttr",
       "s",
       kRatio,
       {kSystem, kProduct},
       "mean time to recover: total outage time over number of recoveries; an "
       "outage open at the horizon gives its time but no recovery",
       readers::mttr},
      {"mtbf",
       "s",
       kTime,
       {kSystem, kProduct},
       "time between the onsets of two outages in a row",
       readers::mtbf},
      {"time_to_full_recovery",
       "s",
       kTime,
       {kProduct},
       "onset of an outage until nothing is degraded either",
       readers::time_to_full_recovery},
      {"time_to_first_word",
       "s",
       kTime,
       {kSystem, kProduct},
       "onset of an outage to the operator's first public word; censored "
       "where the outage ended without",
       readers::time_to_first_word,
       false,
       -kUnbounded},
  };
}

std::vector<Metric> outage_counts() {
  return {
      {"downtime",
       "s",
       kAmount,
       {kSystem, kProduct},
       "total length of the outages of a replication",
       readers::downtime},
      {"outages",
       "outages",
       kAmount,
       {kSystem, kProduct},
       "number of outages in a replication",
       readers::outages},
      {"outage_probability",
       "1",
       kProbability,
       {kSystem, kProduct},
       "at least one outage within the horizon",
       readers::any_outage},
      {"outage_over_4h_probability",
       "1",
       kProbability,
       {kSystem, kProduct},
       "at least one outage longer than four hours within the horizon; not "
       "known where one shorter than that is open at the horizon",
       readers::long_outage},
      {"incidents",
       "incidents",
       kAmount,
       {kSystem, kProduct},
       "falls of the served fraction in a replication: incidents before those "
       "that overlap are joined to one outage",
       readers::incidents,
       true},
      {"outages_per_year",
       "1/y",
       kAmount,
       {kSystem, kProduct},
       "outages in 365 days",
       readers::outages_per_year,
       true},
      {"second_outage_within_14d",
       "1",
       kConditional,
       {kSystem, kProduct},
       "after an outage, another begins within 14 days",
       readers::second_outage,
       true},
      {"same_day",
       "1",
       kConditional,
       {kProductPair},
       "`a|b`: on a UTC day on which an outage of b begins, one of a does too",
       readers::same_day,
       true},
  };
}

bool has_objectives(const Model& model) { return !model.objectives.empty(); }

std::vector<Metric> promises() {
  return {
      {"objectives_met",
       "1",
       kConditional,
       {kSystem},
       "share of the time in windows that meet all objectives at once: of a "
       "single window, the probability that it does (where the scenario has "
       "objectives)",
       readers::objectives_are_met,
       false,
       0,
       has_objectives},
  };
}

std::vector<Metric> harm_to_people() {
  return {
      {"availability_time",
       "1",
       kNearOne,
       {kProduct},
       "served fraction over the baseline's, mean over time",
       readers::availability_time},
      {"availability_requests",
       "1",
       kNearOne,
       {kSystem, kProduct, kPopulation},
       "share of the requests that did not fail",
       readers::availability_requests},
      {"failed_requests",
       "requests",
       kAmount,
       {kSystem, kProduct, kPopulation, kClass, kRegion},
       "requests that failed",
       readers::failed_requests},
      {"degraded_requests",
       "requests",
       kAmount,
       {kSystem, kProduct, kPopulation},
       "requests answered, but without all they should show",
       readers::degraded_requests},
      {"users_affected",
       "users",
       kAmount,
       {kSystem, kProduct, kPopulation, kClass, kRegion},
       "distinct people who met at least one failure",
       readers::affected},
      {"user_minutes_lost",
       "user_min",
       kAmount,
       {kSystem, kProduct, kPopulation, kClass, kRegion},
       "minutes in which people would have used what did not work",
       readers::user_minutes_lost},
      {"reports_peak",
       "reports",
       kAmount,
       {kProduct, kPopulation},
       "crowd reports in the worst 15 minutes; of a product, the sum of its "
       "populations' peaks",
       readers::reports_peak},
      {"reports_total",
       "reports",
       kAmount,
       {kSystem, kProduct, kPopulation},
       "crowd reports in all",
       readers::reports_total},
  };
}

std::vector<Metric> blast_radius() {
  return {
      {"blast_services_structural",
       "services",
       kStructural,
       {kSystem, kFault},
       "services that fall below `substantial` if all that the fault may "
       "strike is down for long, redundancy working; of the system, by any "
       "fault",
       nullptr},
      {"blast_services_structural_no_switch",
       "services",
       kStructural,
       {kSystem, kFault},
       "the same with switch-over off: first alternatives only",
       nullptr},
      {"blast_services_realised",
       "services",
       kAmount,
       {kSystem},
       "services that fell below `substantial`",
       readers::blast_services},
      {"blast_users_peak",
       "1",
       kAmount,
       {kSystem, kPopulation},
       "largest share of all users failing at one moment",
       readers::blast_users_peak},
      {"blast_users_total",
       "1",
       kAmount,
       {kSystem, kProduct, kPopulation},
       "share of all users who met at least one failure",
       readers::blast_users_total},
      {"fell_probability",
       "1",
       kProbability,
       {kService},
       "the service falls below `substantial` within the horizon",
       readers::fell},
  };
}

std::vector<Metric> stages() {
  return {
      {"stage_detect",
       "s",
       kTime,
       {kFault},
       "start of the fault to its notice",
       readers::stage_detect},
      {"stage_engage",
       "s",
       kTime,
       {kFault},
       "notice to people at work on it",
       readers::stage_engage},
      {"stage_diagnose",
       "s",
       kTime,
       {kFault},
       "people at work to cause known",
       readers::stage_diagnose},
      {"stage_mitigate",
       "s",
       kTime,
       {kFault},
       "cause known to first cell restored",
       readers::stage_mitigate},
      {"stage_restore",
       "s",
       kTime,
       {kFault},
       "first cell restored to last cell restored",
       readers::stage_restore},
  };
}

const std::vector<Metric>& table() {
  static const std::vector<Metric> kTable = [] {
    std::vector<Metric> all;
    for (const auto& group :
         {outage_times(), outage_counts(), promises(), harm_to_people(),
          stakes_of_people(), money(), blast_radius(), stages()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }();
  return kTable;
}

}  // namespace

std::span<const Metric> metrics() { return table(); }

const Metric* find_metric(std::string_view name) {
  const auto found = std::ranges::find(table(), name, &Metric::name);
  return found == table().end() ? nullptr : &*found;
}

bool applies(const Metric& metric, const Model& model) {
  if (metric.told != nullptr && !metric.told(model)) return false;
  return !metric.long_run || model.horizon >= kLongRun;
}

}  // namespace outagesim
