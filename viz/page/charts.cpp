// Served fraction over time, and where the time goes.
#include <algorithm>
#include <array>
#include <cmath>

#include "models/base/text.h"
#include "viz/page/parts.h"
#include "viz/report_data.h"
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
    const std::string name = milestone_words(model, one.milestone);
    std::string words = "recorded: " + name + " at " + duration(one.at.value);
    if (test.percentile.defined()) {
      words += ", percentile " +
               number_text(test.percentile.value, NumberKind::kShare, 2);
    }
    list.push_back(
        {{"t", number(one.at.value, 7)}, {"name", name}, {"words", words}});
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
  while (i > 0 && timeline.at(i - 1, product).quantile_alone(1 - p) >= least) {
    --i;
  }
  if (i == grid.size()) return {};
  return grid[i];
}

constexpr double kSeen = 0.95;  // a band that falls less is not to be seen

// Whether at some moment one run in twenty serves visibly less than all.
bool falls(const ReportSource& source, std::uint32_t product) {
  const Timeline& timeline = source.summary.timeline();
  const std::size_t shown =
      instants_shown(source.summary, source.portrait.until);
  for (std::size_t i = 0; i < shown; ++i) {
    if (timeline.at(i, product).quantile_alone(0.05) < kSeen) return true;
  }
  return false;
}

bool ever_out(const Summary& summary, std::uint32_t product) {
  return get(summary, "outage_probability", {Scope::kProduct, product},
             "probability")
             .value > 0;
}

std::string band_sentence(const ReportSource& source, std::uint32_t product) {
  const Summary& summary = source.summary;
  const Timeline& timeline = summary.timeline();
  const std::string label = product_label(summary, product);
  double least = 1;
  for (std::size_t i = 0; i < timeline.grid().size(); ++i) {
    least = std::min(least, timeline.at(i, product).mean());
  }
  if (!ever_out(summary, product)) return label + " is never out.";
  if (!falls(source, product)) {
    return label + " serves at least " + exact_text(kSeen, NumberKind::kShare) +
           " at every single moment in nineteen of twenty runs: its outages "
           "are rare, or come at other times in other runs.";
  }
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
            {"falls", falls(source, product)},
            {"milestones", milestones_of(source, product)},
            {"t", Json::array()}};
  for (std::size_t i = 0; i < shown; ++i) {
    json["t"].push_back(number(timeline.grid()[i].value, 6));
  }
  for (const Line& line : kLines) {
    Json values = Json::array();
    for (std::size_t i = 0; i < shown; ++i) {
      values.push_back(
          number(timeline.at(i, product).quantile_alone(line.p), 3));
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
                              limit, middle)}});
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

// Which products have nothing to see in the bands, in a sentence; or null.
Json spared(const ReportSource& source) {
  const Summary& summary = source.summary;
  std::vector<std::string> never, rarely;
  for (std::uint32_t p = 0; p < summary.model().products.size(); ++p) {
    if (falls(source, p)) continue;
    (ever_out(summary, p) ? rarely : never)
        .push_back(product_label(summary, p));
  }
  std::string text;
  if (!never.empty()) {
    text = "Never out: " + report::and_list(never) + ".";
  }
  if (!rarely.empty()) {
    text += std::string(text.empty() ? "" : " ") +
            "Out so rarely, or at so different times in different runs, that "
            "the bands would not show it: " +
            report::and_list(rarely) + ".";
  }
  return text.empty() ? Json(nullptr) : Json(text);
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
      any = any || timeline.at(i, p).quantile_alone(kOneInTen) < 0.99;
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
