// What each strategy does to the product that is out longest, in a sentence.
#include <algorithm>
#include <cmath>

#include "viz/comparison_report.h"
#include "viz/people_numbers.h"
#include "viz/report_sections.h"

namespace outagesim {
namespace {

// Fewer replications than this do not bear the normal approximation behind the
// chance of being the best.
constexpr std::uint64_t kEnoughForChance = 30;

std::size_t find_row(const Comparison& comparison, std::string_view metric,
                     Subject subject) {
  const auto& rows = comparison.metrics();
  const auto found = std::ranges::find_if(rows, [&](const ComparedMetric& row) {
    return row.metric->name == metric && row.subject.scope == subject.scope &&
           row.subject.index == subject.index;
  });
  return static_cast<std::size_t>(found - rows.begin());
}

// The product that the baseline hurts most: the sentences speak of it.
std::uint32_t worst_product(const Comparison& comparison) {
  const Model& model = *comparison.candidates().front().model;
  std::uint32_t worst = 0;
  double most = -1;
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    const std::size_t row =
        find_row(comparison, "downtime", {Scope::kProduct, p});
    if (row == comparison.metrics().size()) continue;
    const double lost = comparison.mean(row, 0);
    if (lost > most) {
      most = lost;
      worst = p;
    }
  }
  return worst;
}

double half_of(const Estimate& estimate) {
  return (estimate.high - estimate.low) / 2;
}

bool may_be_chance(const StrategyEffect& d) {
  return d.difference.low < 0 && d.difference.high > 0;
}

// What the reader takes the number to be.
double as_shown(const Estimate& estimate, NumberKind kind) {
  NumberUnit unit = common_unit(kind, {estimate.value});
  unit.name = {};
  return std::stod(number_text(estimate, unit)) * unit.size;
}

// As many digits as leave two of what is in doubt.
int digits_of(double value, double half) {
  if (!std::isfinite(half)) return 2;
  if (half <= 0) return 4;
  const double more = std::log10(std::abs(value)) - std::log10(half);
  return 2 + static_cast<int>(std::clamp(std::floor(more), 0.0, 2.0));
}

std::string sentence(const StrategyEffect& base, const StrategyEffect& d,
                     const std::string& strategy, const std::string& product) {
  const double change = d.difference.value;
  if (change == 0) {
    return strategy + ": no difference in how long " + product +
           " is out was seen in " + counted(d.difference.n, "run");
  }
  if (d.mean.value == 0) {
    return strategy + " leaves no outage of " + product + "; without it " +
           number_text(base.mean, NumberKind::kDuration);
  }
  const ToldChange told = told_change(base, d, NumberKind::kDuration);
  return strategy + (change < 0 ? " cuts " : " lengthens ") + product +
         "'s outages " +
         (told.by_means
              ? "from " + told.from + " to " + told.to + told.margin
              : "by " + told.size + told.margin + ", from " + told.from) +
         (may_be_chance(d) ? ", which may be chance" : "");
}

}  // namespace

ToldChange told_change(const StrategyEffect& base, const StrategyEffect& effect,
                       NumberKind kind) {
  const double change = effect.difference.value;
  const double half = half_of(effect.difference);
  ToldChange told;
  if (std::isfinite(half)) {
    told.margin = " (± " + number_text(half, kind, 2) + ")";
  }
  told.by_means = true;
  if (std::isfinite(change)) {
    const double shown =
        as_shown(effect.mean, kind) - as_shown(base.mean, kind);
    told.by_means = std::abs(shown - change) <= 0.1 * std::abs(change);
  }
  told.size = number_text(std::abs(change), kind, digits_of(change, half));
  told.from = told.by_means ? number_text(base.mean, kind)
                            : number_text(base.mean.value, kind, 2);
  told.to = number_text(effect.mean, kind);
  return told;
}

// The chance of being best is that of the ranking.
std::string strategy_sentences(const ComparisonStory& story,
                               const TextStyle& style) {
  const Comparison& comparison = story.comparison;
  const std::uint32_t product = worst_product(comparison);
  const Subject subject{Scope::kProduct, product};
  const std::size_t row = find_row(comparison, "downtime", subject);
  if (row == comparison.metrics().size()) return "";
  const Model& model = *comparison.candidates().front().model;
  const std::string name = report::product_label(model, product);
  const auto all = comparison.differences(row);
  const auto rank = comparison.differences(comparison.ranking_metric());
  const bool few = comparison.replications() < kEnoughForChance;
  std::string text;
  for (std::size_t i = 1; i < all.size(); ++i) {
    std::string line = "- " + sentence(all.front(), all[i],
                                       comparison.candidates()[i].name, name);
    if (!few) {
      line += "; chance that it is the best: " + chance_text(rank[i].p_best);
    }
    text += wrapped(line + ".", style.columns(92), 2);
  }
  return text;
}

}  // namespace outagesim
