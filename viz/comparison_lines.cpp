// A line for each strategy: how it changes the chance to meet the objectives,
// and what an outage costs the operator.
#include <algorithm>
#include <cmath>
#include <functional>

#include "models/base/text.h"
#include "viz/comparison_report.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

constexpr const char* kChance =
    "P(SLO): chance to meet all objectives at once; where a run has several "
    "windows, of any moment: that every window it lies in is met.";
constexpr const char* kCost =
    "costs: the operator's in a run, in USD: revenue lost, credits and "
    "response; without the strategy's price.";

std::string percent(double share, int decimals) {
  return fixed_decimals(100 * share, decimals);
}

// As many decimals as are not all in doubt.
int decimals_of(const Estimate& share) {
  return share.high - share.low <= 0.1 ? 1 : 0;  // 0 where nothing is known
}

// "+21.4 ± 0.6", or "+100 (-20 … +100)" where that would be past all or none.
std::string change(const Estimate& difference) {
  const int decimals = decimals_of(difference);
  const auto signed_text = [decimals](double share) {
    return (share < 0 ? "-" : "+") + percent(std::abs(share), decimals);
  };
  const double half = (difference.high - difference.low) / 2;
  if (!std::isfinite(half)) return signed_text(difference.value);
  if (difference.low < -1 || difference.high > 1) {
    return signed_text(difference.value) + " (" +
           signed_text(std::max(-1.0, difference.low)) + " … " +
           signed_text(std::min(1.0, difference.high)) + ")";
  }
  return signed_text(difference.value) + " ± " + percent(half, decimals);
}

std::string cost_text(const StrategyEffect& base,
                      const StrategyEffect& effect) {
  const ToldChange told = told_change(base, effect, NumberKind::kCount);
  if (told.by_means) {
    return "costs " + told.from + " -> " + told.to + " (" +
           with_error(effect.difference, NumberKind::kCount) + ")";
  }
  return "costs " + told.size +
         (effect.difference.value < 0 ? " less" : " more") + told.margin +
         ", from " + told.from;
}

using TellEffect = std::function<std::string(const StrategyEffect& base,
                                             const StrategyEffect& effect)>;

// Nothing where the comparison lacks the metric of all the system.
std::string lines(const Comparison& comparison, std::string_view metric,
                  const char* note, const TextStyle& style,
                  const TellEffect& tell) {
  const auto& rows = comparison.metrics();
  const auto found = std::ranges::find_if(rows, [&](const ComparedMetric& row) {
    return row.metric->name == metric && row.subject.scope == Scope::kSystem;
  });
  if (found == rows.end()) return "";
  const auto all =
      comparison.differences(static_cast<std::size_t>(found - rows.begin()));
  Table table{{{""}, {""}}, {}};
  for (std::size_t i = 1; i < all.size(); ++i) {
    table.add({comparison.candidates()[i].name, tell(all.front(), all[i])});
  }
  return to_text(table, style) +
         wrapped("  " + std::string(note), style.columns(94), 2) + '\n';
}

}  // namespace

std::string slo_lines(const Comparison& comparison, const TextStyle& style) {
  return lines(comparison, "objectives_met", kChance, style,
               [](const StrategyEffect& base, const StrategyEffect& effect) {
                 const int decimals = decimals_of(effect.difference);
                 return "P(SLO) " + percent(base.mean.value, decimals) +
                        " % -> " + percent(effect.mean.value, decimals) +
                        " % (" + change(effect.difference) + ")";
               });
}

std::string cost_lines(const Comparison& comparison, const TextStyle& style) {
  return lines(comparison, "cost_total", kCost, style, cost_text);
}

}  // namespace outagesim
