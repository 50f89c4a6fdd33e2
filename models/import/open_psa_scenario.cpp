#include <algorithm>
#include <cmath>

#include "models/base/quantity_text.h"
#include "models/import/open_psa.h"

namespace outagesim {
namespace {

// As TOML quotes it.
std::string quoted(const std::string& text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return safe + "\"";
}

class ScenarioWriter {
 public:
  ScenarioWriter(const FaultTree& tree, const TreeScenarioOptions& options)
      : tree_(tree), options_(options) {}

  std::string write() {
    text_ =
        "# Imported from the Open-PSA fault tree " + quoted(tree_.name) +
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
  std::string gate_name(std::uint32_t gate) const {
    const std::string& name = tree_.gates[gate].name;
    const bool taken =
        std::ranges::find(tree_.events, name, &BasicEvent::name) !=
        tree_.events.end();
    return taken ? name + " (gate)" : name;
  }

  std::vector<std::string> inputs_of(const FaultGate& gate) const {
    std::vector<std::string> names;
    for (const std::uint32_t g : gate.gates) names.push_back(gate_name(g));
    for (const std::uint32_t e : gate.events) {
      names.push_back(tree_.events[e].name);
    }
    return names;
  }

  void add_gate(std::uint32_t number) {
    const FaultGate& gate = tree_.gates[number];
    const bool top = std::ranges::count(tree_.tops, number) > 0;
    text_ += "\n[service." + quoted(gate_name(number)) + "]\n";
    if (top) text_ += "kind = \"product\"\n";
    if (!gate.label.empty()) text_ += "label = " + quoted(gate.label) + "\n";
    const std::vector<std::string> inputs = inputs_of(gate);
    std::string list;
    for (const std::string& input : inputs) {
      list += (list.empty() ? "" : ", ") + quoted(input);
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
    text_ += "\n[service." + quoted(event.name) + "]\n";
    if (!event.label.empty()) text_ += "label = " + quoted(event.label) + "\n";
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
  std::string text_;
};

}  // namespace

std::string scenario_of_tree(const FaultTree& tree,
                             const TreeScenarioOptions& options) {
  return ScenarioWriter(tree, options).write();
}

}  // namespace outagesim
