// The system as a Mermaid flowchart.
#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "viz/graph_formats.h"
#include "viz/graph_words.h"

namespace outagesim {
namespace {

// Mermaid decodes "#quot;" and "#35;" within quotes.
std::string mermaid_text(std::string_view text) {
  std::string safe = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        safe += "#quot;";
        break;
      case '#':
        safe += "#35;";
        break;
      case '<':
        safe += "#lt;";
        break;
      case '>':
        safe += "#gt;";
        break;
      default:
        safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return safe + '"';
}

// Names that Mermaid takes as they are; a dash is no arrow between letters.
bool is_plain(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kReserved{
      "end",   "graph",     "flowchart", "subgraph", "class",     "classDef",
      "style", "linkStyle", "click",     "default",  "direction", "call"};
  const auto letter = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
  };
  if (name.empty() || name.size() > 60) return false;
  if (std::isalpha(static_cast<unsigned char>(name.front())) == 0) return false;
  if (!letter(name.back())) return false;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    const bool dash = name[i] == '-' && letter(name[i - 1]);
    if (!letter(name[i]) && name[i] != '_' && !dash) return false;
  }
  return std::ranges::find(kReserved, name) == kReserved.end();
}

// The names of nodes: those of the services, or a number where that cannot be.
std::vector<std::string> node_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Service& service : scenario.services) {
    names.push_back(is_plain(service.name)
                        ? service.name
                        : "_" + std::to_string(names.size()));
  }
  return names;
}

std::string node_line(const Service& service, const std::string& name,
                      const std::string& label) {
  const bool product = service.kind == ServiceKind::kProduct;
  std::string text = "  " + name + (product ? "([" : "[") +
                     mermaid_text(label) + (product ? "])" : "]");
  if (service.kind != ServiceKind::kService) {
    text += ":::" + std::string(service_kind_name(service.kind));
  }
  return text + "\n";
}

std::string arrow(const Need& need) {
  const std::string text = need_text(need);
  const bool word = text.find(' ') == std::string::npos;
  return (need.kind == NeedKind::kHard ? "-->|" : "-.->|") +
         (word ? text : mermaid_text(text)) + "|";
}

using NodeNames = std::map<std::string_view, std::string_view>;  // by service

// An arrow for each target.
std::string need_lines(const std::string& owner, const Need& need,
                       const NodeNames& name_of) {
  std::string text;
  for (const std::string_view target : targets_of(need)) {
    const auto found = name_of.find(target);
    if (found == name_of.end()) continue;
    text += "  " + owner + " " + arrow(need) + " ";
    text += found->second;
    text += "\n";
  }
  return text;
}

}  // namespace

std::string graph_mermaid(const Scenario& scenario,
                          const GraphColours& colours) {
  const std::vector<std::string> names = node_names(scenario);
  NodeNames name_of;
  std::string text = "flowchart RL\n";
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Service& service = scenario.services[i];
    name_of[service.name] = names[i];
    std::string label = title_of(service);
    if (coloured(colours)) {
      label += " (" + colours.name + " " + share_text(colours.values[i]) + ")";
    }
    text += node_line(service, names[i], label);
    if (coloured(colours)) {
      text += "  style " + names[i] +
              " fill:" + share_colour(colours.values[i]) +
              ",color:" + std::string(ink_on(colours.values[i])) + "\n";
    }
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (const Need& need : scenario.services[i].needs) {
      text += need_lines(names[i], need, name_of);
    }
  }
  return text;
}

}  // namespace outagesim
