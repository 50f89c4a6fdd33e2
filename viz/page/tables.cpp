// All numbers as a table, the recorded milestones among the simulated ones, and
// where the page comes from.
#include <algorithm>
#include <map>
#include <set>

#include "models/base/text.h"
#include "models/base/version.h"
#include "viz/page/parts.h"
#include "viz/report_sections.h"

namespace outagesim::page {
namespace {

constexpr std::size_t kMostRows = 1500;
constexpr std::size_t kMostText = 400'000;  // bytes of a scenario's texts

// Rows of the summary that belong together: one metric of one subject.
struct Group {
  const SummaryRow* any = nullptr;
  std::map<std::string_view, const Estimate*> by;
};

std::vector<Group> groups_of(std::span<const SummaryRow> rows) {
  std::vector<Group> groups;
  for (const SummaryRow& row : rows) {
    const bool same = !groups.empty() &&
                      groups.back().any->metric == row.metric &&
                      groups.back().any->subject.scope == row.subject.scope &&
                      groups.back().any->subject.index == row.subject.index;
    if (!same) groups.push_back({&row, {}});
    groups.back().by[row.statistic.name] = &row.estimate;
  }
  return groups;
}

bool says_nothing(const Group& group) {
  return std::ranges::all_of(group.by, [](const auto& one) {
    return !one.second->defined() || one.second->value == 0;
  });
}

Json cell(const Group& group, std::initializer_list<std::string_view> names) {
  const NumberKind kind = kind_of_unit(group.any->metric->unit);
  for (const std::string_view name : names) {
    const auto found = group.by.find(name);
    if (found == group.by.end() || !found->second->defined()) continue;
    const bool mean = name == "mean" || name == "probability";
    return Json::array({number(found->second->value),
                        mean ? with_error(*found->second, kind)
                             : number_text(*found->second, kind)});
  }
  return nullptr;
}

std::string percentile_text(const Backtest& test) {
  if (!test.percentile.defined()) return "beyond what was seen";
  return number_text(test.percentile.value, NumberKind::kShare, 3);
}

const char* verdict_text(const Backtest& test) {
  if (!test.inside_90) return "later than was simulated: not told";
  if (test.inside_50 == true) return "in the middle half";
  return *test.inside_90 ? "inside the 90 % band" : "outside the 90 % band";
}

// Of each file its path and what stands in it.
Json texts_of(const Scenario& scenario) {
  std::vector<std::shared_ptr<const SourceFile>> files;
  const auto note = [&](const SourcePosition& at) {
    if (at.file && std::ranges::find(files, at.file) == files.end()) {
      files.push_back(at.file);
    }
  };
  for (const Fault& one : scenario.faults) note(one.at);
  for (const Service& one : scenario.services) note(one.at);
  for (const Remedy& one : scenario.remedies) note(one.at);
  for (const Population& one : scenario.populations) note(one.at);
  for (const StageLibrary& one : scenario.stages) note(one.at);
  Json texts = Json::array();
  std::size_t total = 0;
  for (const auto& file : files) {
    total += file->text.size();
    if (total > kMostText) break;
    texts.push_back({file->path, file->text});
  }
  return texts;
}

std::string assumptions_text(const Scenario& scenario) {
  if (scenario.from_incident.empty()) return "nothing";
  std::vector<std::string> paths;
  for (const Reference& one : scenario.from_incident) paths.push_back(one.name);
  return report::and_list(paths);
}

}  // namespace

Json metric_rows(const ReportSource& source) {
  const Model& model = source.summary.model();
  Json rows = Json::array();
  for (const Group& group : groups_of(source.rows)) {
    if (says_nothing(group) || rows.size() == kMostRows) continue;
    const Subject subject = group.any->subject;
    std::string name = subject_name(model, subject);
    if (subject.scope == Scope::kSystem) name = "all";
    rows.push_back({{"of", scope_name(subject.scope)},
                    {"name", name},
                    {"metric", group.any->metric->name},
                    {"unit", group.any->metric->unit},
                    {"meaning", group.any->metric->meaning},
                    {"mean", cell(group, {"mean", "probability"})},
                    {"p5", cell(group, {"p5"})},
                    {"p50", cell(group, {"p50"})},
                    {"p95", cell(group, {"p95"})}});
  }
  return rows;
}

Json reality(const ReportSource& source) {
  const Summary& summary = source.summary;
  const Model& model = summary.model();
  Json rows = Json::array();
  std::size_t inside_50 = 0, inside_90 = 0;
  for (std::size_t i = 0; i < model.observed.size(); ++i) {
    const CompiledObservation& one = model.observed[i];
    const Survival& times = summary.milestones()[i].times;
    const Backtest test = backtest(one, summary.milestones()[i]);
    inside_50 += test.inside_50 == true ? 1 : 0;
    inside_90 += test.inside_90 == true ? 1 : 0;
    const NumberUnit unit =
        common_unit(NumberKind::kDuration, {one.at.value, test.median.value});
    rows.push_back(
        {{"product", report::product_label(model, one.product)},
         {"milestone", milestone_words(model, one.milestone)},
         {"recorded", number_text(one.at.value, unit, 3)},
         {"recorded_s", number(one.at.value, 7)},
         {"middle", number_text(test.median, unit)},
         {"band", range_text(times.quantile(0.05), times.quantile(0.95), unit,
                             model.horizon.value, test.median)},
         {"p5", number(test.low_90)},
         {"p25", number(test.low_50)},
         {"p50", number(test.median.value)},
         {"p75", number(test.high_50)},
         {"p95", number(test.high_90)},
         {"percentile", percentile_text(test)},
         {"verdict", verdict_text(test)},
         {"source", one.source}});
  }
  if (rows.empty()) return nullptr;
  return {{"sentence",
           std::to_string(inside_90) + " of " + std::to_string(rows.size()) +
               " recorded moments lie inside the simulated 90 % band, " +
               std::to_string(inside_50) +
               " in the middle half. The bands are wide, and a wide band is "
               "weak evidence. Taken from the incident itself: " +
               assumptions_text(source.scenario) + "."},
          {"command", source.backtest_command},
          {"rows", std::move(rows)}};
}

Json tables(const ReportSource& source) {
  Json all = Json::array();
  for (const ReportTable& table : source.tables) {
    all.push_back({{"title", table.title},
                   {"sentence", table.sentence},
                   {"columns", table.columns},
                   {"id", table.id},
                   {"command", table.command},
                   {"folded", table.folded},
                   {"rows", table.rows}});
  }
  return all;
}

Json provenance(const ReportSource& source) {
  const RunInfo& info = source.info;
  Json facts = Json::array();
  const auto fact = [&](const char* name, const std::string& value) {
    facts.push_back({name, value});
  };
  fact("Made by", "outagesim " + std::string(version()));
  fact("Scenario", info.scenario);
  fact("Hash of all texts and settings", hash_text(info.scenario_hash));
  fact("Seed", std::to_string(info.seed));
  fact("Runs", report::with_commas(info.finished) +
                   (info.partial ? " (partial: stopped before the end)" : ""));
  fact("Simulated time of a run",
       exact_text(source.scenario.horizon.value, NumberKind::kDuration));
  fact("Starts", to_text(source.scenario.start));
  for (const std::string& one : info.set) fact("Setting", one);
  if (!info.strategy.empty()) fact("Strategy", info.strategy);
  return {{"facts", std::move(facts)},
          {"command", info.command},
          {"texts", texts_of(source.scenario)}};
}

}  // namespace outagesim::page
