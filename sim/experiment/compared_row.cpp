#include "sim/experiment/compared_row.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "models/base/error.h"
#include "models/base/suggest.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

// The rows of one metric, by their index.
std::vector<std::size_t> rows_of_metric(const Comparison& comparison,
                                        std::string_view metric) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < comparison.metrics().size(); ++i) {
    if (comparison.metrics()[i].metric->name == metric) rows.push_back(i);
  }
  return rows;
}

std::vector<std::string> compared_names(const Comparison& comparison) {
  std::vector<std::string> names;
  for (const ComparedMetric& row : comparison.metrics()) {
    const std::string name(row.metric->name);
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

[[noreturn]] void refuse_metric(const Comparison& comparison,
                                const std::string& name,
                                const std::string& option) {
  const std::vector<std::string> known = compared_names(comparison);
  const std::string start =
      find_metric(name) == nullptr
          ? ": there is no metric \"" + printable(name) + "\""
          : ": " + name + " is not compared";
  throw UsageError(option + start + or_did_you_mean(name, known) +
                   " (of this scenario compare tells " + listed(known) + ")");
}

std::string subject_of(const Comparison& comparison, std::size_t row) {
  return subject_name(*comparison.candidates().front().model,
                      comparison.metrics()[row].subject);
}

std::size_t row_of_subject(const Comparison& comparison,
                           const std::vector<std::size_t>& rows,
                           const std::string& text, const std::string& option) {
  const std::size_t colon = text.rfind(':');
  const std::string name = text.substr(0, colon);
  std::vector<std::string> known;
  for (const std::size_t row : rows) {
    known.push_back(subject_of(comparison, row));
    if (known.back() == name) return row;
  }
  throw UsageError(option + ": " + text.substr(colon + 1) +
                   " is not told of \"" + printable(name) + "\"" +
                   or_did_you_mean(name, known) + " (it is of " +
                   listed(known) + ")");
}

}  // namespace

std::size_t compared_row(const Comparison& comparison, const std::string& text,
                         const std::string& option) {
  const std::size_t colon = text.rfind(':');
  const bool named = colon != std::string::npos;
  const std::string metric = named ? text.substr(colon + 1) : text;
  const auto rows = rows_of_metric(comparison, metric);
  if (rows.empty()) refuse_metric(comparison, metric, option);
  if (named) return row_of_subject(comparison, rows, text, option);
  const bool of_system =
      comparison.metrics()[rows.front()].subject.scope == Scope::kSystem;
  if (of_system || rows.size() == 1) return rows.front();
  throw UsageError(option + ": say of which product, such as " +
                   subject_of(comparison, rows.front()) + ":" + metric);
}

std::string row_name(const Comparison& comparison, std::size_t row) {
  const ComparedMetric& metric = comparison.metrics()[row];
  const std::string name(metric.metric->name);
  return metric.subject.scope == Scope::kSystem
             ? name
             : subject_of(comparison, row) + ":" + name;
}

}  // namespace outagesim
