// Which loads outlive their trigger, in plain words, and as a picture.
#include <algorithm>
#include <cmath>

#include "models/base/text.h"
#include "viz/csv.h"
#include "viz/load_report.h"

namespace outagesim {
namespace {

std::string percent(double share) {
  return fixed_decimals(100 * share, 0) + " %";
}

std::string regime(const MetastableStation& station) {
  if (station.load >= 1) return "overloaded: more is asked than it can serve";
  if (!station.sustains || station.load < *station.sustains) {
    return "stable: every collapse heals by itself";
  }
  return "vulnerable: it serves well, but a collapse would sustain itself";
}

std::string head(const MetastableStation& station) {
  return station.name + ", in use " + percent(station.load) + ": " +
         regime(station) + "\n";
}

// A cache that is lost is a trigger of its own.
std::string cache_text(const MetastableStation& station) {
  if (station.without_caches < 1.001 * station.load) return "";
  return "  With its callers' caches cold it would be in use " +
         percent(station.without_caches) +
         ": losing one is a trigger that lasts until it has filled.\n";
}

std::string conditions(const MetastableStation& station) {
  std::string text;
  const std::string calls = format_count(station.attempts);
  if (!station.sustains) {
    text +=
        "  No stall leaves a lasting collapse at any load below capacity.\n";
  } else {
    text += "  A collapse sustains itself above " + percent(*station.sustains) +
            " of capacity: while it lasts, a request is called for up to " +
            calls + " times.\n";
  }
  if (station.sustains_question) {
    text += "  Above " + percent(*station.sustains_question) +
            " of capacity a stall of " + format_duration(station.question) +
            " does not heal by itself.\n";
  }
  if (station.shortest) {
    const double width = 1.5 / std::sqrt(std::max(1.0, station.in_flight));
    text += "  At its usual load a stall must last " +
            format_duration(*station.shortest) + " (" +
            fixed_decimals(*station.shortest / station.timeout, 2) +
            " time-outs, ± " + percent(width) + ") to leave a collapse.\n";
  }
  if (station.recovery) {
    text += "  After a stall " +
            std::string(station.shortest ? "half as long" : "of 20 time-outs") +
            " all is served again " + format_duration(*station.recovery) +
            " after its end.\n";
  }
  if (station.shortest && station.sustains) {
    text += "  What ends a collapse: less than " + percent(*station.sustains) +
            " of capacity in demand, shedding or "
            "a breaker to that; " +
            (station.restart_ends ? "a restart does too.\n"
                                  : "a restart alone does not.\n");
  }
  return text;
}

Table grid(const MetastableStation& station) {
  using enum Table::Align;
  Table table{
      {{"load"}, {"stalled", kRight}, {"to 25 %", kRight}, {"to 50 %", kRight}},
      {}};
  for (std::size_t i = 0; i + 2 < station.thresholds.size(); i += 3) {
    std::vector<std::string> row{percent(station.thresholds[i].load)};
    for (std::size_t j = i; j < i + 3; ++j) {
      const auto& lasting = station.thresholds[j].lasting;
      row.push_back(lasting ? format_duration(*lasting) : "heals");
    }
    table.add(std::move(row));
  }
  return table;
}

Table chains(const MetastableStation& station) {
  using enum Table::Align;
  Table table{{{"in flight a time-out"},
               {"spectral gap", kRight},
               {"escape", kRight},
               {"recovery", kRight},
               {"collapsed", kRight}},
              {}};
  for (const ChainAtSize& one : station.chain) {
    table.add({format_count(one.in_flight),
               significant(one.answer.gap.value, 3) + " /s",
               one.answer.escape == kForever
                   ? "never"
                   : format_duration(one.answer.escape),
               format_duration(one.answer.recovery),
               fixed_decimals(100 * one.answer.collapsed, 1) + " %"});
  }
  return table;
}

std::string small_number_warning(const MetastableStation& station) {
  std::string text = "  n0 = mT(1 - rho) = " + format_count(station.n0);
  if (station.n0 <= 0) return "";
  if (station.n0 < 6) {
    return text + ": so few that it collapses without any trigger\n";
  }
  if (station.n0 < 10) return text + ": few; it may collapse by itself\n";
  return text + ": it does not collapse by itself in any time that matters\n";
}

// Why no chain stands beside it.
std::string short_queue_text(const MetastableStation& station) {
  if (!station.queue_is_short) return "";
  return "  It takes no more than its callers wait for, so that it never works "
         "for those who have given up.\n";
}

std::string text_of_station(const MetastableStation& station,
                            const TextStyle& style) {
  std::string text = style.bold(head(station));
  text += conditions(station) + short_queue_text(station) +
          cache_text(station) + small_number_warning(station);
  if (!station.thresholds.empty()) {
    text +=
        "\n  Metastable from which length of a trigger on, by load and by "
        "the capacity left:\n" +
        to_text(grid(station), style);
  }
  if (!station.chain.empty()) {
    text +=
        "\n  The same queue as an exact Markov chain, at sizes that can be "
        "solved:\n" +
        to_text(chains(station), style);
  }
  return text + "\n";
}

// Cells that differ from one told in full in nothing but their load.
std::string text_of_cells(const std::vector<MetastableStation>& stations,
                          const std::string& service, const TextStyle& style) {
  using enum Table::Align;
  Table table{{{"other cells"},
               {"in use", kRight},
               {"regime"},
               {"shortest stall", kRight},
               {"recovery", kRight},
               {"n0", kRight}},
              {}};
  std::size_t more = 0;
  for (const MetastableStation& cell : stations) {
    if (cell.in_full || cell.service != service) continue;
    more = cell.cells_left_out;
    const std::string all = regime(cell);
    table.add({cell.name, percent(cell.load), all.substr(0, all.find(':')),
               cell.shortest    ? format_duration(*cell.shortest)
               : cell.load >= 1 ? "n/a"
                                : "heals",
               cell.recovery ? format_duration(*cell.recovery) : "n/a",
               format_count(cell.n0)});
  }
  if (table.rows.empty()) return "";
  std::string text = to_text(table, style);
  if (more > 0)
    text += "  … and " + format_count(double(more)) + " more in less use\n";
  return text + "\n";
}

constexpr double kWidth = 640, kHeight = 360, kMargin = 56;

double x_of(const SweepPoint& point, double most) {
  return kMargin + point.load / most * (kWidth - 2 * kMargin);
}
double y_of(double served) {
  return kHeight - kMargin - served * (kHeight - 2 * kMargin);
}

std::string branch(const std::vector<SweepPoint>& points,
                   double SweepPoint::* served, const char* style) {
  std::string text =
      "<polyline fill=\"none\" " + std::string(style) + " points=\"";
  for (const SweepPoint& point : points) {
    text += fixed_decimals(x_of(point, points.back().load), 1) + "," +
            fixed_decimals(y_of(point.*served), 1) + " ";
  }
  return text + "\"/>\n";
}

std::string label(double x, double y, const std::string& words) {
  return "<text x=\"" + fixed_decimals(x, 0) + "\" y=\"" +
         fixed_decimals(y, 0) + "\">" + words + "</text>\n";
}

std::string axes(double most) {
  std::string text = "<path fill=\"none\" stroke=\"#888\" d=\"M" +
                     fixed_decimals(kMargin, 0) + " " +
                     fixed_decimals(kMargin, 0) + " V" +
                     fixed_decimals(kHeight - kMargin, 0) + " H" +
                     fixed_decimals(kWidth - kMargin, 0) + "\"/>\n";
  for (int fifths = 1; 0.2 * fifths <= most + 1e-9; ++fifths) {
    const double load = 0.2 * fifths;
    const double x = kMargin + load / most * (kWidth - 2 * kMargin);
    text += label(x - 12, kHeight - kMargin + 18, percent(load));
  }
  text += label(8, y_of(1) + 4, "100 %") + label(22, y_of(0) + 4, "0 %");
  return text + label(kWidth / 2 - 60, kHeight - 12, "load, of capacity");
}

}  // namespace

std::string metastable_text(const std::vector<MetastableStation>& stations,
                            const TextStyle& style) {
  if (stations.empty()) {
    return "  No service has both a capacity and callers who time out: "
           "nothing here can collapse and stay so.\n";
  }
  std::string text;
  for (std::size_t i = 0; i < stations.size(); ++i) {
    if (stations[i].in_full) text += text_of_station(stations[i], style);
    const bool is_last = i + 1 == stations.size() ||
                         stations[i + 1].service != stations[i].service;
    if (is_last) text += text_of_cells(stations, stations[i].service, style);
  }
  return text;
}

std::string metastable_csv(const std::vector<MetastableStation>& stations) {
  std::string text;
  CsvWriter csv(text);
  for (const char* title : {"station", "usual_load", "sustains_above", "load",
                            "capacity_left", "shortest_trigger_s"}) {
    csv.field(title);
  }
  csv.end_row();
  const double none = std::nan("");
  for (const MetastableStation& station : stations) {
    for (const TriggerThreshold& one : station.thresholds) {
      csv.field(station.name)
          .field(station.load)
          .field(station.sustains.value_or(none))
          .field(one.load)
          .field(one.capacity_left)
          .field(one.lasting ? one.lasting->value : none);
      csv.end_row();
    }
  }
  return text;
}

std::string sweep_csv(const std::vector<SweepPoint>& points) {
  std::string text;
  CsvWriter csv(text);
  csv.field("load").field("served_up").field("served_down").end_row();
  for (const SweepPoint& point : points) {
    csv.field(point.load).field(point.served_up).field(point.served_down);
    csv.end_row();
  }
  return text;
}

std::string sweep_svg(const std::string& title,
                      const std::vector<SweepPoint>& points) {
  const double most = points.back().load;
  std::string text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 360\" "
      "font-family=\"sans-serif\" font-size=\"12\">\n"
      "<rect width=\"640\" height=\"360\" fill=\"white\"/>\n";
  text += label(kMargin, 24, title) + axes(most);
  text += branch(points, &SweepPoint::served_up,
                 "stroke=\"#1f6fb2\" stroke-width=\"2.5\"");
  text += branch(points, &SweepPoint::served_down,
                 "stroke=\"#c0392b\" stroke-width=\"2.5\" "
                 "stroke-dasharray=\"7 4\"");
  text += "<g fill=\"#1f6fb2\">" +
          label(kMargin + 12, kMargin + 28, "load rises") +
          "</g><g fill=\"#c0392b\">" +
          label(kMargin + 12, kMargin + 46, "load falls again") + "</g>\n";
  return text + "</svg>\n";
}

}  // namespace outagesim
