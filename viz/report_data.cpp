#include "viz/report_data.h"

#include "viz/page/parts.h"

namespace outagesim {
namespace {

// Within a page "<" could end the script that holds the data.
std::string without_tags(const std::string& json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

}  // namespace

std::string report_json(const ReportSource& source) {
  const Scenario& scenario = source.scenario;
  page::Json json;
  json["format"] = 1;
  json["title"] = scenario.path;
  json["shows"] = scenario.shows;
  json["expect"] = scenario.expect;
  json["headline"] = page::headline(source);
  json["cards"] = page::cards(source);
  json["begins"] = page::number(source.summary.model().begins.value);
  json["until"] = page::number(source.portrait.until.value);
  json["substantial"] = scenario.outage.substantial.value;
  json["graph"] = page::graph(source);
  json["replays"] = page::replays(source);
  json["bands"] = page::bands(source);
  json["spared"] = page::spared(source);
  json["stages"] = page::stages(source);
  json["recovery"] = page::recovery(source);
  json["people"] = page::people(source);
  json["strategies"] = page::strategies(source);
  json["reality"] = page::reality(source);
  json["tables"] = page::tables(source);
  json["metrics"] = page::metric_rows(source);
  json["provenance"] = page::provenance(source);
  return without_tags(
      json.dump(-1, ' ', false, page::Json::error_handler_t::replace));
}

}  // namespace outagesim
