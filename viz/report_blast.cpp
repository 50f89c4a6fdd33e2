#include "sim/experiment/statistics.h"
#include "viz/report_sections.h"

namespace outagesim::report {
namespace {

constexpr MetricLine kLines[] = {
    {"blast_services_realised", "services fallen"},
    {"blast_users_total", "users who met a failure"},
    {"blast_users_peak", "users failing at the worst moment"},
};

// "9 of 14 services, with ChatGPT and Sora"
std::string fallen(std::uint32_t n, std::size_t of,
                   const std::vector<std::string>& products) {
  std::string text =
      std::to_string(n) + " of " + std::to_string(of) + " services";
  if (!products.empty()) text += ", with " + and_list(products);
  return text;
}

std::string structural(const Model& model, const StructuralRow& row) {
  const std::size_t all = model.graph.services.size();
  std::string text = "  Structural: if what " +
                     subject_name(model, {Scope::kFault, row.fault}) +
                     " strikes stays down, it takes " +
                     fallen(row.services, all, row.products);
  if (row.without != row.services) {
    text += "; with switch-over off " +
            fallen(row.without, all, row.products_without);
  }
  return wrapped(text + ".", kWidth, 4);
}

}  // namespace

std::string blast(const ReportInput& input, const TextStyle& style) {
  std::string text = style.bold("Blast radius") +
                     " (realised: middle and 90 %; expected: mean)\n";
  for (const StructuralRow& row : input.structural) {
    text += structural(input.summary.model(), row);
  }
  Table table = metric_table();
  for (const MetricLine& line : kLines) {
    auto row = metric_row(input.summary, line, {});
    if (!row.empty()) table.add(std::move(row));
  }
  return text + to_text(table, style);
}

}  // namespace outagesim::report
