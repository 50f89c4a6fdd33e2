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
std::string fallen_text(const Model& model, const Fallen& fallen) {
  std::string text = std::to_string(fallen.services.size()) + " of " +
                     std::to_string(model.graph.services.size()) + " services";
  std::vector<std::string> labels;
  for (const std::uint32_t product : fallen.products) {
    labels.push_back(product_label(model, product));
  }
  if (!labels.empty()) text += ", with " + and_list(labels);
  return text;
}

std::string structural(const Model& model, const FaultBlast& blast,
                       const TextStyle& style) {
  std::string text = "  Structural: if what " +
                     subject_name(model, {Scope::kFault, blast.fault}) +
                     " strikes stays down, it takes " +
                     fallen_text(model, blast.with_redundancy);
  if (blast.switch_over_off.services != blast.with_redundancy.services) {
    text +=
        "; with switch-over off, " + fallen_text(model, blast.switch_over_off);
  }
  return wrapped(text + ".", style.columns(kWidth), 4);
}

}  // namespace

std::string blast(const ReportInput& input, const TextStyle& style) {
  std::string text = style.bold("Blast radius") +
                     " (realised: middle and 90 %; expected: mean)\n";
  for (const FaultBlast& blast : input.structural) {
    text += structural(input.summary.model(), blast, style);
  }
  Table table = metric_table();
  for (const MetricLine& line : kLines) {
    auto row = metric_row(input.summary, line, {});
    if (!row.empty()) table.add(std::move(row));
  }
  return text + to_text(table, style);
}

}  // namespace outagesim::report
