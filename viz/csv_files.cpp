#include "viz/csv_files.h"

#include <algorithm>
#include <array>

#include "viz/csv.h"

namespace outagesim {
namespace {

std::string product_name(const Model& model, std::uint32_t product) {
  return subject_name(model, {Scope::kProduct, product});
}

void append_header(std::string& text,
                   std::initializer_list<std::string_view> names) {
  CsvWriter csv(text);
  for (const std::string_view name : names) csv.field(name);
  csv.end_row();
}

}  // namespace

std::string summary_csv(const Model& model, std::span<const SummaryRow> rows) {
  std::string text;
  append_header(text, {"scope", "name", "metric", "unit", "statistic", "value",
                       "ci_low", "ci_high", "n", "censored"});
  CsvWriter csv(text);
  for (const SummaryRow& row : rows) {
    const Estimate& e = row.estimate;
    csv.field(scope_name(row.subject.scope))
        .field(subject_name(model, row.subject))
        .field(row.metric->name)
        .field(row.metric->unit)
        .field(row.statistic.name)
        .field(e.value)
        .field(e.low)
        .field(e.high)
        .field(e.n)
        .field(e.censored)
        .end_row();
  }
  return text;
}

std::string timeline_csv(const Summary& summary) {
  static constexpr std::array kBands{0.05, 0.25, 0.5, 0.75, 0.95};
  const Model& model = summary.model();
  const Timeline& timeline = summary.timeline();
  std::string text;
  append_header(
      text, {"product", "t_s", "p5", "p25", "p50", "p75", "p95", "mean", "n"});
  CsvWriter csv(text);
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    const std::string name = product_name(model, p);
    for (std::size_t i = 0; i < timeline.grid().size(); ++i) {
      const UnitQuantiles band = timeline.at(i, p);
      csv.field(name).field(timeline.grid()[i].value);
      for (const double q : kBands) csv.field(band.quantile_alone(q));
      csv.field(band.mean()).field(band.n()).end_row();
    }
  }
  return text;
}

namespace {

// Empty where it cannot be told.
std::string_view verdict(std::optional<bool> inside) {
  if (!inside) return "";
  return *inside ? "1" : "0";
}

}  // namespace

std::string observed_csv(const Summary& summary) {
  const Model& model = summary.model();
  std::string text;
  append_header(text,
                {"product",   "milestone",  "observed_s",     "source",
                 "p5_s",      "p25_s",      "p50_s",          "p75_s",
                 "p95_s",     "percentile", "percentile_low", "percentile_high",
                 "inside_50", "inside_90",  "band_50_s",      "band_90_s",
                 "crps_s",    "n",          "censored",       "absent"});
  CsvWriter csv(text);
  for (std::size_t i = 0; i < model.observed.size(); ++i) {
    const CompiledObservation& observed = model.observed[i];
    const MilestoneTimes& simulated = summary.milestones()[i];
    const Backtest test = backtest(observed, simulated);
    csv.field(product_name(model, observed.product))
        .field(milestone_name(observed.milestone))
        .field(observed.at.value)
        .field(observed.source);
    csv.field(test.low_90).field(test.low_50).field(test.median.value);
    csv.field(test.high_50).field(test.high_90);
    csv.field(test.percentile.value)
        .field(test.percentile.low)
        .field(test.percentile.high)
        .field(verdict(test.inside_50))
        .field(verdict(test.inside_90))
        .field(test.high_50 - test.low_50)
        .field(test.high_90 - test.low_90)
        .field(test.crps);
    csv.field(simulated.times.n())
        .field(simulated.times.censored_counts.n)
        .field(simulated.absent)
        .end_row();
  }
  return text;
}

std::string outages_csv_header() {
  std::string text;
  append_header(text, {"replication", "product", "cause", "onset_s",
                       "detected_s", "first_word_s", "worst_s", "first_cell_s",
                       "substantial_s", "end_s", "full_s", "lowest", "lost_s",
                       "censored", "full_censored", "shared"});
  return text;
}

void append_outages(const Model& model, const Replication& replication,
                    std::string& text) {
  CsvWriter csv(text);
  for (const OutageRecord& o : replication.outages) {
    csv.field(replication.index)
        .field(product_name(model, o.product))
        .field(o.cause == kNone ? "" : cause_name(model.plan, o.cause));
    for (const double moment : {o.onset, o.detected, o.first_word, o.worst,
                                o.first_cell, o.substantial, o.end, o.full}) {
      csv.field(moment);
    }
    csv.field(o.lowest).field(o.lost);
    csv.field(o.censored).field(o.full_censored).field(o.shared).end_row();
  }
}

namespace {

constexpr std::array kTold{Scope::kSystem, Scope::kProduct, Scope::kPopulation};

std::vector<const Metric*> amounts(const Model& model) {
  std::vector<const Metric*> list;
  for (const Metric& metric : metrics()) {
    const bool amount = metric.measure == Measure::kAmount ||
                        metric.measure == Measure::kNearOne;
    if (amount && applies(metric, model)) list.push_back(&metric);
  }
  return list;
}

std::string column_name(const Metric& metric) {
  std::string name(metric.name);
  if (metric.unit == "s") name += "_s";
  return name;
}

double amount_of(const Metric& metric, const Model& model,
                 const ReplicationReading& reading, Subject subject) {
  Samples samples;
  if (std::ranges::find(metric.scopes, subject.scope) != metric.scopes.end()) {
    metric.read(model, reading, subject, samples);
  }
  return samples.empty() ? kUndefined : samples.front().value;
}

}  // namespace

std::string replications_csv_header(const Model& model) {
  std::string text;
  CsvWriter csv(text);
  csv.field("replication").field("scope").field("name");
  for (const Metric* metric : amounts(model)) csv.field(column_name(*metric));
  csv.end_row();
  return text;
}

void append_replication(const Model& model, const Replication& replication,
                        std::string& text) {
  CsvWriter csv(text);
  const ReplicationReading reading(replication);
  const std::vector<const Metric*> columns = amounts(model);
  const auto append_row = [&](Subject subject) {
    csv.field(replication.index)
        .field(scope_name(subject.scope))
        .field(subject_name(model, subject));
    for (const Metric* metric : columns) {
      csv.field(amount_of(*metric, model, reading, subject));
    }
    csv.end_row();
  };
  for (const Scope scope : kTold) {
    const std::uint32_t n = subject_count(model, scope);
    for (std::uint32_t i = 0; i < n; ++i) append_row({scope, i});
  }
}

}  // namespace outagesim
