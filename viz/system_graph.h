// The dependency graph as people draw it: services and the needs between them,
// in layers from suppliers on the left to products on the right; large systems
// folded into groups. Positions are pixels of a picture; nothing here is about
// a file format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.h"

namespace outagesim {

// `owner` needs `target`, indices into Scenario::services (and so into
// Graph::services, which has the same order).
struct GraphEdge {
  std::uint32_t owner = 0;
  std::uint32_t target = 0;
  NeedKind kind = NeedKind::kHard;

  friend bool operator==(const GraphEdge&, const GraphEdge&) = default;
};

std::string_view need_kind_name(NeedKind kind);        // "to_repair"
std::string_view service_kind_name(ServiceKind kind);  // "supplier"

// In the author's order; a target named twice counts once. O(needs log needs).
std::vector<GraphEdge> graph_edges(const Scenario& scenario);

// A service, or several folded into one.
struct GraphBox {
  std::string title;
  std::vector<std::uint32_t> services;
  double x = 0, y = 0;  // of the upper left corner
};

// At most so many columns; of a group its size is kept.
std::string short_title(const GraphBox& box, std::size_t width);

struct GraphLine {
  std::uint32_t owner = 0, target = 0;  // boxes
  NeedKind kind = NeedKind::kHard;      // of several, the one that bears most
  std::uint32_t needs = 1;              // how many it stands for
  std::string path;                     // as SVG's `d`, from target to owner
};

struct GraphPicture {
  static constexpr double kBoxWidth = 176, kBoxHeight = 38;
  double width = 0, height = 0;
  std::vector<GraphBox> boxes;
  std::vector<GraphLine> lines;
  std::vector<std::uint32_t> box_of;  // by service
};

struct GraphOptions {
  std::size_t fold_above = 60;  // services
  std::size_t most_boxes = 90;  // once folded, if it can be had
};

// The same picture for the same scenario. O((services + needs) log).
GraphPicture graph_picture(const Scenario& scenario,
                           const GraphOptions& options = {});

}  // namespace outagesim
