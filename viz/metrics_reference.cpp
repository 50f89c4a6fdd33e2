#include "viz/metrics_reference.h"

#include "sim/experiment/statistics.h"

namespace outagesim {
namespace {

std::string scopes_of(const Metric& metric) {
  std::string text;
  for (const Scope scope : metric.scopes) {
    if (!text.empty()) text += ", ";
    text += scope_name(scope);
  }
  return text;
}

std::string statistics_text(const Metric& metric) {
  const auto known = statistics_of(metric.measure);
  std::string text(known.front().name);
  if (known.size() > 1) {
    text += ", " + std::string(known[1].name) + " … ";
    text += known.back().name;
  }
  return text;
}

// A bar would end the cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string metrics_reference() {
  std::string text =
      "| metric | unit | scope | statistics | meaning |\n"
      "|---|---|---|---|---|\n";
  for (const Metric& metric : metrics()) {
    text += "| `" + std::string(metric.name) + "` | " +
            std::string(metric.unit) + " | " + scopes_of(metric) + " | " +
            statistics_text(metric) + " | " + cell(metric.meaning) +
            (metric.long_run ? " (horizon of 28 days or more)" : "") + " |\n";
  }
  return text;
}

}  // namespace outagesim
