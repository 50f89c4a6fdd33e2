// Strategies: paired differences with their intervals, price against harm, and
// a table of all.
#include <algorithm>
#include <cmath>

#include "models/base/text.h"
#include "viz/comparison_report.h"
#include "viz/page/parts.h"
#include "viz/report_data.h"
#include "viz/report_sections.h"

namespace outagesim::page {
namespace {

constexpr std::size_t kMostForests = 24;

std::string price_text(double dollars) {
  if (std::isnan(dollars)) return "–";
  return dollars == 0 ? "0" : format_count(dollars) + " USD";
}

std::string title_of(const Comparison& comparison, const ComparedMetric& row) {
  const Model& model = *comparison.candidates().front().model;
  const std::string whose =
      row.subject.scope == Scope::kSystem
          ? "all products"
          : report::product_label(model, row.subject.index);
  std::string name(row.metric->name);
  std::ranges::replace(name, '_', ' ');
  return name + ", " + whose;
}

std::string margin_text(const StrategyEffect& effect, NumberKind kind) {
  const Estimate& d = effect.difference;
  return (d.value > 0 ? "+" : "") + with_error(d, kind);
}

// Strategies with a known difference, the largest improvement first.
std::vector<std::size_t> best_first(const std::vector<StrategyEffect>& all,
                                    bool higher_is_better) {
  std::vector<std::size_t> order;
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i].difference.defined()) order.push_back(i);
  }
  const double sign = higher_is_better ? -1 : 1;
  std::ranges::sort(order, {}, [&](std::size_t i) {
    return std::pair(sign * all[i].difference.value, i);
  });
  return order;
}

// Of one metric: a row for each strategy, the largest improvement first.
Json forest_of(const Comparison& comparison, std::size_t metric) {
  const ComparedMetric& row = comparison.metrics()[metric];
  const NumberKind kind = kind_of_unit(row.metric->unit);
  const auto all = comparison.differences(metric);
  Json rows = Json::array();
  for (const std::size_t i : best_first(all, row.higher_is_better)) {
    const StrategyEffect& e = all[i];
    const bool chance = e.difference.low <= 0 && e.difference.high >= 0;
    rows.push_back({{"strategy", comparison.candidates()[i].name},
                    {"difference", number(e.difference.value)},
                    {"low", number(e.difference.low)},
                    {"high", number(e.difference.high)},
                    {"mean", number_text(e.mean, kind)},
                    {"words", margin_text(e, kind)},
                    {"chance", chance}});
  }
  return {{"title", title_of(comparison, row)},
          {"unit", row.metric->unit},
          {"better", row.higher_is_better ? "right" : "left"},
          {"baseline", number_text(all.front().mean, kind)},
          {"rows", std::move(rows)}};
}

Json forests_of(const Comparison& comparison) {
  Json list = Json::array();
  const std::size_t first = comparison.ranking_metric();
  list.push_back(forest_of(comparison, first));
  for (std::size_t m = 0; m < comparison.metrics().size(); ++m) {
    if (m == first || list.size() == kMostForests) continue;
    if (comparison.mean(m, 0) == 0) continue;
    Json one = forest_of(comparison, m);
    if (!one["rows"].empty()) list.push_back(std::move(one));
  }
  return list;
}

Json row_of(const ReportSource& source, std::size_t i,
            const StrategyEffect& effect, bool frontier) {
  const ComparisonStory& story = *source.comparison;
  const Comparison& comparison = story.comparison;
  const ComparedMetric& metric =
      comparison.metrics()[comparison.ranking_metric()];
  const NumberKind kind = kind_of_unit(metric.metric->unit);
  const Candidate& candidate = comparison.candidates()[i];
  const double price = price_per_year(candidate, story.basis).value;
  const double hour =
      i == 0 ? kUndefined : price_of_hour(comparison, i, story.basis);
  const bool recommended =
      source.recommended && source.recommended->candidate == i;
  return {
      {"strategy", candidate.name},
      {"why", i < source.reasons.size() ? source.reasons[i] : ""},
      {"harm", number(effect.mean.value)},
      {"harm_low", number(effect.mean.low)},
      {"harm_high", number(effect.mean.high)},
      {"harm_text", with_error(effect.mean, kind)},
      {"change", i == 0 ? Json(nullptr) : number(effect.relative)},
      {"change_text", i == 0 || std::isnan(effect.relative)
                          ? ""
                          : fixed_decimals(100 * effect.relative, 1) + " %"},
      {"best", number(effect.p_best, 3)},
      {"best_text", chance_text(effect.p_best)},
      {"price", number(price)},
      {"price_text", price_text(price)},
      {"hour", number(hour)},
      {"hour_text", std::isnan(hour) ? "" : significant(hour, 2) + " USD"},
      {"frontier", frontier},
      {"recommended", recommended}};
}

std::string sentence_of(const ReportSource& source) {
  const Comparison& comparison = source.comparison->comparison;
  std::string text =
      "Each strategy met the same " +
      report::with_commas(comparison.replications()) +
      " incidents as the baseline, so that luck cancels in the differences.";
  if (source.recommended) {
    const std::size_t best = source.recommended->candidate;
    const StrategyEffect e =
        comparison.differences(comparison.ranking_metric())[best];
    text += " “" + comparison.candidates()[best].name +
            "” lowers the harm by " +
            number_text(-e.relative, NumberKind::kShare, 2) + ".";
  }
  return text;
}

}  // namespace

Json strategies(const ReportSource& source) {
  if (source.comparison == nullptr) return nullptr;
  const ComparisonStory& story = *source.comparison;
  const Comparison& comparison = story.comparison;
  const std::size_t metric = comparison.ranking_metric();
  const auto all = comparison.differences(metric);
  const auto frontier = on_frontier(comparison, story.basis);
  Json rows = Json::array();
  for (std::size_t i = 0; i < all.size(); ++i) {
    rows.push_back(row_of(source, i, all[i], frontier[i]));
  }
  const Metric& ranking = *comparison.metrics()[metric].metric;
  return {{"sentence", sentence_of(source)},
          {"note",
           "Intervals are 95 %, corrected for the number of strategies "
           "(Bonferroni). One-off prices are spread over " +
               significant(story.basis.years, 2) +
               " years; a user-hour saved is at " +
               significant(story.basis.incidents_per_year, 3) +
               " such incidents a year (an assumption)."},
          {"harm_title", title_of(comparison, comparison.metrics()[metric])},
          {"harm_unit", ranking.unit},
          {"rows", std::move(rows)},
          {"forests", forests_of(comparison)}};
}

}  // namespace outagesim::page

namespace outagesim {

namespace {

// How much each surely averts of the ranking metric; 0 where that may be
// chance, and for those that `may` not be recommended.
std::vector<double> averted(const Comparison& comparison,
                            const std::vector<bool>& may) {
  const std::size_t metric = comparison.ranking_metric();
  const double sign = comparison.metrics()[metric].higher_is_better ? -1 : 1;
  std::vector<double> amounts;
  for (const StrategyEffect& one : comparison.differences(metric)) {
    const Estimate& d = one.difference;
    const bool sure = sign * (sign > 0 ? d.high : d.low) < 0;
    amounts.push_back(sure && may[amounts.size()] ? -sign * d.value : 0);
  }
  return amounts;
}

// Of those that avert at least half of what the best one does, the one with the
// lowest price for it; at the same price the better one.
std::optional<std::size_t> best_buy(const std::vector<double>& amounts,
                                    const std::vector<double>& prices) {
  const double most = *std::ranges::max_element(amounts);
  std::optional<std::size_t> best;
  for (std::size_t i = 1; i < amounts.size(); ++i) {
    if (amounts[i] <= 0 || amounts[i] < most / 2) continue;
    const auto rank = [&](std::size_t k) {
      return std::pair(prices[k] / amounts[k], -amounts[k]);
    };
    if (!best || rank(i) < rank(*best)) best = i;
  }
  return best;
}

}  // namespace

std::optional<std::size_t> recommended_strategy(const ComparisonStory& story) {
  std::vector<bool> priced, unpriced;
  std::vector<double> prices;
  for (const Candidate& candidate : story.comparison.candidates()) {
    const double price = price_per_year(candidate, story.basis).value;
    priced.push_back(!std::isnan(price));
    unpriced.push_back(std::isnan(price));
    prices.push_back(std::isnan(price) ? 0 : price);
  }
  const auto best = best_buy(averted(story.comparison, priced), prices);
  return best ? best : best_buy(averted(story.comparison, unpriced), prices);
}

}  // namespace outagesim
