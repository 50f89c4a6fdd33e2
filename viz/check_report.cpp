#include "viz/check_report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "models/base/text.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostCuts = 10;
constexpr std::size_t kMostEvents = 10;
constexpr std::size_t kWidth = 88;

std::string fixed_point(double value, const char* format) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string verdict_text(const CheckRow& row) {
  const std::string name(verdict_name(row.verdict));
  if (row.verdict == CheckVerdict::kTooFew) {
    return name + " occasions: more --replications";
  }
  if (row.fit_error == 0) return name;
  return name + ", phases off by " +
         exact_text(row.fit_error, NumberKind::kShare);
}

// Nothing is told of too few: their error is not known.
std::string z_text(const CheckRow& row) {
  const bool judged = row.verdict != CheckVerdict::kTooFew &&
                      row.verdict != CheckVerdict::kExactOnly;
  return judged ? fixed_point(row.z, "%+.2f") : "";
}

std::string simulated_text(const CheckRow& row) {
  return row.verdict == CheckVerdict::kExactOnly
             ? ""
             : with_error(row.simulated, number_kind(row));
}

std::string chains_text(const CheckStory& story, const TextStyle& style) {
  std::string text;
  for (const SolvedChain& chain : story.report.chains) {
    const std::string name =
        subject_name(story.model, {Scope::kProduct, chain.product});
    text += wrapped("Markov chain of " + printable(name) + ": " +
                        counted(chain.states, "state") + ", balanced to " +
                        fixed_point(chain.residual, "%.1g") +
                        " of its largest flow",
                    style.columns(kWidth), 4);
  }
  return text.empty() ? text : '\n' + text;
}

std::string rows_text(const CheckStory& story, const TextStyle& style) {
  using enum Table::Align;
  Table table{{{""},
               {""},
               {"exact", kRight},
               {"simulated", kRight},
               {"z", kRight},
               {"by"},
               {"verdict"}},
              {}};
  for (const CheckRow& row : story.report.rows) {
    table.add({subject_name(story.model, row.subject), number_name(row),
               exact_digits(row), simulated_text(row), z_text(row),
               std::string(row.method), verdict_text(row)});
  }
  if (table.rows.empty()) return "  Nothing of it can be solved.\n";
  return to_text(table, style);
}

std::string unsolved_text(const CheckStory& story, const TextStyle& style) {
  if (story.report.unsolved.empty()) return {};
  std::string text = '\n' + style.bold("Not solved, and why") + '\n';
  for (const UnsolvedPart& part : story.report.unsolved) {
    std::string line = "  " + subject_name(story.model, part.subject) + " " +
                       std::string(part.metric->name) + " by " +
                       std::string(part.method) + ": ";
    for (std::size_t i = 0; i < part.why.size(); ++i) {
      line += (i ? "; " : "") + part.why[i];
    }
    text += wrapped(printable(line), style.columns(kWidth), 4);
  }
  return text;
}

std::string set_name(const CheckReport& report, const CutSet& set) {
  std::string name;
  for (const std::uint32_t event : set) {
    name +=
        (name.empty() ? "" : " + ") + report.products.sources.known[event].name;
  }
  return name;
}

double set_probability(const CheckReport& report, const CutSet& set) {
  double p = 1;
  for (const std::uint32_t event : set) {
    p *= report.products.share_under_way[event];
  }
  return p;
}

// Cut sets with the most probable first.
std::vector<CutSet> by_weight(const CheckReport& report,
                              const ExactProduct& product) {
  std::vector<CutSet> sets = product.cuts.sets;
  std::ranges::sort(sets, {}, [&](const CutSet& set) {
    return std::pair(-set_probability(report, set), set);
  });
  return sets;
}

std::string cuts_text(const CheckReport& report, const ExactProduct& product,
                      const TextStyle& style) {
  using enum Table::Align;
  Table table{{{"minimal cut set"}, {"probability", kRight}}, {}};
  const std::vector<CutSet> sets = by_weight(report, product);
  for (std::size_t i = 0; i < std::min(sets.size(), kMostCuts); ++i) {
    table.add({printable(set_name(report, sets[i])),
               fixed_point(set_probability(report, sets[i]), "%.3g")});
  }
  std::string text = to_text(table, style);
  if (sets.size() > kMostCuts) {
    text += "  and " + std::to_string(sets.size() - kMostCuts) +
            " more: --out writes all to cut_sets.csv\n";
  }
  return text;
}

std::vector<std::uint32_t> most_important(const ExactProduct& product) {
  std::vector<std::uint32_t> events;
  for (std::uint32_t i = 0; i < product.importance.size(); ++i) {
    if (product.importance[i].birnbaum > 0) events.push_back(i);
  }
  std::ranges::sort(events, {}, [&](std::uint32_t event) {
    return std::pair(-product.importance[event].fussell_vesely, event);
  });
  return events;
}

std::string importance_text(const CheckReport& report,
                            const ExactProduct& product,
                            const TextStyle& style) {
  using enum Table::Align;
  Table table{{{"event"},
               {"under way", kRight},
               {"Birnbaum", kRight},
               {"Fussell-Vesely", kRight},
               {"RAW", kRight},
               {"RRW", kRight}},
              {}};
  const std::vector<std::uint32_t> events = most_important(product);
  for (std::size_t i = 0; i < std::min(events.size(), kMostEvents); ++i) {
    const FailureImportance& is = product.importance[events[i]];
    table.add({printable(report.products.sources.known[events[i]].name),
               fixed_point(report.products.share_under_way[events[i]], "%.3g"),
               fixed_point(is.birnbaum, "%.3g"),
               fixed_point(is.fussell_vesely, "%.3g"),
               fixed_point(is.achievement, "%.3g"),
               fixed_point(is.reduction, "%.4g")});
  }
  return to_text(table, style);
}

std::string products_text(const CheckStory& story, const TextStyle& style) {
  std::string text;
  for (const ExactProduct& product : story.report.products.products) {
    if (!product.why_not.empty() || product.cuts.sets.empty()) continue;
    const std::string name =
        subject_name(story.model, {Scope::kProduct, product.product});
    text += '\n' + style.bold("What puts " + printable(name) + " out") +
            " (for " + fixed_point(product.outage_share, "%.4g") +
            " of the time)\n" + cuts_text(story.report, product, style) +
            importance_text(story.report, product, style);
  }
  return text;
}

std::string verdict_line(const CheckReport& report, const TextStyle& style) {
  const std::size_t solved = report.judged();
  const auto differ = static_cast<std::size_t>(std::ranges::count(
      report.rows, CheckVerdict::kDiffers, &CheckRow::verdict));
  if (differ > 0) {
    return style.bad(std::to_string(differ) + " of " + std::to_string(solved) +
                     " numbers differ") +
           ": a right engine would do so once in a thousand checks.\n";
  }
  if (solved == 0) {
    return style.bad("Nothing was judged") +
           ": this is no pass (a gate asks for --least 1). " +
           (report.rows.empty()
                ? "No number of this scenario can be solved.\n"
                : "More --replications may let it judge what it solved.\n");
  }
  const bool of_products = std::ranges::any_of(
      report.rows,
      [](const CheckRow& row) { return row.subject.scope == Scope::kProduct; });
  const std::string reach =
      of_products ? ""
                  : "\nThey are of the response alone: of no product could any "
                    "be solved.";
  return style.good("All " + std::to_string(solved) +
                    " numbers that could be judged agree.") +
         reach + "\n";
}

}  // namespace

NumberKind number_kind(const CheckRow& row) {
  return kind_of_unit(number_unit(row));
}

std::string_view number_unit(const CheckRow& row) {
  return row.measure == kInTime ? "1" : row.metric->unit;
}

std::string exact_digits(const CheckRow& row) {
  constexpr int kMostDigits = 6;
  const double known = std::abs(row.exact) / row.exact_error;
  const double lacking = 1 - row.exact;
  const bool all_but = number_kind(row) == NumberKind::kShare && lacking > 0 &&
                       lacking <= row.exact_error;
  if (all_but) return "1 ± " + fixed_point(row.exact_error, "%.1g");
  const int digits = row.exact_error > 0 && row.exact != 0
                         ? static_cast<int>(std::log10(known))
                         : kMostDigits;
  return number_text(row.exact, number_kind(row),
                     std::clamp(digits, 1, kMostDigits));
}

std::string number_name(const CheckRow& row) {
  const std::string name(row.metric->name);
  if (row.measure == "mean") return name;
  return name + " (" + std::string(row.measure) + ")";
}

std::string check_text(const CheckStory& story, const TextStyle& style) {
  std::string head = story.scenario + ": " +
                     std::to_string(story.report.replications) +
                     " runs beside exact answers";
  if (!story.against.empty()) head += " of " + story.against;
  return style.bold(printable(head)) + "\n\n" + rows_text(story, style) + '\n' +
         verdict_line(story.report, style) + chains_text(story, style) +
         unsolved_text(story, style) + products_text(story, style);
}

}  // namespace outagesim
