// The parts of a run report; each returns text that ends with '\n', or nothing
// where there is nothing to tell.
#pragma once

#include <string>

#include "viz/people_numbers.h"
#include "viz/report_input.h"
#include "viz/table.h"

namespace outagesim::report {

std::string headline(const ReportInput& input, const TextStyle& style);
std::string products(const ReportInput& input, const TextStyle& style);
std::string shapes(const ReportInput& input, const TextStyle& style);
std::string stages(const ReportInput& input, const TextStyle& style);
std::string blast(const ReportInput& input, const TextStyle& style);
std::string people(const ReportInput& input, const TextStyle& style);
std::string reality(const ReportInput& input, const TextStyle& style);
std::string long_run(const ReportInput& input, const TextStyle& style);
std::string assumptions(const ReportInput& input, const TextStyle& style);

// A line of a table of metrics: middle, 90 % of cases, mean with its interval;
// a star where some were censored. Empty if nothing is known.
struct MetricLine {
  std::string_view metric;
  std::string_view label;
};
Table metric_table();
std::vector<std::string> metric_row(const Summary& summary,
                                    const MetricLine& line, Subject subject);

// The label of a product, or its name.
std::string product_label(const Model& model, std::uint32_t product);
// "a, b and c"
std::string and_list(const std::vector<std::string>& words);
// "10,000"
std::string with_commas(std::uint64_t number);

inline constexpr std::size_t kWidth = 88;

}  // namespace outagesim::report
