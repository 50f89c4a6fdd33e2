#include "models/import/graphml.h"

#include <boost/property_tree/ptree.hpp>
#include <map>

#include "models/base/error.h"
#include "models/base/text.h"
#include "models/import/graph_text.h"
#include "models/import/xml_file.h"

namespace outagesim {
namespace {

using Xml = boost::property_tree::ptree;

class GraphReader {
 public:
  explicit GraphReader(const std::string& path) : file_(read_xml_file(path)) {}

  DrawnSystem read() {
    const Xml& root = file_.root;
    const auto top = root.find("graphml");
    if (top == root.not_found()) {
      refuse(root, "expected <graphml> as the outermost element");
    }
    read_keys(top->second);
    const auto graph = top->second.find("graph");
    if (graph == top->second.not_found())
      refuse(top->second, "there is no <graph> in it");
    if (top->second.count("graph") > 1) {
      refuse(top->second, "there is more than one <graph> in it",
             "a scenario is one graph: keep one in the file");
    }
    directed_ = xml_attribute(graph->second, "edgedefault") == "directed";
    for (const auto& [tag, element] : graph->second) {
      if (tag == "node") add_node(element);
    }
    for (const auto& [tag, element] : graph->second) {
      if (tag == "edge") add_edge(element);
      if (tag == "hyperedge")
        refuse(element, "a <hyperedge> is not an edge of two ends");
    }
    if (system_.services.empty())
      refuse(graph->second, "there is no <node> in its graph");
    return std::move(system_);
  }

 private:
  [[noreturn]] void refuse(const Xml& element, const std::string& what,
                           const std::string& hint = {}) const {
    refuse_element(file_, element, what, hint);
  }

  // Data are known by the id of a key; what they mean is the key's name.
  void read_keys(const Xml& top) {
    for (const auto& [tag, element] : top) {
      if (tag != "key") continue;
      const std::string id = xml_attribute(element, "id");
      const std::string name = xml_attribute(element, "attr.name");
      meanings_[id] = name.empty() ? id : name;
    }
  }

  std::map<std::string, std::string> data_of(const Xml& element) const {
    std::map<std::string, std::string> all;
    for (const auto& [tag, data] : element) {
      if (tag != "data") continue;
      const auto key = meanings_.find(xml_attribute(data, "key"));
      if (key != meanings_.end()) all[key->second] = data.data();
    }
    return all;
  }

  void add_node(const Xml& element) {
    const std::string name = xml_attribute(element, "id");
    if (name.empty()) refuse(element, "a <node> has no id");
    if (element.count("graph") > 0) {
      refuse(element, "the node \"" + name + "\" has a graph within");
    }
    if (element.count("port") > 0) {
      refuse(element, "the node \"" + name + "\" has ports",
             "an edge leads to a service, not to a part of it");
    }
    if (!index_.try_emplace(name, system_.services.size()).second) {
      refuse(element, "two nodes have the id \"" + name + "\"");
    }
    auto data = data_of(element);
    DrawnService service{name, data["label"], data["kind"], {}};
    if (service.label == name) service.label.clear();
    system_.services.push_back(std::move(service));
  }

  std::size_t end_of(const Xml& edge, const std::string& side) const {
    const std::string name = xml_attribute(edge, side);
    const auto found = index_.find(name);
    if (found == index_.end()) {
      refuse(edge, "the " + side + " of an edge, \"" + name + "\", is no node");
    }
    return found->second;
  }

  void add_edge(const Xml& element) {
    const std::string own = xml_attribute(element, "directed");
    if (own.empty() ? !directed_ : own != "true") {
      refuse(element, "an edge has no direction",
             "edges lead from a service to what it needs: edgedefault="
             "\"directed\"");
    }
    DrawnService& source = system_.services[end_of(element, "source")];
    const DrawnService& target = system_.services[end_of(element, "target")];
    if (source.name == target.name) {
      refuse(element, "an edge leads from \"" + source.name + "\" to itself");
    }
    if (++needs_ > kMostDrawnNeeds) refuse(element, kTooManyArrows);
    auto data = data_of(element);
    const std::string kind = data["need"].empty() ? "hard" : data["need"];
    source.needs.push_back(
        {target.name, kind, data["group"], data["at_least"]});
  }

  XmlFile file_;
  std::map<std::string, std::string> meanings_;
  std::map<std::string, std::size_t> index_;
  DrawnSystem system_;
  std::size_t needs_ = 0;
  bool directed_ = false;
};

}  // namespace

DrawnSystem read_graphml(const std::string& path) {
  return GraphReader(path).read();
}

}  // namespace outagesim
