// How each metric is read from a replication. A reader appends its samples:
// none if the metric does not apply to what happened.
#pragma once

#include "sim/experiment/metric.h"

namespace outagesim::readers {

// The stretches without service of a product or of the system.
const OutageSpans& outage_spans(const ReplicationReading& replication,
                                Subject subject);

// Whether no more is read than the outages of the subject, so that of a system
// whose outages are those of its only product the answer is the same.
bool reads_outages_alone(ReadMetric read);

// --- Times of outages (metric_outages.cpp) ---
void ttd(const Model&, const ReplicationReading&, Subject, Samples&);
void ttm(const Model&, const ReplicationReading&, Subject, Samples&);
void ttr(const Model&, const ReplicationReading&, Subject, Samples&);
void mttr(const Model&, const ReplicationReading&, Subject, Samples&);
void mtbf(const Model&, const ReplicationReading&, Subject, Samples&);
void time_to_full_recovery(const Model&, const ReplicationReading&, Subject,
                           Samples&);
void time_to_first_word(const Model&, const ReplicationReading&, Subject,
                        Samples&);
void downtime(const Model&, const ReplicationReading&, Subject, Samples&);
void outages(const Model&, const ReplicationReading&, Subject, Samples&);
void any_outage(const Model&, const ReplicationReading&, Subject, Samples&);
void long_outage(const Model&, const ReplicationReading&, Subject, Samples&);

// --- Harm to people (metric_harm.cpp) ---
void availability_time(const Model&, const ReplicationReading&, Subject,
                       Samples&);
void availability_requests(const Model&, const ReplicationReading&, Subject,
                           Samples&);
void failed_requests(const Model&, const ReplicationReading&, Subject,
                     Samples&);
void degraded_requests(const Model&, const ReplicationReading&, Subject,
                       Samples&);
void affected(const Model&, const ReplicationReading&, Subject, Samples&);
void user_minutes_lost(const Model&, const ReplicationReading&, Subject,
                       Samples&);
void reports_peak(const Model&, const ReplicationReading&, Subject, Samples&);
void reports_total(const Model&, const ReplicationReading&, Subject, Samples&);
// --- What people do and lose, and what it costs (metric_stakes.cpp) ---
void visits_failed(const Model&, const ReplicationReading&, Subject, Samples&);
void gave_up(const Model&, const ReplicationReading&, Subject, Samples&);
void minutes_elsewhere(const Model&, const ReplicationReading&, Subject,
                       Samples&);
void left(const Model&, const ReplicationReading&, Subject, Samples&);
void work_hours_lost(const Model&, const ReplicationReading&, Subject,
                     Samples&);
void value_lost(const Model&, const ReplicationReading&, Subject, Samples&);
void revenue_lost(const Model&, const ReplicationReading&, Subject, Samples&);
void sla_credits(const Model&, const ReplicationReading&, Subject, Samples&);
void response_cost(const Model&, const ReplicationReading&, Subject, Samples&);
void cost_total(const Model&, const ReplicationReading&, Subject, Samples&);

// Whether a population is part of what the subject tells of.
bool covers(const Model& model, Subject subject, std::uint32_t population);

// --- Blast radius (metric_harm.cpp) ---
void blast_users_peak(const Model&, const ReplicationReading&, Subject,
                      Samples&);
void blast_users_total(const Model&, const ReplicationReading&, Subject,
                       Samples&);
void blast_services(const Model&, const ReplicationReading&, Subject, Samples&);
void fell(const Model&, const ReplicationReading&, Subject, Samples&);

// --- Where the time went (metric_response.cpp) ---
void stage_detect(const Model&, const ReplicationReading&, Subject, Samples&);
void stage_engage(const Model&, const ReplicationReading&, Subject, Samples&);
void stage_diagnose(const Model&, const ReplicationReading&, Subject, Samples&);
void stage_mitigate(const Model&, const ReplicationReading&, Subject, Samples&);
void stage_restore(const Model&, const ReplicationReading&, Subject, Samples&);

// --- What was promised (objectives.cpp) ---
void objectives_are_met(const Model&, const ReplicationReading&, Subject,
                        Samples&);

// --- The long run (metric_long_run.cpp) ---
void incidents(const Model&, const ReplicationReading&, Subject, Samples&);
void outages_per_year(const Model&, const ReplicationReading&, Subject,
                      Samples&);
void second_outage(const Model&, const ReplicationReading&, Subject, Samples&);
void same_day(const Model&, const ReplicationReading&, Subject, Samples&);

}  // namespace outagesim::readers
