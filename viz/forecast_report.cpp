#include "viz/forecast_report.h"

#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "sim/experiment/uniformity.h"
#include "viz/csv.h"
#include "viz/log_text.h"
#include "viz/people_numbers.h"
#include "viz/report_sections.h"

namespace outagesim {
namespace {

using report::kWidth;

std::string date_of(UtcTime time) { return to_text(time).substr(0, 10); }

// One of the three quantities that are foretold.
struct Foretold {
  std::string_view label;
  std::string_view name;  // in the CSV file
  NumberKind kind = NumberKind::kDuration;
  Quantiles Forecast::* law = nullptr;
  ForecastScore RolledForecast::* score = nullptr;
  double WhatCame::* came = nullptr;
};
constexpr std::array<Foretold, 3> kForetold{
    {{"incidents", "incidents", NumberKind::kCount, &Forecast::count,
      &RolledForecast::count, &WhatCame::count},
     {"time in incidents", "hours", NumberKind::kDuration, &Forecast::total,
      &RolledForecast::total, &WhatCame::total},
     {"the longest", "longest", NumberKind::kDuration, &Forecast::longest,
      &RolledForecast::longest, &WhatCame::longest}}};

std::string told(double value, NumberKind kind) {
  if (value == 0) return "0";
  return number_text(value, kind, 2);
}

std::string band(double low, double high, NumberKind kind) {
  return told(low, kind) + " … " + told(high, kind);
}

std::string asked_section(const ForecastStory& story, const TextStyle& style) {
  Table table{{{""},
               {"middle", Table::Align::kRight},
               {"50 % band", Table::Align::kRight},
               {"90 % band", Table::Align::kRight},
               {story.came ? "what came" : "", Table::Align::kRight}},
              {}};
  for (const Foretold& one : kForetold) {
    const Quantiles& law = story.forecast.*one.law;
    const auto at = [&](double p) { return law.quantile(p).value; };
    table.add({std::string(one.label), told(at(0.5), one.kind),
               band(at(0.25), at(0.75), one.kind),
               band(at(0.05), at(0.95), one.kind),
               story.came ? told(*story.came.*one.came, one.kind) : ""});
  }
  const Estimate chance = story.forecast.over_four_hours.estimate();
  table.add({"one over 4 h", number_text(chance.value, NumberKind::kShare, 2),
             "", "",
             !story.came                           ? ""
             : story.came->longest > kForecastLong ? "yes"
                                                   : "no"});
  return style.bold("From " + date_of(story.forecast.from) + ", " +
                    to_text(story.options.window)) +
         '\n' + to_text(table, style);
}

struct Tally {
  Proportion inside_50, inside_90;
  double crps = 0, naive = 0;
};

Tally tally_of(const std::vector<RolledForecast>& all, const Foretold& one) {
  Tally tally;
  const auto n = static_cast<double>(all.size());
  for (const RolledForecast& rolled : all) {
    const ForecastScore& score = rolled.*one.score;
    tally.inside_50.add(score.inside_50);
    tally.inside_90.add(score.inside_90);
    tally.crps += score.crps / n;
    tally.naive += score.naive / n;
  }
  return tally;
}

// Of so few months the count says more than a share: 27 of 29 (78 … 98 %).
std::string held_text(const Proportion& held) {
  const Estimate share = held.estimate();
  return std::to_string(held.successes) + " of " + std::to_string(held.n) +
         " (" + fixed_decimals(100 * share.low, 0) + " … " +
         fixed_decimals(100 * share.high, 0) + " %)";
}

// Where the months rule out that a band holds what it claims.
std::string doubt_text(const std::string& what, const Proportion& held) {
  constexpr double kClaimed = 0.9;
  const Estimate share = held.estimate();
  if (held.n == 0 || (share.low <= kClaimed && kClaimed <= share.high)) {
    return {};
  }
  return "  ! " + what + ": 90 % bands held " + held_text(held) +
         (share.high < kClaimed
              ? ": too narrow, take them for bands of about "
              : ": wider than they claim, take them for bands of about ") +
         fixed_decimals(100 * share.value, 0) + " %.\n";
}

// How many intervals of right bands would miss what is claimed by chance.
std::string chance_text(std::size_t rows, std::string_view doubts,
                        const TextStyle& style) {
  if (doubts.empty()) return {};
  return wrapped("  Of " + std::to_string(rows) + " such intervals (95 %) " +
                     significant(static_cast<double>(rows) / 20, 2) +
                     " would miss 90 % by chance.",
                 style.columns(kWidth), 2);
}

// Counts in tenths of the forecast, even if the forecasts are right.
std::string places_section(const ForecastStory& story, const TextStyle& style) {
  if (story.rolled.empty()) return {};
  Table table{{{""}}, {}};
  for (std::size_t i = 1; i <= kPlaceBins; ++i) {
    table.columns.push_back(
        {(i == 1 ? "to " : "") + std::to_string(10 * i) + " %",
         Table::Align::kRight});
  }
  const bool tested = story.rolled.size() >= kFewestPlaces;
  table.columns.push_back({tested ? "p" : "", Table::Align::kRight});
  for (const Foretold& one : kForetold) {
    std::vector<double> places;
    for (const RolledForecast& rolled : story.rolled) {
      places.push_back((rolled.*one.score).place);
    }
    const Uniformity found = uniformity_of(places, 1);
    std::vector<std::string> row{std::string(one.label)};
    for (const std::uint64_t n : found.histogram) {
      row.push_back(std::to_string(n));
    }
    if (tested) row.push_back(significant(found.p_value.value, 2));
    table.add(std::move(row));
  }
  return style.bold("Where what came fell among what was foretold") +
         " (PIT: times in each tenth)\n" + to_text(table, style) +
         wrapped(std::string("  Of right forecasts these are even") +
                     (tested ? "; p by Anderson-Darling" : "") +
                     ". Ties are broken at random.",
                 kWidth, 2);
}

std::string rolled_section(const ForecastStory& story, const TextStyle& style) {
  if (story.rolled.empty()) {
    return wrapped(
        "No earlier month has the history that a forecast needs: how much "
        "these bands hold is not known.",
        style.columns(kWidth));
  }
  std::string doubts;
  Table table{{{""},
               {"in the 50 % band (95 %)", Table::Align::kRight},
               {"in the 90 % band (95 %)", Table::Align::kRight},
               {"CRPS", Table::Align::kRight},
               {"as last time", Table::Align::kRight}},
              {}};
  for (const Foretold& one : kForetold) {
    const Tally tally = tally_of(story.rolled, one);
    table.add({std::string(one.label), held_text(tally.inside_50),
               held_text(tally.inside_90), told(tally.crps, one.kind),
               told(tally.naive, one.kind)});
    doubts += doubt_text(std::string(one.label), tally.inside_90);
  }
  double brier = 0;
  double foretold = 0;
  double came = 0;
  const auto n = static_cast<double>(story.rolled.size());
  for (const RolledForecast& rolled : story.rolled) {
    const double yes = rolled.came ? 1 : 0;
    brier += (rolled.chance - yes) * (rolled.chance - yes) / n;
    foretold += rolled.chance / n;
    came += yes / n;
  }
  return style.bold("The same forecast, made each month from " +
                    date_of(story.rolled.front().from) + " to " +
                    date_of(story.rolled.back().from)) +
         " (" + (story.rolled.size() == kMostRolled ? "the latest " : "") +
         std::to_string(story.rolled.size()) + " times)\n" +
         to_text(table, style) + "  one over 4 h: foretold " +
         number_text(foretold, NumberKind::kShare, 2) + ", came " +
         number_text(came, NumberKind::kShare, 2) + ", Brier score " +
         significant(brier, 2) + "\n" + doubts +
         chance_text(kForetold.size(), doubts, style);
}

std::string services_section(const ForecastStory& story,
                             const TextStyle& style) {
  Table table{{{"in the 90 % band (95 %)"}}, {}};
  std::string doubts;
  for (const Foretold& one : kForetold) {
    table.columns.push_back({std::string(one.label), Table::Align::kRight});
  }
  for (const ServiceForecasts& service : story.services) {
    if (service.rolled.empty()) continue;
    std::vector<std::string> row{service.name};
    for (const Foretold& one : kForetold) {
      const Proportion held = tally_of(service.rolled, one).inside_90;
      row.push_back(held_text(held));
      doubts += doubt_text(service.name + ", " + std::string(one.label), held);
    }
    table.add(std::move(row));
  }
  if (table.rows.empty()) return {};
  return style.bold("Of each service alone") + '\n' + to_text(table, style) +
         doubts +
         chance_text(table.rows.size() * kForetold.size(), doubts, style) +
         '\n';
}

}  // namespace

std::string forecast_report(const ForecastStory& story,
                            const TextStyle& style) {
  std::string head = kept_text(story.file, story.log) + ", " +
                     std::to_string(story.past) + " of them with a length";
  if (story.options.longest) {
    head += " of at most " + to_text(*story.options.longest);
  }
  head += left_out_text(story.log);
  return wrapped(head + ".", style.columns(kWidth)) + '\n' +
         asked_section(story, style) + '\n' + rolled_section(story, style) +
         '\n' + services_section(story, style) + places_section(story, style) +
         "\nAs last time: mean error of foretelling what the days before "
         "brought; CRPS below it\nis better. Incidents count in the days in "
         "which they begin, with all their length.\nIntervals of what bands "
         "held take the months for independent.\n";
}

namespace {

void add_row(UtcTime from, const Foretold& one,
             const std::array<double, 5>& bands, const ForecastScore* score,
             CsvWriter& csv) {
  csv.field(to_text(from)).field(one.name);
  for (const double value : bands) csv.field(value);
  if (score != nullptr) {
    csv.field(score->observed).field(score->inside_50).field(score->inside_90);
    csv.field(score->crps).field(score->naive);
  } else {
    for (int i = 0; i < 5; ++i) csv.field(kUndefined);
  }
}

}  // namespace

std::string forecast_csv(const ForecastStory& story) {
  std::string text;
  CsvWriter csv(text);
  for (const std::string_view name :
       {"from", "quantity", "p5", "p25", "p50", "p75", "p95", "came",
        "inside_50", "inside_90", "crps", "as_last_time", "over_4h_foretold",
        "over_4h_came", "place"}) {
    csv.field(name);
  }
  csv.end_row();
  for (const RolledForecast& rolled : story.rolled) {
    for (const Foretold& one : kForetold) {
      const ForecastScore& score = rolled.*one.score;
      add_row(rolled.from, one, score.bands, &score, csv);
      csv.field(rolled.chance).field(rolled.came);
      csv.field(score.place).end_row();
    }
  }
  for (const Foretold& one : kForetold) {
    std::array<double, 5> bands{};
    for (std::size_t i = 0; i < bands.size(); ++i) {
      static constexpr std::array kBands{0.05, 0.25, 0.5, 0.75, 0.95};
      bands[i] = (story.forecast.*one.law).quantile(kBands[i]).value;
    }
    add_row(story.forecast.from, one, bands, nullptr, csv);
    csv.field(story.forecast.over_four_hours.estimate().value)
        .field(kUndefined)
        .field(kUndefined)
        .end_row();
  }
  return text;
}

}  // namespace outagesim
