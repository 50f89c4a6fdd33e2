// Small multiples in block characters: how long each product's outages last,
// on one scale, with what is recorded; and what it serves over time.
#include <algorithm>
#include <array>
#include <cmath>

#include "models/base/text.h"
#include "sim/experiment/statistics.h"
#include "viz/bars.h"
#include "viz/recorded_recovery.h"
#include "viz/report_data.h"
#include "viz/report_sections.h"

namespace outagesim::report {
namespace {

constexpr std::size_t kMostProducts = 12;
constexpr std::size_t kLeastColumns = 16, kMostColumns = 60;

// A product's times, and the one that is recorded.
struct Recoveries {
  std::uint32_t product = 0;
  const Survival* times = nullptr;
  double recorded = kUndefined;
};

const Survival* times_of(const Summary& summary, std::string_view metric,
                         std::uint32_t product) {
  for (const Column& column : summary.columns()) {
    const bool found =
        column.metric->name == metric && column.scope == Scope::kProduct;
    if (found) return &summary.time(column.first + product);
  }
  return nullptr;
}

std::vector<Recoveries> recoveries_of(const Summary& summary) {
  std::vector<Recoveries> all;
  for (std::uint32_t p = 0; p < summary.model().products.size(); ++p) {
    const auto recorded = recorded_recovery(summary.model(), p);
    Recoveries one{.product = p, .times = nullptr};
    one.times = times_of(summary, recorded ? recorded->metric : "ttr", p);
    if (recorded) one.recorded = recorded->took.value;
    const bool known = one.times != nullptr && one.times->event_counts.n > 0;
    if (known && all.size() < kMostProducts) all.push_back(one);
  }
  return all;
}

// Logarithmic, from the rarest half percent of all to the rarest at the other
// end, and what is recorded.
struct LengthScale {
  double low = kUnbounded, high = 0;
  std::size_t columns = 0;

  void widen(double seconds) {
    if (!(seconds > 0)) return;
    low = std::min(low, seconds);
    high = std::max(high, seconds);
  }
  std::size_t column(double seconds) const {
    if (seconds <= low) return 0;
    const double share = std::log(seconds / low) / std::log(high / low);
    return static_cast<std::size_t>(std::min(share, 1.0) *
                                    static_cast<double>(columns - 1));
  }
};

LengthScale scale_of(const std::vector<Recoveries>& all, std::size_t columns) {
  LengthScale scale;
  scale.columns = columns;
  for (const Recoveries& one : all) {
    const Quantiles times{one.times->event_counts};
    scale.widen(times.quantile(0.005).value);
    scale.widen(times.quantile(0.995).value);
    scale.widen(one.recorded);
  }
  return scale;
}

std::string histogram(const Survival& times, const LengthScale& scale) {
  std::vector<double> heights(scale.columns);
  for (const BinCount& one : times.event_counts.ascending()) {
    heights[scale.column(one.value)] += static_cast<double>(one.count);
  }
  const double most = *std::ranges::max_element(heights);
  for (double& height : heights) height /= most;
  return spark(heights);
}

std::string length_text(double seconds) {
  return number_text(seconds, NumberKind::kDuration, 3);
}

// "      ▲ 7.67 h", or to its left where there is no room.
std::string marker(double recorded, const LengthScale& scale) {
  const std::size_t at = scale.column(recorded);
  const std::string text = length_text(recorded);
  const bool fits = at + 2 + text.size() <= scale.columns;
  if (fits) return std::string(at, ' ') + "▲ " + text;
  const std::size_t before = at - std::min(at, text.size() + 1);
  return std::string(before, ' ') + text + " ▲";
}

struct Tick {
  std::size_t column;
  std::string text;
};

// "│1 h     │10 h", each where there is room for it.
std::string axis(const std::vector<Tick>& ticks, std::size_t columns) {
  std::string text;
  std::size_t filled = 0;
  for (const Tick& tick : ticks) {
    const std::size_t end = tick.column + 1 + tick.text.size();
    const bool room = tick.column >= filled && end <= columns;
    if (!room) continue;
    const std::size_t gap = tick.column - (filled > 0 ? filled - 1 : 0);
    text += std::string(gap, ' ') + "│" + tick.text;
    filled = end + 1;
  }
  return text;
}

struct RoundLength {
  double seconds;
  const char* text;
};
constexpr std::array<RoundLength, 17> kRound{{{0.001, "1 ms"},
                                              {0.01, "10 ms"},
                                              {0.1, "0.1 s"},
                                              {1, "1 s"},
                                              {10, "10 s"},
                                              {60, "1 min"},
                                              {600, "10 min"},
                                              {3600, "1 h"},
                                              {14400, "4 h"},
                                              {43200, "12 h"},
                                              {86400, "1 d"},
                                              {259200, "3 d"},
                                              {864000, "10 d"},
                                              {2592000, "30 d"},
                                              {8640000, "100 d"},
                                              {31536000, "1 y"},
                                              {315360000, "10 y"}}};

std::string length_axis(const LengthScale& scale) {
  std::vector<Tick> ticks;
  for (const RoundLength& one : kRound) {
    const bool inside = one.seconds >= scale.low && one.seconds <= scale.high;
    if (inside) ticks.push_back({scale.column(one.seconds), one.text});
  }
  return axis(ticks, scale.columns);
}

// The columns left for a picture beside these labels.
std::size_t picture_columns(const Summary& summary, const TextStyle& style) {
  std::size_t label = 0;
  for (std::uint32_t p = 0; p < summary.model().products.size(); ++p) {
    label = std::max(label, display_width(product_label(summary.model(), p)));
  }
  const std::size_t taken = label + 4;
  const std::size_t all = style.columns(kWidth);
  return std::clamp(all - std::min(all, taken), kLeastColumns, kMostColumns);
}

Table pictures() { return {{{""}, {"", Table::Align::kPicture}}, {}}; }

std::string lengths(const Summary& summary, const TextStyle& style) {
  const std::vector<Recoveries> all = recoveries_of(summary);
  const LengthScale scale = scale_of(all, picture_columns(summary, style));
  if (!(scale.high > scale.low)) return {};
  Table table = pictures();
  bool recorded = false;
  for (const Recoveries& one : all) {
    table.add({product_label(summary.model(), one.product),
               histogram(*one.times, scale)});
    if (std::isnan(one.recorded)) continue;
    table.add({"", marker(one.recorded, scale)});
    recorded = true;
  }
  table.add({"", length_axis(scale)});
  return style.bold("How long outages last") + " (how many of each length" +
         (recorded ? "; ▲ recorded" : "") + ")\n" + to_text(table, style);
}

// The least that is served in the middle run within a column's time, a little
// less than full height where anything is missing.
double served_in(const Summary& summary, std::uint32_t product, Seconds from,
                 Seconds to) {
  const auto& grid = summary.timeline().grid();
  const auto after = std::ranges::upper_bound(grid, from);
  auto i = static_cast<std::size_t>(after - grid.begin());
  i -= std::min<std::size_t>(i, 1);
  double least = 1;
  for (; i < grid.size() && grid[i] < to; ++i) {
    const double middle = summary.timeline().at(i, product).quantile_alone(0.5);
    least = std::min(least, middle);
  }
  return least < 0.99 ? std::min(least, 0.9) : 1;
}

std::string time_axis(Seconds until, std::size_t columns) {
  static constexpr std::array<double, 12> kSteps{60,    300,   600,    1800,
                                                 3600,  7200,  14400,  28800,
                                                 43200, 86400, 172800, 604800};
  const double aim = until.value / 6;
  const auto step =
      std::ranges::find_if(kSteps, [&](double one) { return one >= aim; });
  const double each = step == kSteps.end() ? aim : *step;
  std::vector<Tick> ticks;
  for (int i = 0; i * each < until.value; ++i) {
    const double t = i * each;
    const double column = t / until.value * static_cast<double>(columns);
    ticks.push_back(
        {static_cast<std::size_t>(column),
         exact_text(t, common_unit(NumberKind::kDuration, {each}))});
  }
  return axis(ticks, columns);
}

std::string over_time(const Summary& summary, const TextStyle& style) {
  const Model& model = summary.model();
  if (model.horizon >= kLongRun) return {};
  const Seconds until = view_end(summary);
  const std::size_t columns = picture_columns(summary, style);
  Table table = pictures();
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    if (p == kMostProducts) break;
    std::vector<double> shares;
    for (std::size_t c = 0; c < columns; ++c) {
      const double each = 1.0 / static_cast<double>(columns);
      const Seconds from = until * (static_cast<double>(c) * each);
      shares.push_back(served_in(summary, p, from, from + until * each));
    }
    table.add({product_label(model, p), spark(shares)});
  }
  table.add({"", time_axis(until, columns)});
  return style.bold("What is served over time") +
         " (middle of all runs; full height: all that is asked for)\n" +
         to_text(table, style);
}

}  // namespace

std::string shapes(const ReportInput& input, const TextStyle& style) {
  const std::string first = lengths(input.summary, style);
  const std::string second = over_time(input.summary, style);
  return first + (first.empty() || second.empty() ? "" : "\n") + second;
}

}  // namespace outagesim::report
