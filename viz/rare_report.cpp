#include "viz/rare_report.h"

#include <cmath>
#include <cstdio>

#include "models/base/text.h"
#include "viz/csv.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

std::string digits(double value, const char* format) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

const std::string& product_name(const Model& model, const RareRow& row) {
  return model.graph.services[model.products[row.product]].name;
}

// Two digits where the error allows no more.
std::string probability_text(const Estimate& p) {
  return digits(p.value, "%.3g") + "  (" + digits(p.low, "%.2g") + " … " +
         digits(p.high, "%.2g") + ")";
}

std::string exact_cell(const RareRow& row) {
  if (!row.exact) return {};
  return (row.fitted ? "about " : "") + digits(*row.exact, "%.4g");
}

// What could not be sampled, part by part.
std::string refusals_text(const Model& model) {
  std::string text;
  for (const RareRefusal& refusal : rare_refusals(model)) {
    const std::string& name =
        model.graph.services[model.products[refusal.product]].name;
    text += "  " + printable(name) + " is not sampled:\n";
    for (const std::string& why : refusal.why) {
      text += "    " + printable(why) + "\n";
    }
  }
  if (!text.empty()) {
    text +=
        "  plain replications see it too: `outage_probability`, which is at "
        "most 4 in n where none was seen\n";
  }
  return text;
}

}  // namespace

std::string rare_text(const Model& model, std::span<const RareRow> rows,
                      const TextStyle& style) {
  if (rows.empty()) {
    return "\nNo product has failures that rare outages can be sampled of.\n" +
           refusals_text(model);
  }
  using enum Table::Align;
  Table table{{{"an outage within the horizon"},
               {"probability (95 %)"},
               {"error", kRight},
               {"exact", kRight},
               {"z", kRight},
               {"gain", kRight},
               {"by"}},
              {}};
  bool cut_short = false, fitted = false;
  for (const RareRow& row : rows) {
    const RareEstimate& e = row.estimate;
    const bool seen = e.hits > 0;
    table.add({printable(product_name(model, row)),
               seen ? probability_text(e.probability) : "none was seen",
               seen ? exact_text(std::round(e.relative_error * 1e3) / 1e3,
                                 NumberKind::kShare)
                    : "unknown",
               exact_cell(row),
               row.exact && !row.fitted && seen ? digits(row.z, "%+.2f") : "",
               seen ? digits(e.gain, "%.2g") + " x" : "",
               std::string(e.method) + (e.cut_short ? " *" : "")});
    cut_short = cut_short || e.cut_short;
    fitted = fitted || row.fitted;
  }
  return '\n' + style.bold("Rare outages") +
         " (gain: moves that plain simulation needs for the same error, over "
         "those made)\n" +
         to_text(table, style) +
         (cut_short ? "  * stopped before it was as sure as it should be: the "
                      "error says how sure it is\n"
                    : "") +
         (fitted ? "  about: by phases fitted to the laws, so no judge of the "
                   "sampling, which keeps the laws\n"
                 : "") +
         refusals_text(model);
}

std::string rare_csv(const Model& model, std::span<const RareRow> rows) {
  std::string text =
      "product,method,probability,ci_low,ci_high,relative_error,gain,paths,"
      "hits,steps,exact,z,fitted\n";
  CsvWriter csv(text);
  for (const RareRow& row : rows) {
    const RareEstimate& e = row.estimate;
    csv.field(product_name(model, row)).field(e.method);
    csv.field(e.probability.value).field(e.probability.low);
    csv.field(e.probability.high).field(e.relative_error).field(e.gain);
    csv.field(e.paths).field(e.hits).field(e.steps);
    csv.field(row.exact.value_or(kUndefined)).field(row.z);
    csv.field(row.fitted ? "1" : "0").end_row();
  }
  return text;
}

}  // namespace outagesim
