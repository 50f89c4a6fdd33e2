// The parts of the report's data, a function each; and what they share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "viz/people_numbers.h"
#include "viz/report_source.h"

namespace outagesim::page {

using Json = nlohmann::ordered_json;

Json headline(const ReportSource& source);
Json cards(const ReportSource& source);
Json graph(const ReportSource& source);
Json replays(const ReportSource& source);
Json bands(const ReportSource& source);
Json spared(const ReportSource& source);
Json stages(const ReportSource& source);
Json recovery(const ReportSource& source);
Json people(const ReportSource& source);
Json strategies(const ReportSource& source);
Json metric_rows(const ReportSource& source);
Json reality(const ReportSource& source);
Json tables(const ReportSource& source);
Json provenance(const ReportSource& source);

// --- What they share ---

// With so many significant digits; null where not finite.
Json number(double value, int digits = 5);
std::string duration(double seconds);
Estimate get(const Summary& summary, std::string_view metric, Subject subject,
             std::string_view statistic);
// "4.7 h", or "longer than 7 d" where the horizon hides it.
std::string time_text(const Summary& summary, const Estimate& estimate);
// Of all products the one whose outages hurt most: lost user-minutes, else
// downtime.
std::uint32_t worst_product(const Summary& summary);
bool is_long_run(const Summary& summary);
// The column of the metric for the subject; null if it is not told.
const Survival* times_of(const Summary& summary, std::string_view metric,
                         Subject subject);
// A name kept from turning the sentence around it: within Unicode's isolates
// where it is not plain ASCII.
std::string isolated(const std::string& name);
// Labels for sentences, isolated.
std::string service_label(const Model& model, ServiceId service);
std::string product_label(const Summary& summary, std::uint32_t product);
// A milestone for people: "50 % back", "fully back".
std::string milestone_words(const Model& model, Milestone milestone);
// "after 25 min", or "from the start".
std::string moment_words(Seconds since_start);

}  // namespace outagesim::page
