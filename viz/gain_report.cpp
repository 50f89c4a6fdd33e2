#include "viz/gain_report.h"

#include "viz/csv.h"
#include "viz/people_numbers.h"
#include "viz/report_sections.h"

namespace outagesim {
namespace {

double worth(const VarianceGain& gain) {
  return gain.times * static_cast<double>(gain.n);
}

std::string count_text(double count) {
  return count < 1e15 ? report::with_commas(static_cast<std::uint64_t>(count))
                      : std::string("any number of");
}

std::string line_of(const Model& model, const VarianceGain& gain) {
  const Subject subject = gain.subject;
  const std::string name = subject.scope == Scope::kProduct
                               ? report::product_label(model, subject.index)
                               : std::string("the system");
  return "  " + std::string(gain.metric->name) + " of " + name + ": variance " +
         number_text(gain.times, NumberKind::kCount, 2) +
         " times smaller, as good as " + count_text(worth(gain)) + " runs\n";
}

}  // namespace

std::vector<VarianceGain> variance_gains(const Summary& summary) {
  std::vector<VarianceGain> gains;
  for (const Column& column : summary.columns()) {
    const Measure measure = column.metric->measure;
    if (measure != Measure::kAmount && measure != Measure::kNearOne) continue;
    for (std::uint32_t i = 0; i < column.subjects; ++i) {
      const ControlledMean* mean = summary.controlled(column.first + i);
      if (mean == nullptr) continue;
      const std::uint64_t n = mean->estimate().n;
      if (n == 0) continue;
      gains.push_back({{column.scope, i}, column.metric, mean->gain(), n});
    }
  }
  return gains;
}

std::string gain_lines(const Summary& summary) {
  std::string text;
  bool any = false;
  for (const VarianceGain& gain : variance_gains(summary)) {
    any = true;
    if (gain.times > 1.05) text += line_of(summary.model(), gain);
  }
  if (!any) return "";
  if (text.empty()) {
    text =
        "  nothing gained: no failures whose mean is known move what is lost\n";
  }
  return "Variance reduction: means with what failures that never meet would "
         "lose taken off\n" +
         text;
}

std::string gain_csv(const Summary& summary) {
  std::string text;
  CsvWriter csv(text);
  for (const char* name : {"scope", "name", "metric", "gain", "n", "worth_n"}) {
    csv.field(name);
  }
  csv.end_row();
  for (const VarianceGain& gain : variance_gains(summary)) {
    csv.field(scope_name(gain.subject.scope))
        .field(subject_name(summary.model(), gain.subject))
        .field(gain.metric->name)
        .field(gain.times)
        .field(gain.n)
        .field(worth(gain))
        .end_row();
  }
  return text;
}

}  // namespace outagesim
