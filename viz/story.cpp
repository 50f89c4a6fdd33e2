#include "viz/story.h"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

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
               number_text(o.end - o.onset, NumberKind::kDuration, 2),
               number_text(o.lowest, NumberKind::kShare, 2)});
  }
  return to_text(table, style);
}

}  // namespace

std::string clock_text(Seconds t) {
  const auto total = static_cast<long long>(std::llround(std::abs(t.value)));
  const long long days = total / 86400;
  char text[64];
  std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", total / 3600 % 24,
                total / 60 % 60, total % 60);
  std::string clock = text;
  if (days > 0) clock.insert(0, std::to_string(days) + " d ");
  return t.value < 0 && total > 0 ? "-" + clock : clock;
}

std::string story_text(const Model& model, const Trace& trace,
                       const Replication& replication, const TextStyle& style) {
  Table table{{{"time", Table::Align::kRight}, {"what"}, {"why"}}, {}};
  for (const TraceLine& line : trace.lines) {
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
  for (const TraceLine& line : trace.lines) {
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
