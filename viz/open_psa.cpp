#include "viz/open_psa.h"
#include "viz/xml_text.h"

#include <charconv>

namespace outagesim {
namespace {

// Within a comment two hyphens may not follow each other.
std::string comment(const std::string& text) {
  std::string safe;
  for (const char c : xml_text(text)) {
    safe += c == '-' && !safe.empty() && safe.back() == '-' ? '_' : c;
  }
  return "  <!-- " + safe + " -->\n";
}

std::string number(double x) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, x).ptr;
  return {text, end};
}

std::string label(const std::string& text, const std::string& indent) {
  return text.empty() ? "" : indent + "<label>" + xml_text(text) + "</label>\n";
}

// One input stands for itself: the format wants two of an or, and, or atleast.
std::pair<std::string, std::string> formula(const FaultGate& gate) {
  if (gate.inputs() == 1) return {};
  if (gate.at_least == 1) return {"      <or>\n", "      </or>\n"};
  if (gate.at_least == gate.inputs()) {
    return {"      <and>\n", "      </and>\n"};
  }
  return {"      <atleast min=\"" + std::to_string(gate.at_least) + "\">\n",
          "      </atleast>\n"};
}

std::string gate_xml(const FaultTree& tree, const FaultGate& gate) {
  const auto [open, close] = formula(gate);
  std::string text = "    <define-gate name=\"" + gate.name + "\">\n" +
                     label(gate.label, "      ") + open;
  for (const std::uint32_t g : gate.gates) {
    text += "        <gate name=\"" + tree.gates[g].name + "\"/>\n";
  }
  for (const std::uint32_t e : gate.events) {
    text += "        <basic-event name=\"" + tree.events[e].name + "\"/>\n";
  }
  return text + close + "    </define-gate>\n";
}

}  // namespace

std::string open_psa_xml(const FaultTree& tree) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n";
  for (const std::string& note : tree.notes) text += comment(note);
  text += "  <define-fault-tree name=\"" + tree.name + "\">\n";
  for (const FaultGate& gate : tree.gates) text += gate_xml(tree, gate);
  text += "  </define-fault-tree>\n  <model-data>\n";
  for (const BasicEvent& event : tree.events) {
    text += "    <define-basic-event name=\"" + event.name + "\">\n" +
            label(event.label, "      ") + "      <float value=\"" +
            number(event.probability.value) +
            "\"/>\n    </define-basic-event>\n";
  }
  return text + "  </model-data>\n</opsa-mef>\n";
}

}  // namespace outagesim
