#include "sim/experiment/structural.h"

#include <set>

namespace outagesim {
namespace {

SummaryRow exact_row(Subject subject, const Metric* metric, std::size_t n) {
  const auto value = static_cast<double>(n);
  return {subject,
          metric,
          statistics_of(Measure::kStructural).front(),
          {.value = value, .low = value, .high = value, .n = 1}};
}

void add_rows(std::span<const FaultBlast> blasts, std::string_view name,
              Fallen FaultBlast::* which, std::vector<SummaryRow>& rows) {
  const Metric* metric = find_metric(name);
  std::set<ServiceId> any;
  for (const FaultBlast& blast : blasts) {
    const std::vector<ServiceId>& fallen = (blast.*which).services;
    any.insert(fallen.begin(), fallen.end());
    rows.push_back(
        exact_row({Scope::kFault, blast.fault}, metric, fallen.size()));
  }
  rows.push_back(exact_row({Scope::kSystem, 0}, metric, any.size()));
}

}  // namespace

std::vector<SummaryRow> structural_rows(std::span<const FaultBlast> blasts) {
  std::vector<SummaryRow> rows;
  if (blasts.empty()) return rows;
  add_rows(blasts, "blast_services_structural", &FaultBlast::with_redundancy,
           rows);
  add_rows(blasts, "blast_services_structural_no_switch",
           &FaultBlast::switch_over_off, rows);
  return rows;
}

}  // namespace outagesim
