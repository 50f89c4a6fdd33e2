#include "models/import/open_psa.h"

#include <algorithm>
#include <boost/property_tree/ptree.hpp>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/import/xml_file.h"

namespace outagesim {
namespace {

using Xml = boost::property_tree::ptree;

constexpr int kDeepest = 200;

// Attributes and comments are children by these names.
bool is_element(const std::string& tag) {
  return tag != "<xmlattr>" && tag != "<xmlcomment>" && tag != "label" &&
         tag != "attributes";
}

class TreeReader {
 public:
  explicit TreeReader(const std::string& path) : file_(read_xml_file(path)) {}

  FaultTree read() {
    const Xml& root = file_.root;
    const auto mef = root.find("opsa-mef");
    if (mef == root.not_found()) {
      refuse(root, "expected <opsa-mef> as the outermost element");
    }
    collect(mef->second);
    for (const std::string& name : gate_order_) {
      gate_named(name, *gates_.at(name), 0);
    }
    find_tops();
    return std::move(tree_);
  }

 private:
  [[noreturn]] void refuse(const Xml& element, const std::string& what,
                           const std::string& hint = {}) const {
    refuse_element(file_, element, what, hint);
  }

  // The one element within; nothing else may stand beside it.
  const Xml::value_type* only(const Xml& element, const std::string& of) const {
    const Xml::value_type* found = nullptr;
    for (const Xml::value_type& child : element) {
      if (!is_element(child.first)) continue;
      if (found != nullptr) {
        refuse(child.second, "\"" + of + "\": <" + child.first + "> beside <" +
                                 found->first + ">: expected one of them");
      }
      found = &child;
    }
    return found;
  }

  // Definitions stand in fault trees, components and model data alike.
  void collect(const Xml& within) {
    for (const auto& [tag, element] : within) {
      if (!is_element(tag)) continue;
      const std::string name = xml_attribute(element, "name");
      if (tag == "define-fault-tree" && tree_.name.empty()) tree_.name = name;
      if (tag == "define-fault-tree" || tag == "define-component" ||
          tag == "model-data") {
        collect(element);
      } else if (tag == "define-gate") {
        define(gates_, name, element);
        gate_order_.push_back(name);
      } else if (tag == "define-basic-event") {
        define(events_, name, element);
      } else if (tag == "define-parameter") {
        define(parameters_, name, element);
      } else {
        refuse(element, "<" + tag + "> is not something a scenario can say",
               "only gates, basic events and parameters are read");
      }
    }
  }

  void define(std::map<std::string, const Xml*>& into, const std::string& name,
              const Xml& element) const {
    if (name.empty()) refuse(element, "a definition has no name");
    if (!into.emplace(name, &element).second) {
      refuse(element, "\"" + name + "\" is defined twice");
    }
  }

  // --- Numbers ---
  double number(const Xml& element, const std::string& of, int depth = 0) {
    if (depth > kDeepest) {
      refuse(element, "\"" + of + "\": parameters use each other more than " +
                          std::to_string(kDeepest) + " deep");
    }
    if (const Xml::value_type* one = only(element, of)) {
      return number(one->first, one->second, of, depth);
    }
    refuse(element, "basic event \"" + of + "\" has no probability");
  }

  double number(const std::string& tag, const Xml& element,
                const std::string& of, int depth) {
    if (tag == "float" || tag == "int") {
      const Parsed<double> value =
          parse_number(xml_attribute(element, "value"));
      if (!value) refuse(element, "\"" + of + "\": " + value.error);
      return *value;
    }
    if (tag == "parameter") {
      return parameter(element, of, depth);
    }
    if (tag == "exponential") return exponential(element, of, depth);
    refuse(element,
           "\"" + of + "\": a probability given by <" + tag + "> is not read",
           "give it as <float value=\"…\"/>");
  }

  // Worked out once: parameters may use each other again and again.
  double parameter(const Xml& use, const std::string& of, int depth) {
    const std::string name = xml_attribute(use, "name");
    const auto known = parameter_value_.find(name);
    if (known != parameter_value_.end()) return known->second;
    const auto at = parameters_.find(name);
    if (at == parameters_.end()) {
      refuse(use, "\"" + of + "\" uses no parameter: \"" + name +
                      "\" is not defined");
    }
    if (!open_parameters_.insert(name).second) {
      refuse(use, "parameter \"" + name + "\" stands in a circle");
    }
    const double value = number(*at->second, of, depth + 1);
    open_parameters_.erase(name);
    return parameter_value_[name] = value;
  }

  // 1 - exp(-rate × time).
  double exponential(const Xml& element, const std::string& of, int depth) {
    std::vector<double> of_law;
    for (const auto& [tag, child] : element) {
      if (is_element(tag)) of_law.push_back(number(tag, child, of, depth));
    }
    if (of_law.size() != 2)
      refuse(element, "\"" + of + "\": expected a rate and a time");
    return -std::expm1(-of_law[0] * of_law[1]);
  }

  std::uint32_t event_named(const std::string& name, const Xml& use) {
    const auto [at, is_new] = event_number_.try_emplace(
        name, static_cast<std::uint32_t>(tree_.events.size()));
    if (!is_new) return at->second;
    const auto defined = events_.find(name);
    if (defined == events_.end()) {
      refuse(use, "basic event \"" + name + "\" is not defined");
    }
    const double p = number(*defined->second, name);
    if (!(p >= 0 && p < 1)) {
      refuse(*defined->second,
             "basic event \"" + name + "\": expected a probability in [0, 1)");
    }
    tree_.events.push_back(
        {name, defined->second->get("label", std::string{}), {p}});
    return at->second;
  }

  // --- Gates ---
  std::uint32_t gate_named(const std::string& name, const Xml& use, int depth) {
    if (const auto at = gate_number_.find(name); at != gate_number_.end()) {
      return at->second;
    }
    const auto defined = gates_.find(name);
    if (defined == gates_.end())
      refuse(use, "gate \"" + name + "\" is not defined");
    if (!open_.insert(name).second) {
      refuse(use, "gate \"" + name + "\" stands in a circle");
    }
    if (depth > kDeepest) {
      refuse(use, "gate \"" + name + "\" lies deeper than " +
                      std::to_string(kDeepest) + " gates");
    }
    const Xml& element = *defined->second;
    const std::uint32_t gate = gate_of(element, name, depth);
    tree_.gates[gate].label = element.get("label", std::string{});
    open_.erase(name);
    return gate_number_[name] = gate;
  }

  std::uint32_t gate_of(const Xml& element, const std::string& name,
                        int depth) {
    const Xml::value_type* one = only(element, name);
    if (one == nullptr) refuse(element, "gate \"" + name + "\" has no formula");
    const auto& [tag, formula] = *one;
    FaultGate gate;
    gate.name = name;
    if (tag == "gate" || tag == "basic-event" || tag == "event") {
      add_input(gate, tag, formula, depth);
    } else {
      add_inputs(gate, formula, depth);
      gate.at_least = threshold(tag, formula, gate);
    }
    tree_.gates.push_back(std::move(gate));
    return static_cast<std::uint32_t>(tree_.gates.size() - 1);
  }

  // Of `or` and `and` an input given twice says nothing new.
  std::uint32_t threshold(const std::string& tag, const Xml& formula,
                          FaultGate& gate) const {
    const std::size_t before = gate.inputs();
    drop_doubles(gate.events);
    drop_doubles(gate.gates);
    if (tag == "atleast" && gate.inputs() < before) {
      refuse(formula,
             "gate \"" + gate.name + "\": <atleast> counts an input twice");
    }
    const auto inputs = static_cast<std::uint32_t>(gate.inputs());
    if (inputs == 0)
      refuse(formula, "gate \"" + gate.name + "\" looks at nothing");
    if (tag == "or") return 1;
    if (tag == "and") return inputs;
    if (tag != "atleast") {
      refuse(formula, "gate \"" + gate.name + "\": <" + tag + "> is not read",
             "a failure that does good is not something a scenario can say");
    }
    const Parsed<double> min = parse_number(xml_attribute(formula, "min"));
    if (!min || *min < 1 || *min > inputs || *min != std::floor(*min)) {
      refuse(formula, "gate \"" + gate.name + "\": expected min from 1 to " +
                          std::to_string(inputs));
    }
    return static_cast<std::uint32_t>(*min);
  }

  static void drop_doubles(std::vector<std::uint32_t>& inputs) {
    std::set<std::uint32_t> seen;
    std::erase_if(inputs,
                  [&](std::uint32_t i) { return !seen.insert(i).second; });
  }

  void add_inputs(FaultGate& gate, const Xml& formula, int depth) {
    for (const auto& [tag, input] : formula) {
      if (is_element(tag)) add_input(gate, tag, input, depth);
    }
  }

  void add_input(FaultGate& gate, const std::string& tag, const Xml& input,
                 int depth) {
    if (depth > kDeepest) {
      refuse(input, "gate \"" + gate.name + "\" lies deeper than " +
                        std::to_string(kDeepest) + " gates");
    }
    const std::string name = xml_attribute(input, "name");
    std::string kind = tag;
    if (tag == "event") {
      const std::string type = xml_attribute(input, "type");
      const bool is_gate = gates_.contains(name);
      kind = type.empty() ? (is_gate ? "gate" : "basic-event") : type;
    }
    if (kind == "gate") {
      gate.gates.push_back(gate_named(name, input, depth + 1));
    } else if (kind == "basic-event") {
      gate.events.push_back(event_named(name, input));
    } else {
      gate.gates.push_back(nested(gate.name, kind, input, depth + 1));
    }
  }

  // A formula within a formula becomes a gate of its own.
  std::uint32_t nested(const std::string& within, const std::string& tag,
                       const Xml& formula, int depth) {
    FaultGate gate;
    gate.name = within + "_" + std::to_string(++nested_);
    add_inputs(gate, formula, depth);
    gate.at_least = threshold(tag, formula, gate);
    tree_.gates.push_back(std::move(gate));
    return static_cast<std::uint32_t>(tree_.gates.size() - 1);
  }

  void find_tops() {
    std::vector<bool> used(tree_.gates.size(), false);
    for (const FaultGate& gate : tree_.gates) {
      for (const std::uint32_t g : gate.gates) used[g] = true;
    }
    for (std::uint32_t g = 0; g < tree_.gates.size(); ++g) {
      if (!used[g]) tree_.tops.push_back(g);
    }
    if (tree_.tops.empty())
      refuse(file_.root, "expected at least one gate, found none");
  }

  XmlFile file_;
  FaultTree tree_;
  std::map<std::string, const Xml*> gates_, events_, parameters_;
  std::vector<std::string> gate_order_;
  std::map<std::string, double> parameter_value_;
  std::map<std::string, std::uint32_t> gate_number_, event_number_;
  std::set<std::string> open_, open_parameters_;  // being read
  int nested_ = 0;
};

}  // namespace

FaultTree read_open_psa(const std::string& path) {
  return TreeReader(path).read();
}

}  // namespace outagesim
