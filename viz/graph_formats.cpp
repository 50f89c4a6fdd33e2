#include "viz/graph_formats.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "models/base/text.h"
#include "viz/graph_words.h"
#include "viz/people_numbers.h"
#include "viz/xml_text.h"

namespace outagesim {
namespace {

std::string dot_text(std::string_view text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return safe + '"';
}

std::string_view dot_shape(ServiceKind kind) {
  switch (kind) {
    case ServiceKind::kSupplier:
      return "house";
    case ServiceKind::kInfrastructure:
      return "box3d";
    case ServiceKind::kService:
      return "box";
    case ServiceKind::kProduct:
      break;
  }
  return "oval";
}

std::string_view dot_line(NeedKind kind) {
  switch (kind) {
    case NeedKind::kHard:
      return "solid";
    case NeedKind::kSoft:
    case NeedKind::kCached:
    case NeedKind::kAsync:
      return "dashed";
    default:
      return "dotted";
  }
}

// An edge for each target.
std::string dot_edges(const std::string& owner, const Need& need) {
  std::string text;
  for (const std::string_view target : targets_of(need)) {
    text += "  " + dot_text(owner) + " -> " + dot_text(target) +
            " [label=" + dot_text(need_text(need)) +
            ", style=" + std::string(dot_line(need.kind)) + "];\n";
  }
  return text;
}

}  // namespace

std::string graph_dot(const Scenario& scenario, const GraphColours& colours) {
  std::string text =
      "// an arrow leads from a service to what it needs\n"
      "digraph system {\n  rankdir=RL;\n"
      "  node [fontname=\"sans-serif\", style=filled, "
      "fillcolor=\"#f5f6f8\"];\n";
  for (std::size_t i = 0; i < scenario.services.size(); ++i) {
    const Service& service = scenario.services[i];
    text += "  " + dot_text(service.name) +
            " [label=" + dot_text(title_of(service)) +
            ", shape=" + std::string(dot_shape(service.kind)) +
            ", kind=" + std::string(service_kind_name(service.kind));
    if (coloured(colours)) {
      const double share = colours.values[i];
      text += ", fillcolor=\"" + share_colour(share) + "\", fontcolor=\"" +
              std::string(ink_on(share)) +
              "\", tooltip=" + dot_text(colours.name + " " + share_text(share));
    }
    text += "];\n";
  }
  for (const Service& service : scenario.services) {
    for (const Need& need : service.needs) {
      text += dot_edges(service.name, need);
    }
  }
  return text + "}\n";
}

namespace {

std::string graphml_data(std::string_view name, std::string_view value) {
  return "<data key=\"" + xml_text(name) + "\">" + xml_text(value) + "</data>";
}

// An edge for each target; alternatives say that they belong together.
std::string graphml_edges(const std::string& owner, const Need& need) {
  std::string data = graphml_data("need", need_kind_name(need.kind));
  if (need.targets.size() > 1) data += graphml_data("group", need.name);
  if (need.kind == NeedKind::kQuorum) {
    data += graphml_data("at_least", std::to_string(need.at_least));
  }
  std::string text;
  for (const std::string_view target : targets_of(need)) {
    text += "    <edge source=\"" + xml_text(owner) + "\" target=\"" +
            xml_text(target) + "\">" + data + "</edge>\n";
  }
  return text;
}

}  // namespace

std::string graph_graphml(const Scenario& scenario,
                          const GraphColours& colours) {
  const auto key = [](std::string_view id, std::string_view of,
                      std::string_view type) {
    return "  <key id=\"" + xml_text(id) + "\" for=\"" + std::string(of) +
           "\" attr.name=\"" + xml_text(id) + "\" attr.type=\"" +
           std::string(type) + "\"/>\n";
  };
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  text += key("label", "node", "string") + key("kind", "node", "string") +
          key("need", "edge", "string") + key("group", "edge", "string") +
          key("at_least", "edge", "int");
  if (coloured(colours)) text += key(colours.name, "node", "double");
  text += "  <graph edgedefault=\"directed\">\n";
  for (std::size_t i = 0; i < scenario.services.size(); ++i) {
    const Service& service = scenario.services[i];
    text += "    <node id=\"" + xml_text(service.name) + "\">" +
            graphml_data("label", title_of(service)) +
            graphml_data("kind", service_kind_name(service.kind));
    const bool known = coloured(colours) && !std::isnan(colours.values[i]);
    if (known)
      text += graphml_data(colours.name, round_trip(colours.values[i]));
    text += "</node>\n";
  }
  for (const Service& service : scenario.services) {
    for (const Need& need : service.needs) {
      text += graphml_edges(service.name, need);
    }
  }
  return text + "  </graph>\n</graphml>\n";
}

namespace {

// The worst of its members.
double share_of(const GraphBox& box, const GraphColours& colours) {
  double worst = std::nan("");
  for (const std::uint32_t s : box.services) {
    const double share = colours.values[s];
    if (std::isnan(worst) || share < worst) worst = share;
  }
  return worst;
}

std::string svg_number(double value) { return significant(value, 6); }

std::string svg_box(const GraphBox& box, const GraphColours& colours) {
  const bool known = coloured(colours);
  const double share = known ? share_of(box, colours) : 0;
  const std::string fill = known ? share_colour(share) : "#f5f6f8";
  const std::string ink(known ? ink_on(share) : "#1c2430");
  std::string text =
      "<g transform=\"translate(" + svg_number(box.x) + " " +
      svg_number(box.y) + ")\"><title>" + xml_text(box.title) +
      "</title><rect width=\"" + svg_number(GraphPicture::kBoxWidth) +
      "\" height=\"" + svg_number(GraphPicture::kBoxHeight) +
      "\" rx=\"5\" fill=\"" + fill +
      "\" stroke=\"#566070\"/><text x=\"9\" y=\"" + (known ? "16" : "24") +
      "\" fill=\"" + ink + "\" font-weight=\"600\" font-size=\"12\">" +
      xml_text(short_title(box, 24)) + "</text>";
  if (known) {
    text += "<text x=\"9\" y=\"31\" fill=\"" + ink + "\" font-size=\"11\">" +
            xml_text(colours.name + " " + share_text(share)) + "</text>";
  }
  return text + "</g>\n";
}

std::string svg_line(const GraphLine& line) {
  const std::string_view style = dot_line(line.kind);
  const std::string dash = style == "solid"    ? ""
                           : style == "dashed" ? " stroke-dasharray=\"6 4\""
                                               : " stroke-dasharray=\"2 4\"";
  return "<path d=\"" + line.path +
         "\" fill=\"none\" stroke=\"#97a1b0\" stroke-width=\"1.6\"" + dash +
         "/>\n";
}

}  // namespace

std::string graph_svg(const Scenario& scenario, const GraphColours& colours) {
  const GraphPicture picture = graph_picture(scenario);
  const std::string size =
      svg_number(picture.width) + "\" height=\"" + svg_number(picture.height);
  std::string text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size +
      "\" viewBox=\"0 0 " + svg_number(picture.width) + " " +
      svg_number(picture.height) +
      "\" font-family=\"system-ui, sans-serif\">\n<title>" +
      xml_text(scenario.path) +
      "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  for (const GraphLine& line : picture.lines) text += svg_line(line);
  for (const GraphBox& box : picture.boxes) text += svg_box(box, colours);
  return text + "</svg>\n";
}

}  // namespace outagesim
