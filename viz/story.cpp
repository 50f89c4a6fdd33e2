#include "viz/story.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "models/base/clock_text.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

using Json = nlohmann::ordered_json;

std::string product_name(const Model& model, std::uint32_t product) {
  const CompiledService& service =
      model.graph.services[model.products[product]];
  return service.label.empty() ? service.name : service.label;
}

std::string moment(double t) {
  return std::isnan(t) ? "never" : clock_text(Seconds{t});
}

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

std::string outages_table(const Model& model, const Replication& replication,
                          const TextStyle& style) {
  Table table{{{"outage of"},
               {"onset", Table::Align::kRight},
               {"noticed", Table::Align::kRight},
               {"half back", Table::Align::kRight},
               {"end", Table::Align::kRight},
               {"in full", Table::Align::kRight},
               {"lasted", Table::Align::kRight},
               {"at worst", Table::Align::kRight}},
              {}};
  for (const OutageRecord& o : replication.outages) {
    table.add({product_name(model, o.product), moment(o.onset),
               moment(o.detected),
               o.was_substantial ? moment(o.substantial) : "-",
               o.censored ? "not yet" : moment(o.end),
               o.full_censored ? "not yet" : moment(o.full),
               clock_text(Seconds{o.end - o.onset}),
               number_text(o.lowest, NumberKind::kShare, 2)});
  }
  return to_text(table, style);
}

constexpr std::size_t kFoldedFrom = 4;  // cells

// What each line would say of the whole service, empty where it speaks of no
// cell: "db.3 has restarted" says "db has restarted".
class CellLines {
 public:
  explicit CellLines(const Graph& graph) {
    for (const CompiledService& service : graph.services) {
      if (service.cells.size() < kFoldedFrom) continue;
      for (const NodeId cell : service.cells) {
        cells_.emplace(node_name(graph, cell), &service.name);
      }
    }
  }

  std::string of_service(const TraceLine& line) const {
    for (std::size_t begin = 0; begin < line.what.size();) {
      const std::size_t end =
          std::min(line.what.find(' ', begin), line.what.size());
      const auto cell = cells_.find(line.what.substr(begin, end - begin));
      if (cell != cells_.end()) {
        return line.what.substr(0, begin) + *cell->second +
               line.what.substr(end);
      }
      begin = end + 1;
    }
    return {};
  }

 private:
  std::map<std::string, const std::string*> cells_;
};

std::vector<TraceLine> in_order(const Trace& trace) {
  std::vector<TraceLine> lines = trace.lines;
  std::ranges::stable_sort(lines, {},
                           [](const TraceLine& line) { return line.t.value; });
  return lines;
}

std::vector<TraceLine> folded(const Model& model,
                              std::vector<TraceLine> lines) {
  const CellLines cells(model.graph);
  using Group = std::pair<std::string, std::string>;  // of the service, why
  std::vector<Group> groups;
  std::map<Group, std::size_t> counts;
  for (const TraceLine& line : lines) {
    groups.emplace_back(cells.of_service(line), line.why);
    ++counts[groups.back()];
  }
  std::map<Group, std::size_t> seen;
  std::vector<TraceLine> kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t count = counts[groups[i]];
    const std::size_t number = ++seen[groups[i]];
    if (!groups[i].first.empty() && count >= kFoldedFrom) {
      if (number != 1 && number != count) continue;
      lines[i].what += number == 1 ? ", the first of " : ", the last of ";
      lines[i].what += std::to_string(count);
    }
    kept.push_back(std::move(lines[i]));
  }
  return kept;
}

}  // namespace

std::string story_text(const Model& model, const Trace& trace,
                       const Replication& replication, const TextStyle& style,
                       Folding folding) {
  Table table{{{"time", Table::Align::kRight}, {"what"}, {"why"}}, {}};
  std::vector<TraceLine> lines = in_order(trace);
  if (folding == Folding::kCells) lines = folded(model, std::move(lines));
  for (const TraceLine& line : lines) {
    table.add({clock_text(line.t), line.what, line.why});
  }
  std::string text = to_text(table, style) + '\n';
  if (replication.outages.empty()) return text + "No product had an outage.\n";
  return text + outages_table(model, replication, style);
}

std::string story_json(const Model& model, const Trace& trace,
                       const Replication& replication) {
  Json json;
  json["replication"] = replication.index;
  json["trace"] = Json::array();
  for (const TraceLine& line : in_order(trace)) {
    json["trace"].push_back({{"t_s", number(line.t.value)},
                             {"what", line.what},
                             {"why", line.why}});
  }
  json["outages"] = Json::array();
  for (const OutageRecord& o : replication.outages) {
    const std::string& name =
        model.graph.services[model.products[o.product]].name;
    json["outages"].push_back({{"product", name},
                               {"onset_s", number(o.onset)},
                               {"detected_s", number(o.detected)},
                               {"substantial_s", number(o.substantial)},
                               {"end_s", number(o.end)},
                               {"full_s", number(o.full)},
                               {"lowest", number(o.lowest)},
                               {"censored", o.censored}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace outagesim
