#include <algorithm>
#include <cmath>

#include "models/base/text.h"
#include "viz/page/parts.h"

namespace outagesim::page {

Json number(double value, int digits) {
  if (!std::isfinite(value)) return nullptr;
  const double rounded = std::stod(significant(value, digits));
  constexpr double kExact = 1e15;
  if (rounded == std::round(rounded) && std::abs(rounded) < kExact) {
    return static_cast<std::int64_t>(rounded);
  }
  return rounded;
}

std::string duration(double seconds) {
  return number_text(seconds, NumberKind::kDuration, 2);
}

Estimate get(const Summary& summary, std::string_view metric, Subject subject,
             std::string_view statistic) {
  return estimate_of(summary, metric, subject, statistic);
}

std::string time_text(const Summary& summary, const Estimate& estimate) {
  if (estimate.defined()) return number_text(estimate, NumberKind::kDuration);
  return "longer than " +
         exact_text(summary.model().horizon.value, NumberKind::kDuration);
}

std::uint32_t worst_product(const Summary& summary) {
  using Harm = std::pair<double, double>;  // to people; else how long
  const auto mean = [&](const char* metric, std::uint32_t product) {
    const double value =
        get(summary, metric, {Scope::kProduct, product}, "mean").value;
    return value > 0 ? value : 0.0;
  };
  std::uint32_t worst = 0;
  Harm most{0, 0};
  for (std::uint32_t p = 0; p < summary.model().products.size(); ++p) {
    const Harm harm{mean("user_minutes_lost", p), mean("downtime", p)};
    if (harm > most) {
      most = harm;
      worst = p;
    }
  }
  return worst;
}

bool is_long_run(const Summary& summary) {
  return summary.model().horizon >= kLongRun;
}

const Survival* times_of(const Summary& summary, std::string_view metric,
                         Subject subject) {
  for (const Column& column : summary.columns()) {
    const bool found = column.metric->name == metric &&
                       column.scope == subject.scope &&
                       subject.index < column.subjects;
    if (found) return &summary.time(column.first + subject.index);
  }
  return nullptr;
}

std::string isolated(const std::string& name) {
  const bool plain = std::ranges::all_of(
      name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return plain ? name : "\u2068" + name + "\u2069";
}

std::string service_label(const Model& model, ServiceId service) {
  const CompiledService& one = model.graph.services[service];
  return isolated(one.label.empty() ? one.name : one.label);
}

std::string product_label(const Summary& summary, std::uint32_t product) {
  const Model& model = summary.model();
  return service_label(model, model.products[product]);
}

std::string milestone_words(const Model& model, Milestone milestone) {
  switch (milestone) {
    case Milestone::kFirstWord:
      return "operator's first word";
    case Milestone::kFirstCell:
      return "first cell back";
    case Milestone::kSubstantial:
      return exact_text(model.outage.substantial.value, NumberKind::kShare) +
             " back";
    case Milestone::kFull:
      return "fully back";
    default:
      return std::string(milestone_name(milestone));
  }
}

std::string moment_words(Seconds since_start) {
  return since_start > Seconds{0} ? "after " + duration(since_start.value)
                                  : "from the start";
}

}  // namespace outagesim::page
