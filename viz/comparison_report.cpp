#include "viz/comparison_report.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "models/base/text.h"
#include "sim/experiment/compared_row.h"
#include "viz/bars.h"
#include "viz/few_runs.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

constexpr double kMinutesAnHour = 60;
constexpr std::size_t kMostBar = 32, kBesideBar = 56;

// User-hours saved in a year against the baseline; NaN without people.
double hours_saved(const Comparison& comparison, std::size_t candidate,
                   const PriceBasis& basis) {
  const std::size_t row = comparison.ranking_metric();
  if (comparison.metrics()[row].metric->name != "user_minutes_lost") {
    return kUndefined;
  }
  const double less = comparison.mean(row, 0) - comparison.mean(row, candidate);
  return less / kMinutesAnHour * basis.incidents_per_year;
}

std::string money_text(double dollars) {
  if (std::isnan(dollars)) return "n/a";
  return dollars < 1000 ? significant(dollars, 3) + " USD"
                        : format_count(dollars) + " USD";
}

// Of a price: what has none is not free.
std::string price_text(double dollars) {
  return std::isnan(dollars) ? "–" : money_text(dollars);
}

std::string gain_text(double gain) {
  if (std::isnan(gain)) return "n/a";
  if (std::isinf(gain)) return "exact";
  return significant(gain, gain < 10 ? 2 : 3) + "x";
}

// What was cut off at the horizon is more than is told.
std::string cut_text(const Estimate& mean) {
  return mean.censored > 0 ? "≥ " : "";
}

std::string censoring_note(const Comparison& comparison,
                           const TextStyle& style) {
  std::uint64_t most = 0;
  for (const auto& d : comparison.differences(comparison.ranking_metric())) {
    most = std::max(most, d.mean.censored);
  }
  if (most == 0) return "";
  const double share = double(most) / double(comparison.replications());
  return wrapped("≥: an outage was still open at the horizon, in up to " +
                     significant(100 * share, 2) +
                     " % of the runs; what follows is not counted.",
                 style.columns(96), 0);
}

std::string left_out_note(const std::vector<std::string>& names,
                          const TextStyle& style) {
  if (names.empty()) return "";
  std::string text = "Left out, for they contradict each other: ";
  for (const std::string& name : names) {
    if (&name != &names.front()) text += "; ";
    text += name;
  }
  return wrapped(text + ".", style.columns(96), 0);
}

std::vector<std::size_t> ranked(const std::vector<StrategyEffect>& all,
                                bool higher_is_better) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const double sign = higher_is_better ? -1 : 1;
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const double left = sign * all[a].mean.value;
    const double right = sign * all[b].mean.value;
    return left != right ? left < right : a < b;
  });
  return order;
}

// A unit for all of a column: the one that suits what is well below its most.
NumberUnit column_unit(const std::vector<StrategyEffect>& all,
                       NumberKind kind) {
  double most = 0;
  for (const StrategyEffect& one : all) most = std::max(most, one.mean.value);
  return common_unit(kind, {most / (kind == NumberKind::kDuration ? 5 : 100)});
}

// Harm against price, the cheapest first, what has no price last.
std::string prices(const ComparisonStory& story, const TextStyle& style) {
  const Comparison& comparison = story.comparison;
  const std::size_t row = comparison.ranking_metric();
  const Metric& metric = *comparison.metrics()[row].metric;
  const auto all = comparison.differences(row);
  const NumberUnit unit = column_unit(all, kind_of_unit(metric.unit));
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto price = [&](std::size_t i) {
    return price_per_year(comparison.candidates()[i], story.basis).value;
  };
  std::ranges::sort(order, {}, [&](std::size_t i) {
    const bool unknown = std::isnan(price(i));
    return std::tuple(unknown, unknown ? 0 : price(i), i);
  });
  double most = 0;
  for (const StrategyEffect& one : all) most = std::max(most, one.mean.value);
  Table table{{{"a year", Table::Align::kRight},
               {"strategy"},
               {std::string(metric.name), Table::Align::kRight},
               {"", Table::Align::kPicture}},
              {}};
  const std::size_t room = style.columns(kMostBar + kBesideBar);
  const std::size_t width =
      std::max<std::size_t>(room, kBesideBar + 8) - kBesideBar;
  for (const std::size_t i : order) {
    const double mean = all[i].mean.value;
    table.add({price_text(price(i)), comparison.candidates()[i].name,
               cut_text(all[i].mean) + number_text(all[i].mean, unit),
               bar(most > 0 ? mean / most : 0, width)});
  }
  return style.bold("What each costs, and what harm it leaves") + '\n' +
         to_text(table, style);
}

// What the strategy asks for a user-hour.
std::string hour_text(const ComparisonStory& story, std::size_t i) {
  const Candidate& candidate = story.comparison.candidates()[i];
  if (std::isnan(price_per_year(candidate, story.basis).value)) return "–";
  return money_text(price_of_hour(story.comparison, i, story.basis));
}

// What the table tells beside the ranking metric: prices are set against that.
void add_price_columns(const ComparisonStory& story, Table& table,
                       const std::vector<std::size_t>& order) {
  table.columns.insert(table.columns.end(),
                       {{"a year", Table::Align::kRight},
                        {"a user-hour", Table::Align::kRight},
                        {"frontier"}});
  const auto frontier = on_frontier(story.comparison, story.basis);
  for (std::size_t line = 0; line < order.size(); ++line) {
    const std::size_t i = order[line];
    const Candidate& candidate = story.comparison.candidates()[i];
    const double price = price_per_year(candidate, story.basis).value;
    const bool base = i == 0;
    table.rows[line].insert(
        table.rows[line].end(),
        {base ? "" : price_text(price), base ? "" : hour_text(story, i),
         frontier[i] ? "yes" : ""});
  }
}

// The strategies, the best in this metric first.
std::string ranking(const ComparisonStory& story, std::size_t row,
                    const TextStyle& style) {
  const Comparison& comparison = story.comparison;
  const ComparedMetric& metric = comparison.metrics()[row];
  const NumberKind kind = kind_of_unit(metric.metric->unit);
  const auto all = comparison.differences(row);
  const NumberUnit unit = column_unit(all, kind);
  const auto order = ranked(all, metric.higher_is_better);
  Table table{{{"strategy"},
               {row_name(comparison, row), Table::Align::kRight},
               {"difference", Table::Align::kRight},
               {"relative", Table::Align::kRight},
               {"pairing", Table::Align::kRight},
               {"best?", Table::Align::kRight}},
              {}};
  for (const std::size_t i : order) {
    const StrategyEffect& d = all[i];
    const bool base = i == 0;
    table.add({comparison.candidates()[i].name,
               cut_text(d.mean) + number_text(d.mean, unit),
               base ? "" : with_error(d.difference, unit),
               base || std::isnan(d.relative)
                   ? ""
                   : fixed_decimals(100 * d.relative, 1) + " %",
               base ? "" : gain_text(d.variance_ratio), chance_text(d.p_best)});
  }
  if (row == comparison.ranking_metric()) {
    add_price_columns(story, table, order);
  }
  return to_text(table, style);
}

std::string rankings(const ComparisonStory& story, const TextStyle& style) {
  if (story.rows.empty()) {
    return ranking(story, story.comparison.ranking_metric(), style);
  }
  std::string text;
  for (const std::size_t row : story.rows) {
    text += (text.empty() ? "" : "\n") + ranking(story, row, style);
  }
  return text;
}

}  // namespace

std::string chance_text(double p) {
  if (std::isnan(p)) return "n/a";
  if (p > 0.995) return "> 99 %";
  if (p < 0.005) return "< 1 %";
  return fixed_decimals(100 * p, 0) + " %";
}

double price_of_hour(const Comparison& comparison, std::size_t candidate,
                     const PriceBasis& basis) {
  const double saved = hours_saved(comparison, candidate, basis);
  const double price =
      price_per_year(comparison.candidates()[candidate], basis).value;
  return saved > 0 ? price / saved : kUndefined;
}

Money price_per_year(const Candidate& candidate, const PriceBasis& basis) {
  return candidate.per_year + candidate.once / basis.years;
}

std::vector<bool> on_frontier(const Comparison& comparison,
                              const PriceBasis& basis) {
  const std::size_t row = comparison.ranking_metric();
  const double sign = comparison.metrics()[row].higher_is_better ? -1 : 1;
  const std::size_t size = comparison.candidates().size();
  const auto price = [&](std::size_t i) {
    return price_per_year(comparison.candidates()[i], basis).value;
  };
  const auto harm = [&](std::size_t i) {
    return sign * comparison.mean(row, i);
  };
  std::vector<bool> frontier(size, true);
  for (std::size_t i = 0; i < size; ++i) {
    if (std::isnan(price(i))) frontier[i] = false;
    for (std::size_t j = 0; j < size; ++j) {
      const bool no_worse = price(j) <= price(i) && harm(j) <= harm(i);
      const bool better = price(j) < price(i) || harm(j) < harm(i);
      if (no_worse && better) frontier[i] = false;
    }
  }
  return frontier;
}

namespace {

bool any_unpriced(const ComparisonStory& story) {
  return std::ranges::any_of(
      story.comparison.candidates(), [&](const Candidate& candidate) {
        return std::isnan(price_per_year(candidate, story.basis).value);
      });
}

std::string one_run_note(const Comparison& comparison, const TextStyle& style) {
  if (comparison.replications() != 1) return "";
  return wrapped(few_runs_note(1, "run"), style.columns(96), 0);
}

std::string how_to_read(const ComparisonStory& story, const TextStyle& style) {
  const std::size_t strategies = story.comparison.candidates().size() - 1;
  std::string text =
      "Differences are paired, replication by replication; their 95 % "
      "intervals are corrected for " +
      std::to_string(strategies) +
      (strategies == 1 ? " strategy" : " strategies") +
      " (Bonferroni). pairing: how many times fewer replications "
      "that takes than independent runs. best?: probability of the lowest "
      "harm, from the paired variance. Where few pairs differ the interval "
      "allows for changes that none of them shows. Prices: one-off cost spread "
      "over " +
      significant(story.basis.years, 2) + " years; a user-hour saved at " +
      significant(story.basis.incidents_per_year, 3) +
      " such incidents a year (assumption). frontier: nothing is both cheaper "
      "and less harmful.";
  if (any_unpriced(story)) {
    text += " –: no price is given, so that nothing is said of its worth.";
  }
  return wrapped(text, style.columns(96), 0);
}

}  // namespace

std::string comparison_report(const ComparisonStory& story,
                              const TextStyle& style) {
  const Comparison& comparison = story.comparison;
  std::string text =
      style.bold("Strategies, on the same " +
                 counted(comparison.replications(), "incident") +
                 " as the baseline") +
      (story.partial ? " (partial: stopped before the end)" : "") + "\n" +
      one_run_note(comparison, style) + "\n";
  text += rankings(story, style) + "\n" + prices(story, style) + "\n" +
          strategy_sentences(story, style) + "\n" +
          slo_lines(comparison, style) + cost_lines(comparison, style);
  text +=
      censoring_note(comparison, style) + left_out_note(story.left_out, style);
  return text + how_to_read(story, style);
}

}  // namespace outagesim
