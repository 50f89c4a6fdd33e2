#include <set>

#include "models/base/quantity_text.h"
#include "models/import/open_psa.h"
#include "models/import/toml_text.h"

namespace outagesim {
namespace {

class ScenarioWriter {
 public:
  ScenarioWriter(const FaultTree& tree, const TreeScenarioOptions& options)
      : tree_(tree), options_(options), is_top_(tree.gates.size(), 0) {
    for (const std::uint32_t top : tree.tops) is_top_[top] = 1;
    name_gates();
  }

  std::string write() {
    text_ =
        "# Imported from the Open-PSA fault tree " + toml_quoted(tree_.name) +
        ".\n# A gate is a service that is down when the gate is true; a basic "
        "event is a\n# service in equilibrium that is down with the event's "
        "probability.\nformat = 1\n\n[scenario]\nstart = 2025-01-01T00:00:00Z\n"
        "horizon = \"365 d\"\noutage_ends_after = \"0 s\"\n";
    for (std::uint32_t g = 0; g < tree_.gates.size(); ++g) add_gate(g);
    for (const BasicEvent& event : tree_.events) add_event(event);
    return text_;
  }

 private:
  // Gates and events may have one name; services may not.
  void name_gates() {
    std::set<std::string> taken;
    for (const BasicEvent& event : tree_.events) taken.insert(event.name);
    for (const FaultGate& gate : tree_.gates) {
      std::string name = gate.name;
      for (int i = 1; !taken.insert(name).second; ++i) {
        name = gate.name +
               (i == 1 ? " (gate)" : " (gate " + std::to_string(i) + ")");
      }
      gate_names_.push_back(name);
    }
  }

  std::vector<std::string> inputs_of(const FaultGate& gate) const {
    std::vector<std::string> names;
    for (const std::uint32_t g : gate.gates) names.push_back(gate_names_[g]);
    for (const std::uint32_t e : gate.events) {
      names.push_back(tree_.events[e].name);
    }
    return names;
  }

  void add_gate(std::uint32_t number) {
    const FaultGate& gate = tree_.gates[number];
    text_ += "\n[service." + toml_quoted(gate_names_[number]) + "]\n";
    if (is_top_[number]) text_ += "kind = \"product\"\n";
    if (!gate.label.empty())
      text_ += "label = " + toml_quoted(gate.label) + "\n";
    const std::vector<std::string> inputs = inputs_of(gate);
    std::string list;
    for (const std::string& input : inputs) {
      list += (list.empty() ? "" : ", ") + toml_quoted(input);
    }
    const std::size_t enough = inputs.size() - gate.at_least + 1;
    if (gate.at_least == 1) {
      text_ += "needs = [" + list + "]\n";
    } else if (enough == 1) {
      text_ += "needs.inputs = { kind = \"any\", of = [" + list + "] }\n";
    } else {
      text_ += "needs.inputs = { kind = \"quorum\", of = [" + list +
               "], at_least = " + std::to_string(enough) + " }\n";
    }
  }

  void add_event(const BasicEvent& event) {
    text_ += "\n[service." + toml_quoted(event.name) + "]\n";
    if (!event.label.empty())
      text_ += "label = " + toml_quoted(event.label) + "\n";
    const double p = event.probability.value;
    if (p == 0) return;
    const Seconds down = options_.time_to_repair;
    const Seconds up = down * ((1 - p) / p);
    text_ += "fails = { time_to_failure = \"exponential(mean " + to_text(up) +
             ")\", time_to_repair = \"exponential(mean " + to_text(down) +
             ")\", stationary = true }\n";
  }

  const FaultTree& tree_;
  TreeScenarioOptions options_;
  std::vector<std::uint8_t> is_top_;     // by gate
  std::vector<std::string> gate_names_;  // by gate
  std::string text_;
};

}  // namespace

std::string scenario_of_tree(const FaultTree& tree,
                             const TreeScenarioOptions& options) {
  return ScenarioWriter(tree, options).write();
}

}  // namespace outagesim
