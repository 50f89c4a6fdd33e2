// The dependency graph: boxes and lines with their places, and of each service
// what falls with it, how often and how long it falls, and what it hangs on.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/base/text.h"
#include "viz/page/parts.h"
#include "viz/report_sections.h"
#include "viz/system_graph.h"

namespace outagesim::page {
namespace {

constexpr std::size_t kTitleWidth = 24;      // columns that fit into a box
constexpr std::size_t kMostListed = 40;      // names in a list
constexpr std::size_t kMostInAll = 60'000;   // names in all lists together
constexpr std::size_t kMostInstants = 1500;  // × services, of mean frames

// A list of services, cut where the page would grow too large.
Json listed(const std::vector<ServiceId>& services, std::size_t most) {
  Json list = Json::array();
  for (const ServiceId id : services) {
    if (list.size() == most) break;
    list.push_back(id);
  }
  return {{"count", services.size()}, {"first", std::move(list)}};
}

class ServicePart {
 public:
  explicit ServicePart(const ReportSource& source)
      : source_(source), model_(source.summary.model()) {
    const std::size_t n =
        std::max<std::size_t>(1, model_.graph.services.size());
    most_ = std::clamp<std::size_t>(kMostInAll / n / 2, 5, kMostListed);
    for (const ServiceBlast& blast : source.structural.services) {
      blasts_[blast.service] = &blast;
    }
    for (const SinglePoints& points : source.structural.single_points) {
      for (const ServiceId id : points.services) {
        single_point_of_[id].push_back(model_.products[points.product]);
      }
      points_of_[model_.products[points.product]] = &points.services;
    }
    for (const GraphEdge& edge : graph_edges(source.scenario)) {
      needs_[edge.owner].push_back(edge);
    }
  }

  Json of(ServiceId id) const {
    const CompiledService& service = model_.graph.services[id];
    const ServicePortrait& portrait = source_.portrait.services[id];
    Json json;
    json["name"] = service.name;
    if (!service.label.empty()) json["label"] = service.label;
    json["kind"] = service_kind_name(service.kind);
    if (service.cells.size() > 1) json["cells"] = service.cells.size();
    json["served"] = number(portrait.served.mean(), 4);
    const Estimate fell = get(source_.summary, "fell_probability",
                              {Scope::kService, id}, "probability");
    json["fell"] = number(fell.value, 4);
    json["below_s"] = number(portrait.below.mean(), 4);
    json["words"] = words(id, fell);
    add_structure(id, json);
    return json;
  }

 private:
  // How often and how long: what the simulation says.
  std::string words(ServiceId id, const Estimate& fell) const {
    const std::string half =
        exact_text(model_.outage.substantial.value, NumberKind::kShare);
    if (!(fell.value > 0)) {
      return "Never fell below " + half + " in " +
             report::with_commas(source_.summary.replications()) + " runs.";
    }
    const Estimate below = source_.portrait.services[id].below.estimate();
    const std::string often =
        fell.value == 1 ? "every run"
                        : number_text(fell, NumberKind::kShare) + " of runs";
    return "Falls below " + half + " in " + often + "; it is below " + half +
           " for " + with_error(below, NumberKind::kDuration) +
           " a run on average.";
  }

  void add_structure(ServiceId id, Json& json) const {
    if (const auto found = blasts_.find(id); found != blasts_.end()) {
      const ServiceBlast& blast = *found->second;
      json["falls"] = listed(blast.with_redundancy.services, most_);
      json["falls_no_switch"] = listed(blast.switch_over_off.services, most_);
      json["users"] =
          exact_text(blast.with_redundancy.users.value, NumberKind::kShare);
      json["users_no_switch"] =
          exact_text(blast.switch_over_off.users.value, NumberKind::kShare);
    }
    if (const auto f = single_point_of_.find(id); f != single_point_of_.end()) {
      json["single_point_of"] = listed(f->second, most_);
    }
    if (const auto found = points_of_.find(id); found != points_of_.end()) {
      json["single_points"] = listed(*found->second, kMostListed);
    }
    const auto needs = needs_.find(id);
    if (needs == needs_.end()) return;
    Json list = Json::array();
    for (const GraphEdge& edge : needs->second) {
      if (list.size() == most_) break;
      list.push_back({edge.target, need_kind_name(edge.kind)});
    }
    json["needs"] = std::move(list);
  }

  const ReportSource& source_;
  const Model& model_;
  std::size_t most_ = kMostListed;
  std::map<ServiceId, const ServiceBlast*> blasts_;
  std::map<ServiceId, std::vector<ServiceId>> single_point_of_;
  std::map<ServiceId, const std::vector<ServiceId>*> points_of_;
  std::map<ServiceId, std::vector<GraphEdge>> needs_;
};

Json boxes_of(const GraphPicture& picture) {
  Json boxes = Json::array();
  for (const GraphBox& box : picture.boxes) {
    boxes.push_back({{"title", short_title(box, kTitleWidth)},
                     {"full", box.title},
                     {"services", box.services},
                     {"x", number(box.x)},
                     {"y", number(box.y)}});
  }
  return boxes;
}

Json lines_of(const GraphPicture& picture) {
  Json lines = Json::array();
  for (const GraphLine& line : picture.lines) {
    lines.push_back({{"owner", line.owner},
                     {"target", line.target},
                     {"kind", need_kind_name(line.kind)},
                     {"needs", line.needs},
                     {"path", line.path}});
  }
  return lines;
}

// The mean served fraction over time of services that ever fall, as frames of
// what changes.
Json mean_frames(const Portrait& portrait) {
  std::vector<std::size_t> moving;
  for (std::size_t s = 0; s < portrait.served.size(); ++s) {
    const auto least = std::ranges::min_element(portrait.served[s]);
    const bool moves = least != portrait.served[s].end() && *least < 0.995;
    if (moves && moving.size() < kMostInstants) moving.push_back(s);
  }
  Json frames = Json::array();
  std::vector<double> last(portrait.served.size(), 1);
  for (std::size_t i = 0; i < portrait.grid.size(); ++i) {
    Json changes = Json::array();
    for (const std::size_t s : moving) {
      const double now = std::round(portrait.served[s][i] * 100) / 100;
      if (now == last[s]) continue;
      last[s] = now;
      changes.push_back(s);
      changes.push_back(number(now));
    }
    if (changes.empty()) continue;
    frames.push_back({number(portrait.grid[i].value), std::move(changes)});
  }
  return frames;
}

// Services that a fault strikes.
Json struck_of(const ReportSource& source) {
  std::set<std::string> names;
  for (const Fault& fault : source.scenario.faults) {
    for (const Place& place : fault.where) names.insert(place.service.name);
  }
  Json struck = Json::array();
  const auto& services = source.scenario.services;
  for (std::size_t id = 0; id < services.size(); ++id) {
    if (names.contains(services[id].name)) struck.push_back(id);
  }
  return struck;
}

}  // namespace

Json graph(const ReportSource& source) {
  const GraphPicture picture = graph_picture(source.scenario);
  const ServicePart part(source);
  Json services = Json::array();
  const Model& model = source.summary.model();
  for (ServiceId id = 0; id < model.graph.services.size(); ++id) {
    services.push_back(part.of(id));
  }
  return {{"width", number(picture.width)},
          {"height", number(picture.height)},
          {"box_width", GraphPicture::kBoxWidth},
          {"box_height", GraphPicture::kBoxHeight},
          {"sentence",
           "What is needed stands to the left of what needs it. The colour is "
           "the share served, on average over the first " +
               duration((source.portrait.until - model.begins).value) + " of " +
               report::with_commas(source.portrait.replications) +
               " runs; play a run to see it minute by minute."},
          {"boxes", boxes_of(picture)},
          {"lines", lines_of(picture)},
          {"services", std::move(services)},
          {"box_of", picture.box_of},
          {"struck", struck_of(source)},
          {"mean", mean_frames(source.portrait)}};
}

}  // namespace outagesim::page
