#include <algorithm>
#include <cmath>

#include "sim/experiment/metric_readers.h"

namespace outagesim::readers {
namespace {

using Moment = double IncidentRecord::*;

// The stage between two moments of each incident of a fault that people respond
// to. A stage that has begun and not ended is censored at the horizon if the
// incident is open; if the fault ended without it, its detection is censored
// there and the rest does not apply. Negative stages count as 0: a fault may
// end by itself before its cause is known.
void add_stage(const Model& model, const ReplicationReading& replication,
               Subject subject, std::pair<Moment, Moment> stage,
               Samples& samples) {
  if (model.plan.faults[subject.index].response == kNone) return;
  const bool first = stage.second == &IncidentRecord::detected;
  const bool last = stage.second == &IncidentRecord::restored;
  for (const IncidentRecord& incident : replication->incidents) {
    if (incident.fault != subject.index) continue;
    const double from = incident.*stage.first;
    const double to = incident.*stage.second;
    if (std::isnan(from)) continue;
    const bool missing = std::isnan(to);
    if (missing && !incident.censored && !first) continue;
    const double until =
        incident.censored ? model.horizon.value : incident.restored;
    samples.push_back({.value = std::max(0.0, (missing ? until : to) - from),
                       .censored = missing || (last && incident.censored)});
  }
}

}  // namespace

void stage_detect(const Model& model, const ReplicationReading& replication,
                  Subject subject, Samples& samples) {
  add_stage(model, replication, subject,
            {&IncidentRecord::start, &IncidentRecord::detected}, samples);
}

void stage_engage(const Model& model, const ReplicationReading& replication,
                  Subject subject, Samples& samples) {
  add_stage(model, replication, subject,
            {&IncidentRecord::detected, &IncidentRecord::engaged}, samples);
}

void stage_diagnose(const Model& model, const ReplicationReading& replication,
                    Subject subject, Samples& samples) {
  add_stage(model, replication, subject,
            {&IncidentRecord::engaged, &IncidentRecord::diagnosed}, samples);
}

void stage_mitigate(const Model& model, const ReplicationReading& replication,
                    Subject subject, Samples& samples) {
  add_stage(model, replication, subject,
            {&IncidentRecord::diagnosed, &IncidentRecord::mitigated}, samples);
}

void stage_restore(const Model& model, const ReplicationReading& replication,
                   Subject subject, Samples& samples) {
  add_stage(model, replication, subject,
            {&IncidentRecord::mitigated, &IncidentRecord::restored}, samples);
}

}  // namespace outagesim::readers
