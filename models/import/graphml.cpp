#include "models/import/graphml.h"

#include <algorithm>
#include <boost/property_tree/ptree.hpp>
#include <map>
#include <set>

#include "models/base/error.h"
#include "models/base/text.h"
#include "models/import/xml_file.h"

namespace outagesim {
namespace {

using Xml = boost::property_tree::ptree;

// Found by name and not by path, which a dot in the name would split.
std::string attribute(const Xml& element, const std::string& name) {
  const auto all = element.find("<xmlattr>");
  if (all == element.not_found()) return {};
  const auto found = all->second.find(name);
  return found == all->second.not_found() ? std::string{}
                                          : found->second.data();
}

class GraphReader {
 public:
  explicit GraphReader(std::string path) : path_(std::move(path)) {}

  DrawnSystem read(const Xml& root) {
    const auto top = root.find("graphml");
    if (top == root.not_found()) {
      refuse("expected <graphml> as the outermost element");
    }
    read_keys(top->second);
    const auto graph = top->second.find("graph");
    if (graph == top->second.not_found()) refuse("there is no <graph> in it");
    directed_ = attribute(graph->second, "edgedefault") == "directed";
    for (const auto& [tag, element] : graph->second) {
      if (tag == "node") add_node(element);
    }
    for (const auto& [tag, element] : graph->second) {
      if (tag == "edge") add_edge(element);
      if (tag == "hyperedge")
        refuse("a <hyperedge> is not an edge of two ends");
    }
    if (system_.services.empty()) refuse("there is no <node> in its graph");
    return std::move(system_);
  }

 private:
  [[noreturn]] void refuse(const std::string& what,
                           const std::string& hint = {}) const {
    Mistake mistake;
    mistake.message = printable(path_ + ": " + what);
    mistake.hint = hint;
    throw InputError(mistake);
  }

  // Data are known by the id of a key; what they mean is the key's name.
  void read_keys(const Xml& top) {
    for (const auto& [tag, element] : top) {
      if (tag != "key") continue;
      const std::string id = attribute(element, "id");
      const std::string name = attribute(element, "attr.name");
      meanings_[id] = name.empty() ? id : name;
    }
  }

  std::map<std::string, std::string> data_of(const Xml& element) const {
    std::map<std::string, std::string> all;
    for (const auto& [tag, data] : element) {
      if (tag != "data") continue;
      const auto key = meanings_.find(attribute(data, "key"));
      if (key != meanings_.end()) all[key->second] = data.data();
    }
    return all;
  }

  void add_node(const Xml& element) {
    const std::string name = attribute(element, "id");
    if (name.empty()) refuse("a <node> has no id");
    if (element.count("graph") > 0) {
      refuse("the node \"" + name + "\" has a graph within");
    }
    if (!index_.try_emplace(name, system_.services.size()).second) {
      refuse("two nodes have the id \"" + name + "\"");
    }
    auto data = data_of(element);
    DrawnService service{name, data["label"], data["kind"], {}};
    if (service.label == name) service.label.clear();
    system_.services.push_back(std::move(service));
  }

  std::size_t end_of(const Xml& edge, const std::string& side) const {
    const std::string name = attribute(edge, side);
    const auto found = index_.find(name);
    if (found == index_.end()) {
      refuse("the " + side + " of an edge, \"" + name + "\", is no node");
    }
    return found->second;
  }

  void add_edge(const Xml& element) {
    const std::string own = attribute(element, "directed");
    if (own.empty() ? !directed_ : own != "true") {
      refuse("an edge has no direction",
             "edges lead from a service to what it needs: edgedefault="
             "\"directed\"");
    }
    DrawnService& source = system_.services[end_of(element, "source")];
    const DrawnService& target = system_.services[end_of(element, "target")];
    auto data = data_of(element);
    const std::string kind = data["need"].empty() ? "hard" : data["need"];
    source.needs.push_back(
        {target.name, kind, data["group"], data["at_least"]});
  }

  std::string path_;
  std::map<std::string, std::string> meanings_;
  std::map<std::string, std::size_t> index_;
  DrawnSystem system_;
  bool directed_ = false;
};

// As TOML quotes it.
std::string quoted(const std::string& text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return safe + "\"";
}

bool one_of(const std::string& word, std::initializer_list<const char*> words) {
  return std::ranges::any_of(words,
                             [&](const char* one) { return word == one; });
}

// The needs of a service, those of one group together, in the file's order.
std::vector<std::vector<DrawnNeed>> groups_of(const DrawnService& service) {
  std::vector<std::vector<DrawnNeed>> groups;
  for (const DrawnNeed& need : service.needs) {
    const bool many = one_of(need.kind, {"any", "quorum"});
    const auto same = std::ranges::find_if(groups, [&](const auto& group) {
      return many && group.front().kind == need.kind &&
             group.front().group == need.group;
    });
    if (same == groups.end()) {
      groups.push_back({need});
    } else {
      same->push_back(need);
    }
  }
  return groups;
}

std::string several(const std::vector<DrawnNeed>& group) {
  std::string list;
  for (const DrawnNeed& need : group) {
    list += (list.empty() ? "" : ", ") + quoted(need.target);
  }
  const DrawnNeed& first = group.front();
  std::string text = "{ kind = " + quoted(first.kind) + ", of = [" + list + "]";
  const bool number =
      !first.at_least.empty() &&
      first.at_least.find_first_not_of("0123456789") == std::string::npos;
  if (number) text += ", at_least = " + first.at_least;
  return text + " }";
}

class NeedLines {
 public:
  void add(const std::vector<DrawnNeed>& group) {
    const DrawnNeed& first = group.front();
    if (group.size() > 1) {
      const std::string name = first.group.empty() ? first.kind : first.group;
      line(name, several(group), {});
    } else if (first.kind == "cached") {
      line(first.target, quoted("soft"),
           "cached: a graph does not tell how long an answer is kept");
    } else if (one_of(first.kind, {"hard", "soft", "async", "to_repair",
                                   "to_start", "to_observe"})) {
      single(first, {});
    } else {
      DrawnNeed hard = first;
      hard.kind = "hard";
      single(hard, first.kind + ", with one target");
    }
  }
  const std::string& text() const { return text_; }

 private:
  void single(const DrawnNeed& need, const std::string& was) {
    const bool taken = names_.contains(need.target);
    const std::string own = need.target + " " + need.kind;
    if (!taken) return line(need.target, quoted(need.kind), was);
    if (names_.contains(own)) return;  // the same edge twice
    line(own,
         "{ kind = " + quoted(need.kind) + ", on = " + quoted(need.target) +
             " }",
         was);
  }
  void line(const std::string& name, const std::string& value,
            const std::string& was) {
    std::string free = name;
    while (!names_.insert(free).second) free += "'";
    text_ += quoted(free) + " = " + value +
             (was.empty() ? "" : "  # was " + printable(was)) + "\n";
  }

  std::set<std::string> names_;
  std::string text_;
};

}  // namespace

DrawnSystem read_graphml(const std::string& path) {
  return GraphReader(path).read(read_xml_file(path));
}

std::string scenario_of_graph(const DrawnSystem& system) {
  std::set<std::string> needed;
  bool kinds = false;
  for (const DrawnService& service : system.services) {
    kinds = kinds || !service.kind.empty();
    for (const DrawnNeed& need : service.needs) needed.insert(need.target);
  }
  std::string text =
      "# Imported from a graph. What breaks, who responds and who is hurt is "
      "yours to add.\nformat = 1\n\n[scenario]\n"
      "start = 2025-01-01T00:00:00Z\nhorizon = \"24 h\"\n";
  for (const DrawnService& service : system.services) {
    const std::string table = "service." + quoted(service.name);
    text += "\n[" + table + "]\n";
    const bool known = one_of(
        service.kind, {"supplier", "infrastructure", "service", "product"});
    std::string kind = known ? service.kind : "service";
    if (!kinds && !needed.contains(service.name)) kind = "product";
    if (kind != "service") text += "kind = " + quoted(kind) + "\n";
    if (!service.label.empty())
      text += "label = " + quoted(service.label) + "\n";
    if (service.needs.empty()) continue;
    NeedLines lines;
    for (const auto& group : groups_of(service)) lines.add(group);
    text += "[" + table + ".needs]\n" + lines.text();
  }
  return text;
}

}  // namespace outagesim
