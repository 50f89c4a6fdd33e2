// How long outages take: a histogram, with what was recorded.
#include <algorithm>
#include <cmath>

#include "models/base/text.h"
#include "viz/page/parts.h"
#include "viz/recorded_recovery.h"
#include "viz/report_sections.h"

namespace outagesim::page {
namespace {

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
  std::string text =
      product_label(summary, subject.index) + ": " + recorded.words + " " +
      time_text(summary, middle) + " in the middle case, " +
      (most.defined() ? "9 in 10 within " : "more than 1 in 10 ") +
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
