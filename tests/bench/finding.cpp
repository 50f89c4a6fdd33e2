#include "tests/bench/finding.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "models/base/text.h"

namespace outagesim::bench {
namespace {

using Json = nlohmann::ordered_json;

std::string_view basis_word(Basis basis) {
  switch (basis) {
    case Basis::kProcessorTime:
      return "CPU";
    case Basis::kWallClock:
      return "wall";
    case Basis::kMemory:
      return "memory";
    case Basis::kCount:
      break;
  }
  return "count";
}

// "0.41", "12.3", "290 k/s", "12 ms".
std::string amount(const std::vector<double>& values, const std::string& unit) {
  if (values.empty()) return "";
  const double value = spread_of(values).median;
  if (unit == "s") return format_duration({value});
  if (value < 1000) return significant(value, 3) + unit;
  const std::string text = format_count(value);
  return text + (text.find(' ') == std::string::npos ? " " : "") + unit;
}

std::string target_text(const std::optional<Target>& target) {
  if (!target) return "";
  return (target->at_least ? "at least " : "at most ") +
         significant(target->ratio, 3);
}

std::string row_of(const std::vector<std::string>& cells) {
  static constexpr int kWidths[] = {52, 9, 9, 6, 16, 8, 6, 13, 6};
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto width = static_cast<std::size_t>(kWidths[i]);
    const std::string space(width - std::min(width, cells[i].size()), ' ');
    row += i == 0 ? "| " + cells[i] + space : " | " + space + cells[i];
  }
  return row + " |\n";
}

Json json_of(const std::vector<double>& values) {
  if (values.empty()) return nullptr;
  const Spread spread = spread_of(values);
  return {{"median", spread.median},
          {"low", spread.low},
          {"high", spread.high},
          {"values", values}};
}

Json json_of(const Finding& finding) {
  Json json{{"name", finding.name},
            {"title", finding.title},
            {"command", finding.how},
            {"unit", finding.unit},
            {"ours", json_of(finding.ours)},
            {"reference", json_of(finding.reference)},
            {"ratio_of", basis_word(finding.basis)},
            {"ratio", json_of(finding.ratios)},
            {"ratio_by_wall", json_of(finding.by_wall)}};
  if (!finding.target) return json;
  json["target"][finding.target->at_least ? "at_least" : "at_most"] =
      finding.target->ratio;
  json["verdict"] = verdict_of(finding);
  return json;
}

}  // namespace

Spread spread_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) *
                               (values[above] - values[below]);
  };
  return {at(0.25), at(0.5), at(0.75)};
}

std::string_view verdict_of(const Finding& finding) {
  if (!finding.target) return "";
  const double ratio = spread_of(finding.ratios).median;
  const bool meets = finding.target->at_least ? ratio >= finding.target->ratio
                                              : ratio <= finding.target->ratio;
  return meets ? "meets" : "misses";
}

std::string heading(const Setting& setting) {
  return setting.build + ", " + std::to_string(setting.cores) + " cores, " +
         std::to_string(setting.rounds) +
         (setting.rounds == 1 ? " round" : " rounds in turn") +
         (setting.is_short ? "; too short to tell speed" : "") + "\n\n";
}

std::string table_heading() {
  std::string dashes = "|";
  for (int i = 0; i < 9; ++i) dashes += i == 0 ? "---|" : "--:|";
  return row_of({"", "outagesim", "reference", "ratio", "quartiles", "ratio of",
                 "wall", "target", ""}) +
         dashes + "\n";
}

std::string table_row(const Finding& finding) {
  const Spread ratio = spread_of(finding.ratios);
  const std::string wall =
      finding.by_wall.empty()
          ? ""
          : significant(spread_of(finding.by_wall).median, 3);
  return row_of(
      {finding.title, amount(finding.ours, finding.unit),
       amount(finding.reference, finding.unit), significant(ratio.median, 3),
       significant(ratio.low, 3) + " to " + significant(ratio.high, 3),
       std::string(basis_word(finding.basis)), wall,
       target_text(finding.target), std::string(verdict_of(finding))});
}

std::string to_json(const Setting& setting,
                    const std::vector<Finding>& findings,
                    const std::string& micro) {
  Json json{{"build", setting.build},
            {"cores", setting.cores},
            {"rounds", setting.rounds},
            {"short", setting.is_short},
            {"findings", Json::array()}};
  for (const Finding& finding : findings) {
    json["findings"].push_back(json_of(finding));
  }
  if (!micro.empty()) json["micro"] = Json::parse(micro)["benchmarks"];
  return json.dump(2) + "\n";
}

}  // namespace outagesim::bench
