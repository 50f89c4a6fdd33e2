#include "viz/system_graph.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "models/base/text.h"
#include "models/scenario/choices.h"
#include "viz/graph_layers.h"

namespace outagesim {
namespace {

constexpr double kColumn = 222, kRow = 54, kMargin = 16;
constexpr std::size_t kMostRows = 14;
constexpr std::size_t kMostKept = 24;  // products and struck places unfolded

BoxGraph box_graph(std::size_t boxes, const std::vector<GraphLine>& lines) {
  BoxGraph graph{Neighbours(boxes), Neighbours(boxes)};
  for (const GraphLine& line : lines) {
    graph.targets[line.owner].push_back(line.target);
    graph.owners[line.target].push_back(line.owner);
  }
  return graph;
}

using Ranks = std::vector<std::vector<std::uint32_t>>;  // boxes by layer

Ranks ranks_of(const std::vector<std::uint32_t>& layer) {
  std::set<std::uint32_t> used(layer.begin(), layer.end());
  std::map<std::uint32_t, std::size_t> dense;
  for (const std::uint32_t one : used) dense.emplace(one, dense.size());
  Ranks ranks(dense.size());
  for (std::uint32_t i = 0; i < layer.size(); ++i) {
    ranks[dense[layer[i]]].push_back(i);
  }
  return ranks;
}

// Sorts a layer by where its neighbours stand: fewer lines cross. Of equals the
// one that was first stays first.
void sort_rank(std::vector<std::uint32_t>& rank, const Neighbours& neighbours,
               std::vector<double>& position) {
  const std::vector<std::uint32_t> before = rank;
  std::vector<std::pair<double, std::size_t>> wish;
  for (std::size_t i = 0; i < before.size(); ++i) {
    double sum = 0;
    for (const std::uint32_t other : neighbours[before[i]]) {
      sum += position[other];
    }
    const auto n = static_cast<double>(neighbours[before[i]].size());
    wish.emplace_back(n > 0 ? sum / n : position[before[i]], i);
  }
  std::ranges::sort(wish);
  for (std::size_t i = 0; i < rank.size(); ++i) {
    rank[i] = before[wish[i].second];
    position[rank[i]] =
        (static_cast<double>(i) + 0.5) / static_cast<double>(rank.size());
  }
}

void reduce_crossings(Ranks& ranks, const BoxGraph& graph) {
  std::vector<double> position(graph.targets.size());
  for (const auto& rank : ranks) {
    for (std::size_t i = 0; i < rank.size(); ++i) {
      position[rank[i]] =
          (static_cast<double>(i) + 0.5) / static_cast<double>(rank.size());
    }
  }
  for (int sweep = 0; sweep < 6; ++sweep) {
    for (auto& rank : ranks) sort_rank(rank, graph.targets, position);
    for (auto rank = ranks.rbegin(); rank != ranks.rend(); ++rank) {
      sort_rank(*rank, graph.owners, position);
    }
  }
}

void place_boxes(const Ranks& ranks, GraphPicture& picture) {
  std::size_t tallest = 1;
  for (const auto& rank : ranks) {
    tallest = std::max(tallest, std::min(rank.size(), kMostRows));
  }
  const double height = static_cast<double>(tallest) * kRow;
  double x = kMargin;
  for (const auto& rank : ranks) {
    const std::size_t columns = (rank.size() + kMostRows - 1) / kMostRows;
    const std::size_t rows = (rank.size() + columns - 1) / columns;
    const double top = (height - static_cast<double>(rows) * kRow) / 2;
    for (std::size_t i = 0; i < rank.size(); ++i) {
      GraphBox& box = picture.boxes[rank[i]];
      const std::size_t column = i / rows;
      box.x =
          x + static_cast<double>(column) * (GraphPicture::kBoxWidth + kMargin);
      box.y = kMargin + top + static_cast<double>(i % rows) * kRow;
    }
    x += kColumn +
         static_cast<double>(columns - 1) * (GraphPicture::kBoxWidth + kMargin);
  }
  picture.width = x - (kColumn - GraphPicture::kBoxWidth) + kMargin;
  picture.height = height + 2 * kMargin;
}

std::string coordinate(double value) { return significant(value, 6); }

// From the right of the target to the left of its owner; where the owner does
// not stand to the right, around below.
std::string path_of(const GraphBox& target, const GraphBox& owner) {
  const double x0 = target.x + GraphPicture::kBoxWidth;
  const double y0 = target.y + GraphPicture::kBoxHeight / 2;
  const double x1 = owner.x, y1 = owner.y + GraphPicture::kBoxHeight / 2;
  const double bend = x1 > x0 ? (x1 - x0) / 2 : 40;
  const auto point = [](double x, double y) {
    return coordinate(x) + " " + coordinate(y);
  };
  return "M" + point(x0, y0) + "C" + point(x0 + bend, y0) + " " +
         point(x1 - bend, y1) + " " + point(x1, y1);
}

// What groups are made of: the beginning of a name up to a separator.
std::string stem_of(const std::string& name) {
  const std::size_t end = name.find_first_of("-._/: 0123456789", 1);
  return name.substr(0, end);
}

std::set<std::string> struck_places(const Scenario& scenario) {
  std::set<std::string> names;
  for (const Fault& fault : scenario.faults) {
    for (const Place& place : fault.where) names.insert(place.service.name);
  }
  return names;
}

// By service: the name of the group it folds into, or its own.
class Folding {
 public:
  Folding(const Scenario& scenario, const GraphOptions& options)
      : scenario_(scenario), struck_(struck_places(scenario)) {
    const auto& services = scenario.services;
    if (services.size() <= options.fold_above) return;
    std::set<std::string> groups;
    for (const Service& service : services) groups.insert(by_stem(service));
    by_kind_ = groups.size() > options.most_boxes;
    folds_ = true;
  }

  // Empty: stays by itself.
  std::string group_of(std::uint32_t service) {
    const Service& one = scenario_.services[service];
    if (!folds_) return {};
    const bool apart =
        one.kind == ServiceKind::kProduct || struck_.contains(one.name);
    if (apart && kept_ < kMostKept) {
      ++kept_;
      return {};
    }
    if (!by_kind_) return by_stem(one);
    return std::string(service_kind_name(one.kind));
  }

 private:
  static std::string by_stem(const Service& service) {
    const std::string kind(service_kind_name(service.kind));
    const std::string stem = stem_of(service.name);
    return kind == stem ? kind : kind + " " + stem;
  }

  const Scenario& scenario_;
  std::set<std::string> struck_;
  std::size_t kept_ = 0;
  bool folds_ = false, by_kind_ = false;
};

const std::string& title_of(const Service& service) {
  return service.label.empty() ? service.name : service.label;
}

void make_boxes(const Scenario& scenario, const GraphOptions& options,
                GraphPicture& picture) {
  Folding folding(scenario, options);
  std::map<std::string, std::uint32_t> known;
  for (std::uint32_t s = 0; s < scenario.services.size(); ++s) {
    const std::string group = folding.group_of(s);
    auto box = static_cast<std::uint32_t>(picture.boxes.size());
    if (!group.empty()) box = known.try_emplace(group, box).first->second;
    if (box == picture.boxes.size()) picture.boxes.emplace_back();
    picture.boxes[box].services.push_back(s);
    picture.box_of.push_back(box);
    picture.boxes[box].title = group;
  }
  for (GraphBox& box : picture.boxes) {
    const std::size_t size = box.services.size();
    box.title = size == 1 ? title_of(scenario.services[box.services.front()])
                          : box.title + " (" + std::to_string(size) + ")";
  }
}

void make_lines(const Scenario& scenario, GraphPicture& picture) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> known;
  for (const GraphEdge& edge : graph_edges(scenario)) {
    const std::uint32_t owner = picture.box_of[edge.owner];
    const std::uint32_t target = picture.box_of[edge.target];
    if (owner == target) continue;
    const auto [at, fresh] =
        known.try_emplace({owner, target}, picture.lines.size());
    if (fresh) {
      picture.lines.push_back({owner, target, edge.kind, 1, {}});
    } else {
      GraphLine& line = picture.lines[at->second];
      line.kind = std::min(line.kind, edge.kind);
      ++line.needs;
    }
  }
}

using NameIndex = std::map<std::string, std::uint32_t, std::less<>>;

// Those of one need; a target that is there with the same kind counts once.
void add_edges(const Need& need, std::uint32_t owner, const NameIndex& index,
               std::vector<GraphEdge>& edges) {
  for (const Place& place : need.targets) {
    const auto found = index.find(place.service.name);
    if (found == index.end()) continue;
    const GraphEdge edge{owner, found->second, need.kind};
    const auto own =
        std::ranges::lower_bound(edges, owner, {}, &GraphEdge::owner);
    if (std::find(own, edges.end(), edge) == edges.end()) edges.push_back(edge);
  }
}

}  // namespace

std::string short_title(const GraphBox& box, std::size_t width) {
  const std::size_t at = box.title.rfind(" (");
  if (box.services.size() < 2 || at == std::string::npos) {
    return truncate(box.title, width);
  }
  const std::string size = box.title.substr(at);
  return truncate(box.title.substr(0, at), width - size.size()) + size;
}

std::string_view need_kind_name(NeedKind kind) {
  return std::ranges::find(kChoices<NeedKind>, kind, &Choice<NeedKind>::value)
      ->word;
}

std::string_view service_kind_name(ServiceKind kind) {
  return std::ranges::find(kChoices<ServiceKind>, kind,
                           &Choice<ServiceKind>::value)
      ->word;
}

std::vector<GraphEdge> graph_edges(const Scenario& scenario) {
  NameIndex index;
  for (std::uint32_t s = 0; s < scenario.services.size(); ++s) {
    index.emplace(scenario.services[s].name, s);
  }
  std::vector<GraphEdge> edges;
  for (std::uint32_t s = 0; s < scenario.services.size(); ++s) {
    for (const Need& need : scenario.services[s].needs) {
      add_edges(need, s, index, edges);
    }
  }
  return edges;
}

GraphPicture graph_picture(const Scenario& scenario,
                           const GraphOptions& options) {
  GraphPicture picture;
  make_boxes(scenario, options, picture);
  make_lines(scenario, picture);
  std::vector<ServiceKind> kinds;
  for (const GraphBox& box : picture.boxes) {
    kinds.push_back(scenario.services[box.services.front()].kind);
  }
  const BoxGraph graph = box_graph(picture.boxes.size(), picture.lines);
  Ranks ranks = ranks_of(layers_of(graph, kinds));
  reduce_crossings(ranks, graph);
  place_boxes(ranks, picture);
  for (GraphLine& line : picture.lines) {
    line.path = path_of(picture.boxes[line.target], picture.boxes[line.owner]);
  }
  return picture;
}

}  // namespace outagesim
