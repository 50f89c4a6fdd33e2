#include "viz/attribution_report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "models/base/text.h"
#include "viz/bars.h"
#include "viz/csv.h"
#include "viz/few_runs.h"
#include "viz/people_numbers.h"
#include "viz/result_json.h"

namespace outagesim {
namespace {

constexpr std::size_t kBarWidth = 24;

double relative_share(const AttributionStory& story, std::size_t player) {
  const double total = story.result.total.value;
  return total == 0 ? kUndefined
                    : story.result.shares[player].share.value / total;
}

std::string percent(double share) {
  return std::isnan(share) ? "" : fixed_decimals(100 * share, 1) + " %";
}

// The largest first.
std::vector<std::size_t> by_size(const AttributionStory& story) {
  std::vector<std::size_t> order(story.players.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) {
    return std::pair(-std::abs(story.result.shares[i].share.value), i);
  });
  return order;
}

std::string shares_table(const AttributionStory& story,
                         const TextStyle& style) {
  const NumberKind kind = kind_of_unit(story.outcome.metric->unit);
  const bool exact = story.result.exact;
  Table table{{{story.over_strategies ? "strategy" : "cause"},
               {"share", Table::Align::kRight},
               {"of total", Table::Align::kRight},
               {exact ? "alone" : "", Table::Align::kRight},
               {exact ? "as the last" : "", Table::Align::kRight},
               {"", Table::Align::kPicture}},
              {}};
  for (const std::size_t i : by_size(story)) {
    const PlayerShare& one = story.result.shares[i];
    const double relative = relative_share(story, i);
    table.add({story.players[i], with_error(one.share, kind), percent(relative),
               exact ? number_text(one.alone, kind) : "",
               exact ? number_text(one.last, kind) : "",
               bar(std::clamp(relative, 0.0, 1.0), kBarWidth)});
  }
  table.add({"total", with_error(story.result.total, kind),
             story.result.total.value == 0 ? "" : "100.0 %"});
  return to_text(table, style);
}

std::string title(const AttributionStory& story) {
  const std::string name = outcome_name(story.outcome);
  return story.over_strategies
             ? "What each strategy changes in " + name + ", all taken together"
             : "What each cause brings of " + name;
}

std::string how_it_was_done(const AttributionStory& story) {
  const Attribution& result = story.result;
  const std::string runs = std::to_string(result.replications);
  std::string text =
      "Shapley shares: what each adds to those before it, averaged over all "
      "orders; they sum to the total, from none of them to all. ";
  if (result.exact) {
    return text + "Exact over all " + std::to_string(result.coalitions) +
           " combinations, each on the same " +
           counted(result.replications, "replication") +
           ". Intervals: 95 % over replications. alone: without "
           "the others; as the last: after all others; where these differ "
           "from the share they interact.";
  }
  return text + "Estimated from " + std::to_string(result.orders) +
         " random orders, in pairs of an order and its reverse, each pair on " +
         std::to_string(result.replications / (result.orders / 2)) + " of " +
         runs + " replications. Intervals: 95 % over pairs.";
}

nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value)
                              : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json estimate_json(const Estimate& estimate) {
  return {{"value", number(estimate.value)},
          {"ci_low", number(estimate.low)},
          {"ci_high", number(estimate.high)}};
}

}  // namespace

std::string attribution_report(const AttributionStory& story,
                               const TextStyle& style) {
  const NumberKind kind = kind_of_unit(story.outcome.metric->unit);
  std::string text = style.bold(title(story)) + "\n\n";
  text += shares_table(story, style) + "\n";
  text += wrapped("With none of them: " + number_text(story.result.none, kind) +
                      "; with all: " + number_text(story.result.all, kind) +
                      ". " + how_it_was_done(story),
                  style.columns(96));
  if (story.result.replications == 1) {
    text += wrapped(few_runs_note(1, "run"), style.columns(96));
  }
  for (const std::string& line : story.left_out)
    text += wrapped(line, style.columns(96), 2);
  return text;
}

std::string attribution_csv(const AttributionStory& story) {
  std::string text =
      "player,metric,unit,share,ci_low,ci_high,standard_error,relative,alone,"
      "last\n";
  CsvWriter csv(text);
  const auto row = [&](const std::string& player, const PlayerShare& one,
                       double relative) {
    csv.field(player)
        .field(outcome_name(story.outcome))
        .field(story.outcome.metric->unit)
        .field(one.share.value)
        .field(one.share.low)
        .field(one.share.high)
        .field(one.standard_error)
        .field(relative)
        .field(one.alone.value)
        .field(one.last.value);
    csv.end_row();
  };
  for (std::size_t i = 0; i < story.players.size(); ++i) {
    row(story.players[i], story.result.shares[i], relative_share(story, i));
  }
  row("total", {.share = story.result.total, .alone = {}, .last = {}}, 1);
  return text;
}

std::string attribution_json(const RunInfo& info,
                             const AttributionStory& story) {
  auto json = nlohmann::ordered_json::parse(run_json(info, {}));
  const Attribution& result = story.result;
  json["metric"] = outcome_name(story.outcome);
  json["unit"] = story.outcome.metric->unit;
  json["over"] = story.over_strategies ? "strategies" : "causes";
  json["exact"] = result.exact;
  json["combinations"] = result.coalitions;
  json["orders"] = result.orders;
  json["none"] = estimate_json(result.none);
  json["all"] = estimate_json(result.all);
  json["total"] = estimate_json(result.total);
  json["shares"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < story.players.size(); ++i) {
    const PlayerShare& one = result.shares[i];
    auto row = estimate_json(one.share);
    row["player"] = story.players[i];
    row["standard_error"] = number(one.standard_error);
    row["relative"] = number(relative_share(story, i));
    row["alone"] = number(one.alone.value);
    row["last"] = number(one.last.value);
    json["shares"].push_back(std::move(row));
  }
  json["left_out"] = story.left_out;
  return json.dump(2, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace) +
         '\n';
}

}  // namespace outagesim
