#include "viz/budget_report.h"

#include <algorithm>
#include <numeric>

#include "models/base/text.h"
#include "viz/csv.h"
#include "viz/json_parts.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

std::vector<std::size_t> by_rank(const std::vector<BudgetEffect>& effects) {
  std::vector<std::size_t> order(effects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const double left = effects[a].behind.value,
                 right = effects[b].behind.value;
    return left != right ? left < right : a < b;
  });
  return order;
}

// A bound never says certainty.
std::string surely(double p) {
  return p > 0.9995 ? "more than 99.9 %"
                    : "at least " + fixed_decimals(100 * p, 1) + " %";
}

std::string verdict(const BudgetResult& result) {
  const AllocationResult& found = result.allocation;
  std::string text = result.candidates[found.best].name +
                     " is the best with a probability of " +
                     surely(found.sure) + ", after " +
                     std::to_string(found.spent) + " replications in all.";
  if (found.equal > 0 && found.spent > 0) {
    text += " The same number for each would have needed " +
            std::to_string(found.equal) + " to be as sure (" +
            significant(double(found.equal) / double(found.spent), 2) +
            " times as many).";
  }
  return text;
}

}  // namespace

std::string budget_report(const BudgetResult& result, const TextStyle& style) {
  if (result.outcomes.front().empty()) {
    return "Stopped before anything was known.\n";
  }
  const auto effects = result.effects();
  const NumberKind kind = kind_of_unit(result.metric->unit);
  Table table{{{"strategy"},
               {"replications", Table::Align::kRight},
               {std::string(result.metric->name), Table::Align::kRight},
               {"difference", Table::Align::kRight},
               {"behind the best", Table::Align::kRight}},
              {}};
  for (const std::size_t i : by_rank(effects)) {
    table.add(
        {result.candidates[i].name, std::to_string(result.outcomes[i].size()),
         number_text(effects[i].mean, kind),
         i == 0 ? "" : with_error(effects[i].difference, kind),
         i == result.allocation.best ? "best"
                                     : with_error(effects[i].behind, kind)});
  }
  return style.bold("Strategies, more replications where the ranking is open") +
         (result.allocation.partial ? " (partial: stopped before the end)"
                                    : "") +
         "\n\n" + to_text(table, style) + '\n' +
         wrapped(verdict(result), style.columns(96), 0) +
         wrapped(
             "Optimal computing budget allocation (Chen and others, 2000) with "
             "paired "
             "variances on common prefixes. A mean is over a strategy's own "
             "replications; compare by the differences. The probability is "
             "Bonferroni's lower bound and takes means for normal; the "
             "intervals hold for one strategy each.",
             style.columns(96), 0);
}

std::string budget_csv(const BudgetResult& result) {
  std::string text =
      "strategy,replications,metric,unit,mean,mean_low,mean_high,difference,"
      "ci_low,ci_high,behind,behind_low,behind_high,best\n";
  CsvWriter csv(text);
  const auto effects = result.effects();
  for (std::size_t i = 0; i < effects.size(); ++i) {
    csv.field(result.candidates[i].name)
        .field(std::uint64_t{result.outcomes[i].size()})
        .field(result.metric->name)
        .field(result.metric->unit);
    for (const Estimate& one :
         {effects[i].mean, effects[i].difference, effects[i].behind}) {
      csv.field(one.value).field(one.low).field(one.high);
    }
    csv.field(i == result.allocation.best);
    csv.end_row();
  }
  return text;
}

std::string budget_json(const BudgetResult& result, const RunInfo& info) {
  const auto interval = [](const Estimate& one) -> Json {
    return {{"value", number_json(one.value)},
            {"ci_low", number_json(one.low)},
            {"ci_high", number_json(one.high)}};
  };
  Json json = info_json(info);
  json["best"] = result.candidates[result.allocation.best].name;
  json["best_probability_at_least"] = number_json(result.allocation.sure);
  json["spent"] = result.allocation.spent;
  json["equal_allocation_needs"] = result.allocation.equal;
  json["metric"] = result.metric->name;
  json["unit"] = result.metric->unit;
  json["strategies"] = Json::array();
  const auto effects = result.effects();
  for (std::size_t i = 0; i < effects.size(); ++i) {
    json["strategies"].push_back(
        {{"strategy", result.candidates[i].name},
         {"replications", result.outcomes[i].size()},
         {"mean", interval(effects[i].mean)},
         {"difference", interval(effects[i].difference)},
         {"behind_best", interval(effects[i].behind)}});
  }
  return dump(json);
}

}  // namespace outagesim
