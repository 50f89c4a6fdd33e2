#include "viz/sensitivity_report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "models/base/text.h"
#include "viz/bars.h"
#include "viz/csv.h"
#include "viz/people_numbers.h"
#include "viz/result_json.h"

namespace outagesim {
namespace {

constexpr std::size_t kBarWidth = 20;
constexpr std::size_t kMostLines = 20;

NumberKind kind_of(const SensitivityStory& story) {
  return kind_of_unit(story.outcome.metric->unit);
}

// Those that do something, the widest swing first.
std::vector<std::size_t> by_swing(const SensitivityStory& story) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < story.inputs.size(); ++i) {
    const InputEffect& effect = story.result.effects[i];
    if (effect.swing.defined() && !effect.does_nothing) order.push_back(i);
  }
  const auto size = [&](std::size_t i) {
    return std::abs(story.result.effects[i].swing.value);
  };
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return std::pair(-size(a), a) < std::pair(-size(b), b);
  });
  return order;
}

std::string index_text(const Estimate& index) {
  if (!index.defined()) return "";
  const auto percent = [](double x) { return fixed_decimals(100 * x, 0); };
  return percent(index.value) + " % (" + percent(index.low) + " … " +
         percent(index.high) + ")";
}

std::string tornado(const SensitivityStory& story,
                    const std::vector<std::size_t>& order,
                    const TextStyle& style) {
  const NumberKind kind = kind_of(story);
  const bool indices = !story.result.varied.empty();
  Table table{{{"input"},
               {"from", Table::Align::kRight},
               {"to", Table::Align::kRight},
               {"at low", Table::Align::kRight},
               {"at high", Table::Align::kRight},
               {"swing", Table::Align::kRight},
               {"", Table::Align::kPicture},
               {indices ? "alone" : "", Table::Align::kRight},
               {indices ? "in all" : "", Table::Align::kRight}},
              {}};
  const double widest =
      order.empty() ? 1 : std::abs(story.result.effects[order[0]].swing.value);
  for (std::size_t k = 0; k < std::min(order.size(), kMostLines); ++k) {
    const std::size_t i = order[k];
    const InputEffect& effect = story.result.effects[i];
    const double share = widest > 0 ? std::abs(effect.swing.value) / widest : 0;
    table.add({story.inputs[i].name, story.inputs[i].low, story.inputs[i].high,
               number_text(effect.low, kind), number_text(effect.high, kind),
               with_error(effect.swing, kind), bar(share, kBarWidth),
               index_text(effect.first), index_text(effect.total)});
  }
  return to_text(table, style);
}

std::string listed(const SensitivityStory& story, bool impossible) {
  std::string names;
  for (std::size_t i = 0; i < story.inputs.size(); ++i) {
    const InputEffect& effect = story.result.effects[i];
    const bool cannot = !effect.swing.defined();
    if (impossible ? !cannot : cannot || !effect.does_nothing) continue;
    names += (names.empty() ? "" : ", ") + story.inputs[i].name;
  }
  return names;
}

std::string about_variance(const SensitivityStory& story) {
  const Sensitivity& result = story.result;
  if (result.varied.empty() || !result.sobol.variance.defined()) return "";
  const NumberKind kind = kind_of(story);
  const auto spread = [&](double variance) {
    return variance > 0 ? number_text(std::sqrt(variance), kind, 2)
                        : "too small to be told from noise";
  };
  return "alone and in all: of the spread of the mean when the " +
         std::to_string(result.varied.size()) +
         " inputs vary together, what knowing this one alone would take away, "
         "and what would be left if all others were known (Sobol's first and "
         "total index, 95 % bootstrap intervals; " +
         std::to_string(story.options.rows) + " rows of random inputs, " +
         std::to_string(story.options.each) +
         " replications each; the noise of simulation is taken out). Standard "
         "deviation of the mean by these inputs: " +
         spread(result.sobol.variance.value) +
         "; of one replication by chance, inputs known: " +
         spread(result.chance_variance) + ".";
}

nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value)
                              : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json estimate_json(const Estimate& e) {
  return {{"value", number(e.value)},
          {"ci_low", number(e.low)},
          {"ci_high", number(e.high)}};
}

}  // namespace

std::string sensitivity_report(const SensitivityStory& story,
                               const TextStyle& style) {
  const NumberKind kind = kind_of(story);
  const auto order = by_swing(story);
  std::string text =
      style.bold("What " + outcome_name(story.outcome) + " hangs on: mean " +
                 with_error(story.result.base, kind)) +
      " as written" +
      (story.result.partial ? " (stopped before the end)" : "") + "\n\n" +
      tornado(story, order, style);
  if (order.size() > kMostLines) {
    text += "  … and " + std::to_string(order.size() - kMostLines) +
            " more that do less\n";
  }
  text += "\n" + wrapped(story.of_inputs, style.columns(96));
  text += wrapped(
      "at low, at high: the mean with this input at that end and "
      "all else as written; swing: high - low, 95 % interval, "
      "paired on the same " +
          std::to_string(story.options.replications) + " replications. " +
          about_variance(story),
      style.columns(96));
  if (const std::string none = listed(story, false); !none.empty()) {
    text += wrapped("Without any effect, in every replication: " + none + ".",
                    style.columns(96), 2);
  }
  if (const std::string cannot = listed(story, true);
      !cannot.empty() && !story.result.partial) {
    text += wrapped(
        "Left out, for at an end the scenario would be wrong: " + cannot + ".",
        style.columns(96), 2);
  }
  return text;
}

std::string sensitivity_csv(const SensitivityStory& story) {
  std::string text =
      "input,written,low,high,metric,unit,at_low,at_high,swing,ci_low,ci_high,"
      "does_nothing,first,first_low,first_high,total,total_low,total_high\n";
  CsvWriter csv(text);
  for (std::size_t i = 0; i < story.inputs.size(); ++i) {
    const ToldInput& input = story.inputs[i];
    const InputEffect& effect = story.result.effects[i];
    csv.field(input.name)
        .field(input.written)
        .field(input.low)
        .field(input.high)
        .field(outcome_name(story.outcome))
        .field(story.outcome.metric->unit)
        .field(effect.low.value)
        .field(effect.high.value)
        .field(effect.swing.value)
        .field(effect.swing.low)
        .field(effect.swing.high)
        .field(effect.does_nothing);
    for (const Estimate* index : {&effect.first, &effect.total}) {
      csv.field(index->value).field(index->low).field(index->high);
    }
    csv.end_row();
  }
  return text;
}

std::string sensitivity_json(const RunInfo& info,
                             const SensitivityStory& story) {
  auto json = nlohmann::ordered_json::parse(run_json(info, {}));
  const Sensitivity& result = story.result;
  json["metric"] = outcome_name(story.outcome);
  json["unit"] = story.outcome.metric->unit;
  json["base"] = estimate_json(result.base);
  json["inputs"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < story.inputs.size(); ++i) {
    const ToldInput& input = story.inputs[i];
    const InputEffect& effect = result.effects[i];
    json["inputs"].push_back({{"input", input.name},
                              {"written", input.written},
                              {"low", input.low},
                              {"high", input.high},
                              {"at_low", estimate_json(effect.low)},
                              {"at_high", estimate_json(effect.high)},
                              {"swing", estimate_json(effect.swing)},
                              {"does_nothing", effect.does_nothing},
                              {"first", estimate_json(effect.first)},
                              {"total", estimate_json(effect.total)}});
  }
  json["variance_by_inputs"] = estimate_json(result.sobol.variance);
  json["variance_by_chance"] = number(result.chance_variance);
  return json.dump(2, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace) +
         '\n';
}

}  // namespace outagesim
