#include "sim/experiment/statistics.h"
#include "viz/report_sections.h"

namespace outagesim::report {
namespace {

constexpr std::size_t kMostNamed = 4;

Estimate get(const Summary& summary, std::string_view metric,
             std::uint32_t product, std::string_view statistic) {
  return estimate_of(summary, metric, {Scope::kProduct, product}, statistic);
}

// `beyond` goes before the horizon where that is all that is known.
std::string duration(const Summary& summary, const Estimate& estimate,
                     std::string_view beyond) {
  if (estimate.defined()) return number_text(estimate, NumberKind::kDuration);
  return std::string(beyond) +
         exact_text(summary.model().horizon.value, NumberKind::kDuration);
}

// "ChatGPT for 4.1 h"
std::string one_incident(const Summary& summary, std::uint32_t product) {
  const Estimate chance =
      get(summary, "outage_probability", product, "probability");
  std::string text =
      product_label(summary.model(), product) + " for " +
      duration(summary, get(summary, "ttr", product, "p50"), "longer than ");
  if (chance.value < 0.9995) {
    text += " (in the " + number_text(chance, NumberKind::kShare) +
            " of runs in which it falls)";
  }
  return text;
}

// "ChatGPT has 82 outages a year and is up 99.68 % of the time"
std::string one_year(const Summary& summary, std::uint32_t product) {
  return product_label(summary.model(), product) + " has " +
         number_text(get(summary, "outages_per_year", product, "mean"),
                     NumberKind::kCount) +
         " outages a year and is up " +
         number_text(get(summary, "availability_time", product, "mean"),
                     NumberKind::kShare) +
         " of the time";
}

// "; one in twenty of them is longer than 16.5 h", or what the horizon hides.
std::string tail_clause(const Summary& summary, std::uint32_t product,
                        const Estimate& tail, const std::string& whose) {
  if (tail.defined()) {
    return "; one in twenty of " + whose + " is longer than " +
           number_text(tail, NumberKind::kDuration) + ".";
  }
  const Estimate times = get(summary, "ttr", product, "mean");
  const double open = double(times.censored) / double(times.n);
  return "; " + number_text(open, NumberKind::kShare, 2) + " of " + whose +
         " were not over when the simulation ended, after " +
         exact_text(summary.model().horizon.value, NumberKind::kDuration) +
         ": a longer horizon says more.";
}

struct Told {
  std::vector<std::string> out;    // a phrase for each product that fell
  std::vector<std::string> never;  // labels
  std::uint32_t worst = 0;         // the product with the longest tail
  Estimate tail;
};

// A tail that the horizon hides is the longest.
bool longer(const Estimate& a, const Estimate& b) {
  if (!b.defined()) return false;
  return !a.defined() || a.value > b.value;
}

Told tell(const Summary& summary, bool long_run) {
  Told told;
  const Model& model = summary.model();
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    if (get(summary, "outage_probability", p, "probability").value == 0) {
      told.never.push_back(product_label(model, p));
      continue;
    }
    const Estimate tail = get(summary, "ttr", p, "p95");
    if (told.out.empty() || longer(tail, told.tail)) {
      told.tail = tail;
      told.worst = p;
    }
    told.out.push_back(long_run ? one_year(summary, p)
                                : one_incident(summary, p));
  }
  return told;
}

void shorten(std::vector<std::string>& words) {
  if (words.size() <= kMostNamed) return;
  const std::size_t more = words.size() - kMostNamed + 1;
  words.resize(kMostNamed - 1);
  words.push_back(std::to_string(more) + " more");
}

}  // namespace

std::string headline(const ReportInput& input, const TextStyle& style) {
  const Summary& summary = input.summary;
  const bool long_run = summary.model().horizon >= kLongRun;
  Told told = tell(summary, long_run);
  std::string text;
  if (!told.out.empty()) {
    const std::string whose =
        told.out.size() == 1
            ? "them"
            : product_label(summary.model(), told.worst) + "'s";
    shorten(told.out);
    text = long_run ? "" : "In the middle case an outage lasts: ";
    text +=
        and_list(told.out) + tail_clause(summary, told.worst, told.tail, whose);
  }
  if (!told.never.empty()) {
    const std::string are = told.never.size() == 1 ? " is" : " are";
    shorten(told.never);
    if (!text.empty()) text += ' ';
    text += and_list(told.never) + are + " never out in " +
            with_commas(input.info.finished) + " runs.";
  }
  return wrapped(text, style.columns(kWidth));
}

}  // namespace outagesim::report
