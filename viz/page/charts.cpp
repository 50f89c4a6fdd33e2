// Served fraction over time, where the time goes, and how long it takes.
#include <algorithm>
#include <array>
#include <cmath>

#include "models/base/text.h"
#include "viz/page/parts.h"
#include "viz/recorded_recovery.h"
#include "viz/report_sections.h"

namespace outagesim::page {
namespace {

// Of the summary's grid, up to the end of the view.
std::size_t instants_shown(const Summary& summary, Seconds until) {
  const auto& grid = summary.timeline().grid();
  std::size_t shown = 0;
  while (shown < grid.size() && grid[shown] <= until) ++shown;
  return std::min(grid.size(), shown + 1);
}

Json milestones_of(const ReportSource& source, std::uint32_t product) {
  const Model& model = source.summary.model();
  Json list = Json::array();
  for (std::size_t i = 0; i < model.observed.size(); ++i) {
    const CompiledObservation& one = model.observed[i];
    if (one.product != product) continue;
    const Backtest test = backtest(one, source.summary.milestones()[i]);
    std::string words =
        "recorded: " + std::string(milestone_name(one.milestone)) + " at " +
        duration(one.at.value);
    if (test.percentile.defined()) {
      words += ", percentile " +
               number_text(test.percentile.value, NumberKind::kShare, 2);
    }
    list.push_back({{"t", number(one.at.value, 7)},
                    {"name", milestone_name(one.milestone)},
                    {"words", words}});
  }
  return list;
}

// The first instant from which on at least `least` is served in a share `p` of
// the runs; nothing if not within the picture.
std::optional<Seconds> well_again(const Timeline& timeline,
                                  std::uint32_t product, double p,
                                  double least) {
  const auto& grid = timeline.grid();
  std::size_t i = grid.size();
  while (i > 0 && timeline.at(i - 1, product).quantile(1 - p).value >= least) {
    --i;
  }
  if (i == grid.size()) return {};
  return grid[i];
}

std::string band_sentence(const ReportSource& source, std::uint32_t product) {
  const Summary& summary = source.summary;
  const Timeline& timeline = summary.timeline();
  const std::string label = product_label(summary, product);
  double least = 1;
  for (std::size_t i = 0; i < timeline.grid().size(); ++i) {
    least = std::min(least, timeline.at(i, product).mean());
  }
  if (least > 0.995) return label + " is served throughout.";
  const std::string lowest = "At its lowest " + label + " serves " +
                             number_text(least, NumberKind::kShare, 2) +
                             " on average";
  if (is_long_run(summary)) return lowest + ".";
  const double half = summary.model().outage.substantial.value;
  const auto middle = well_again(timeline, product, 0.5, half);
  const auto most = well_again(timeline, product, 0.9, half);
  const std::string share = exact_text(half, NumberKind::kShare);
  if (!middle) return lowest + ".";
  return lowest + "; it is back at " + share + " for good after " +
         duration(middle->value) + " in half of the runs, " +
         (most ? "after " + duration(most->value) + " in nine of ten."
               : "not within the horizon in nine of ten.");
}

Json band_of(const ReportSource& source, std::uint32_t product) {
  struct Line {
    const char* name;
    double p;
  };
  static constexpr std::array<Line, 5> kLines{{{"p5", 0.05},
                                               {"p25", 0.25},
                                               {"p50", 0.5},
                                               {"p75", 0.75},
                                               {"p95", 0.95}}};
  const Timeline& timeline = source.summary.timeline();
  const std::size_t shown =
      instants_shown(source.summary, source.portrait.until);
  Json json{{"product", report::product_label(source.summary.model(), product)},
            {"sentence", band_sentence(source, product)},
            {"milestones", milestones_of(source, product)},
            {"t", Json::array()}};
  for (std::size_t i = 0; i < shown; ++i) {
    json["t"].push_back(number(timeline.grid()[i].value, 6));
  }
  for (const Line& line : kLines) {
    Json values = Json::array();
    for (std::size_t i = 0; i < shown; ++i) {
      values.push_back(
          number(timeline.at(i, product).quantile(line.p).value, 3));
    }
    json[line.name] = std::move(values);
  }
  Json means = Json::array();
  for (std::size_t i = 0; i < shown; ++i) {
    means.push_back(number(timeline.at(i, product).mean(), 3));
  }
  json["mean"] = std::move(means);
  return json;
}

struct Stage {
  const char* metric;
  const char* name;
  const char* meaning;
};
constexpr std::array<Stage, 5> kStages{
    {{"stage_detect", "detect", "until noticed"},
     {"stage_engage", "engage", "until people are at it"},
     {"stage_diagnose", "diagnose", "until the cause is known"},
     {"stage_mitigate", "mitigate", "until a first cell works"},
     {"stage_restore", "restore", "until the last cell works"}}};

Json stages_of(const Summary& summary, std::uint32_t fault) {
  const Subject subject{Scope::kFault, fault};
  Json parts = Json::array();
  const Stage* longest = nullptr;
  double most = 0, all = 0;
  for (const Stage& stage : kStages) {
    const Estimate mean = get(summary, stage.metric, subject, "mean");
    if (!mean.defined()) continue;
    if (mean.value > most) {
      most = mean.value;
      longest = &stage;
    }
    all += mean.value;
    const Estimate middle = get(summary, stage.metric, subject, "p50");
    const NumberUnit unit =
        common_unit(NumberKind::kDuration, {middle.value, mean.value});
    const double limit = summary.model().horizon.value;
    parts.push_back(
        {{"name", stage.name},
         {"meaning", stage.meaning},
         {"mean_s", number(mean.value)},
         {"mean", with_error(mean, unit)},
         {"middle", middle.defined() ? number_text(middle, unit)
                                     : time_text(summary, middle)},
         {"range", range_text(get(summary, stage.metric, subject, "p5"),
                              get(summary, stage.metric, subject, "p95"), unit,
                              limit)}});
  }
  if (parts.empty() || longest == nullptr) return nullptr;
  const std::string name = subject_name(summary.model(), subject);
  return {{"fault", name},
          {"sentence",
           "After “" + isolated(name) + "” most of the time goes into “" +
               longest->name + "” (" + longest->meaning +
               "): " + number_text(most / all, NumberKind::kShare, 2) + " of " +
               duration(all) + " on average."},
          {"parts", std::move(parts)}};
}

// Bins of equal width, of the logarithm where times span much.
struct Bins {
  double low = 0, high = 1;
  bool logarithmic = false;
  static constexpr int kCount = 36;

  double edge(int i) const {
    const double share = double(i) / kCount;
    return logarithmic ? low * std::pow(high / low, share)
                       : low + (high - low) * share;
  }
  int of(double x) const {
    const double share = logarithmic ? std::log(x / low) / std::log(high / low)
                                     : (x - low) / (high - low);
    return std::clamp(static_cast<int>(share * kCount), 0, kCount - 1);
  }
};

Bins bins_for(const std::vector<BinCount>& counts) {
  Bins bins;
  bins.low = std::max(1.0, counts.front().value);
  bins.high = std::max(bins.low * 1.01, counts.back().value);
  bins.logarithmic = bins.high / bins.low > 20;
  if (!bins.logarithmic) bins.low = counts.front().value;
  return bins;
}

struct Recorded {
  std::string_view metric = "ttr";
  const char* words = "time to recover";
  Json at = nullptr;  // s after the onset
  std::string text;
};

// The recorded milestone that tells how long the product was out.
Recorded recorded_of(const Model& model, std::uint32_t product) {
  Recorded recorded;
  const auto known = recorded_recovery(model, product);
  if (!known) return recorded;
  recorded.metric = known->metric;
  if (known->metric != "ttr") recorded.words = "time to full recovery";
  recorded.at = number(known->took.value, 7);
  recorded.text = "recorded: " + duration(known->took.value);
  return recorded;
}

std::string recovery_sentence(const Summary& summary, const Recorded& recorded,
                              Subject subject) {
  const Estimate middle = get(summary, recorded.metric, subject, "p50");
  const Estimate most = get(summary, recorded.metric, subject, "p90");
  std::string text = product_label(summary, subject.index) + ": " +
                     recorded.words + " " + time_text(summary, middle) +
                     " in the middle case, 9 in 10 within " +
                     time_text(summary, most);
  const Survival* times = times_of(summary, recorded.metric, subject);
  if (!recorded.at.is_null()) {
    const Estimate below = times->probability_below(recorded.at.get<double>());
    text += "; the recorded " + duration(recorded.at.get<double>()) +
            " is longer than " +
            number_text(below.value, NumberKind::kShare, 2) + " of cases";
  }
  if (times->censored_counts.n > 0) {
    text += "; " + report::with_commas(times->censored_counts.n) + " of " +
            report::with_commas(times->n()) +
            " were not over at the horizon and are not drawn";
  }
  return text + ".";
}

Json recovery_of(const Summary& summary, std::uint32_t product) {
  const Subject subject{Scope::kProduct, product};
  const Recorded recorded = recorded_of(summary.model(), product);
  const Survival* times = times_of(summary, recorded.metric, subject);
  if (times == nullptr || times->event_counts.n == 0) return nullptr;
  const std::vector<BinCount> counts = times->event_counts.ascending();
  const Bins bins = bins_for(counts);
  std::vector<std::uint64_t> heights(Bins::kCount);
  for (const BinCount& one : counts) {
    heights[static_cast<std::size_t>(bins.of(one.value))] += one.count;
  }
  Json edges = Json::array();
  for (int i = 0; i <= Bins::kCount; ++i) edges.push_back(number(bins.edge(i)));
  const auto p = [&](const char* statistic) {
    return number(get(summary, recorded.metric, subject, statistic).value);
  };
  return {{"product", report::product_label(summary.model(), product)},
          {"what", recorded.words},
          {"sentence", recovery_sentence(summary, recorded, subject)},
          {"log", bins.logarithmic},
          {"edges", std::move(edges)},
          {"counts", heights},
          {"n", times->n()},
          {"censored", times->censored_counts.n},
          {"p5", p("p5")},
          {"p50", p("p50")},
          {"p95", p("p95")},
          {"recorded", recorded.at},
          {"recorded_text", recorded.text}};
}

}  // namespace

Json bands(const ReportSource& source) {
  Json all = Json::array();
  const auto products =
      static_cast<std::uint32_t>(source.summary.model().products.size());
  constexpr std::uint32_t kMostProducts = 40;
  for (std::uint32_t p = 0; p < std::min(products, kMostProducts); ++p) {
    all.push_back(band_of(source, p));
  }
  return all;
}

Json stages(const ReportSource& source) {
  Json all = Json::array();
  const Summary& summary = source.summary;
  const auto faults =
      static_cast<std::uint32_t>(summary.model().plan.faults.size());
  for (std::uint32_t fault = 0; fault < faults; ++fault) {
    Json one = stages_of(summary, fault);
    if (!one.is_null()) all.push_back(std::move(one));
  }
  return all;
}

Json recovery(const ReportSource& source) {
  Json all = Json::array();
  const Summary& summary = source.summary;
  for (std::uint32_t p = 0; p < summary.model().products.size(); ++p) {
    Json one = recovery_of(summary, p);
    if (!one.is_null()) all.push_back(std::move(one));
  }
  return all;
}

}  // namespace outagesim::page

namespace outagesim {

Seconds view_end(const Summary& summary) {
  const Model& model = summary.model();
  if (model.horizon >= kLongRun) return model.horizon;
  const Timeline& timeline = summary.timeline();
  constexpr double kOneInTen = 0.1;
  Seconds last = model.horizon / 24;
  const auto suffers = [&](std::size_t i) {
    bool any = false;
    for (std::uint32_t p = 0; p < model.products.size(); ++p) {
      any = any || timeline.at(i, p).quantile(kOneInTen).value < 0.99;
    }
    return any;
  };
  for (std::size_t i = 0; i < timeline.grid().size(); ++i) {
    if (suffers(i)) last = std::max(last, timeline.grid()[i]);
  }
  for (const CompiledObservation& one : model.observed) {
    last = std::max(last, one.at);
  }
  return std::min(model.horizon, 1.1 * last);
}

}  // namespace outagesim
