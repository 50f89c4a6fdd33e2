// The CSV files of a run, as text. Columns are contracts: other programs read
// them. Times are seconds; a column's unit is in its name or in its row.
#pragma once

#include <span>
#include <string>

#include "sim/experiment/statistics.h"
#include "sim/experiment/summary.h"

namespace outagesim {

// scope,name,metric,unit,statistic,value,ci_low,ci_high,n,censored
std::string summary_csv(const Model& model, std::span<const SummaryRow> rows);

// Quantiles of the served fraction over the baseline's, by time and product.
std::string timeline_csv(const Summary& summary);

// Where the recorded milestones fall among the simulated ones.
std::string observed_csv(const Summary& summary);

// Every outage, a row each.
std::string outages_csv_header();
void append_outages(const Model& model, const Replication& replication,
                    std::string& text);

// A row for each replication and subject with the amounts told of it.
std::string replications_csv_header(const Model& model);
void append_replication(const Model& model, const Replication& replication,
                        std::string& text);

}  // namespace outagesim
