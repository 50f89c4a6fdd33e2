// What a simulation measures: one table. A row names a metric, its unit, what
// it is told of, how it is estimated and how it is read from a replication.
// The summary, the CSV files, `outagesim list metrics` and the docs all follow
// the table, so a new metric is one row.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sim/experiment/metric.h"

namespace outagesim {

// "system", "product", …; a pair of products is a "product".
std::string_view scope_name(Scope scope);
std::uint32_t subject_count(const Model& model, Scope scope);
std::string subject_name(const Model& model, Subject subject);

// In the order in which they are told.
std::span<const Metric> metrics();
const Metric* find_metric(std::string_view name);  // null if there is none

// Whether the metric is told for this model.
bool applies(const Metric& metric, const Model& model);

}  // namespace outagesim
