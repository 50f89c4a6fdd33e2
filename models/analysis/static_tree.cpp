#include "models/analysis/static_tree.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "models/analysis/cut_sets.h"
#include "models/analysis/exact_products.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;

// Only letters, digits, '_' and single '-' within, as the format's names want.
std::string plain_name(const std::string& name) {
  std::string plain;
  for (const char c : name) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (c >= '0' && c <= '9') || c == '_';
    const bool dash = c == '-' && !plain.empty() && plain.back() != '-';
    plain += fine || dash ? c : '_';
  }
  while (!plain.empty() && plain.back() == '-') plain.pop_back();
  const bool begins_well =
      !plain.empty() && ((plain[0] | 0x20) >= 'a' && (plain[0] | 0x20) <= 'z');
  return begins_well ? plain : "x_" + plain;
}

class NameBook {
 public:
  std::string unique(const std::string& wanted) {
    const std::string plain = plain_name(wanted);
    std::string name = plain;
    for (int i = 2; !taken_.insert(name).second; ++i) {
      name = plain + "_" + std::to_string(i);
    }
    return name;
  }

 private:
  std::set<std::string> taken_;
};

class TreeWriter {
 public:
  explicit TreeWriter(const Model& model)
      : model_(model),
        graph_(model.graph),
        sources_(failure_sources(model)),
        functions_(served_functions(model, sources_)),
        solved_(exact_products(model)) {
    tree_.name = "scenario";
    gate_of_node_.assign(graph_.nodes.size(), kNone);
  }

  FaultTree write() {
    for (std::size_t i = 0; i < sources_.known.size(); ++i) {
      tree_.events.push_back({names_.unique(sources_.known[i].name),
                              sources_.known[i].name,
                              {solved_.share_under_way[i]}});
    }
    for (const UnknownSource& unknown : sources_.unknown) {
      tree_.notes.push_back("left out: " + unknown.why);
    }
    for (const ServiceId product : model_.products) add_product(product);
    drop_unused_events();
    return std::move(tree_);
  }

 private:
  void add_product(ServiceId product) {
    const NodeId node = graph_.services[product].whole;
    const std::string& name = graph_.services[product].name;
    if (in_circle(node)) {
      tree_.notes.push_back("left out: product " + name +
                            " stands in or on a circle of needs");
      return;
    }
    if (functions_.diagram.support(functions_.served[node]).empty()) {
      tree_.notes.push_back("left out: product " + name +
                            ", which nothing known puts out");
      return;
    }
    const std::uint32_t gate =
        all_or_nothing(node) ? gate_of(node) : ladder_of(node);
    tree_.tops.push_back(gate);
  }

  bool in_circle(NodeId node) const {
    return std::ranges::any_of(
        functions_.why_not[node],
        [](const std::string& why) { return why.find("circle") != why.npos; });
  }

  // Whether the node and all below it serve all or nothing.
  bool all_or_nothing(NodeId node) const {
    if (!functions_.diagram.is_boolean(functions_.served[node])) return false;
    const auto whole = [this](NodeId below) { return all_or_nothing(below); };
    if (has_cells(graph_, node)) {
      return std::ranges::all_of(cells_beside(graph_, node), whole);
    }
    return std::ranges::all_of(
        needs_of(graph_, node), [&](const CompiledNeed& need) {
          return !serves_by(need) ||
                 std::ranges::all_of(targets_of(graph_, need), whole);
        });
  }

  static bool serves_by(const CompiledNeed& need) {
    return need.kind != NeedKind::kSoft && need.kind != NeedKind::kAsync;
  }

  // What cannot fail has no gate: kNone.
  std::uint32_t gate_of(NodeId node) {
    if (gate_of_node_[node] != kNone) return gate_of_node_[node];
    if (functions_.diagram.support(functions_.served[node]).empty()) {
      return kNone;
    }
    FaultGate gate;
    gate.label = node_name(graph_, node) + " is out";
    if (has_cells(graph_, node)) {
      for (const NodeId cell : cells_beside(graph_, node)) {
        add_input(gate, gate_of(cell));
      }
    } else {
      add_own(node, gate);
      for (const CompiledNeed& need : needs_of(graph_, node)) {
        if (serves_by(need)) add_input(gate, gate_of_need(node, need));
      }
    }
    return gate_of_node_[node] =
               add_gate(std::move(gate), node_name(graph_, node));
  }

  void add_own(NodeId node, FaultGate& gate) const {
    for (std::uint32_t i = 0; i < sources_.known.size(); ++i) {
      const auto& losses = sources_.known[i].losses;
      const bool strikes = std::ranges::any_of(losses, [&](const NodeLoss& l) {
        const double capacity = graph_.nodes[node].capacity;
        return l.node == node &&
               (l.health * capacity < 1 - kEqual || l.served < 1 - kEqual);
      });
      if (strikes) gate.events.push_back(i);
    }
  }

  static void add_input(FaultGate& gate, std::uint32_t input) {
    if (input != kNone) gate.gates.push_back(input);
  }

  std::uint32_t gate_of_need(NodeId owner, const CompiledNeed& need) {
    const auto targets = targets_of(graph_, need);
    if (targets.size() == 1) return gate_of(targets[0]);
    FaultGate gate;
    for (const NodeId target : targets) add_input(gate, gate_of(target));
    const std::uint32_t enough =
        need.kind == NeedKind::kQuorum ? need.at_least : 1;
    // Those that cannot fail are there in any case.
    gate.at_least = static_cast<std::uint32_t>(targets.size()) - enough + 1;
    if (gate.gates.size() < gate.at_least) return kNone;
    gate.label = "what " + node_name(graph_, owner) + " needs is out";
    return add_gate(std::move(gate), node_name(graph_, owner) + "_needs");
  }

  std::uint32_t add_gate(FaultGate gate, const std::string& name) {
    gate.name = names_.unique(name + "_out");
    tree_.gates.push_back(std::move(gate));
    return static_cast<std::uint32_t>(tree_.gates.size() - 1);
  }

  // if x then h else l, of a function that no failure makes better, is
  // l or (x and h).
  std::uint32_t ladder_of(NodeId node) {
    DecisionDiagram diagram(static_cast<std::uint32_t>(sources_.known.size()));
    const double baseline = model_.initial.served[node];
    const DiagramRef out = functions_.diagram.below(
        functions_.served[node], model_.outage.below.value * baseline - kEqual,
        diagram);
    const std::string& name = graph_.services[graph_.nodes[node].service].name;
    std::vector<DiagramRef> order = diagram.nodes_of(out);
    std::ranges::reverse(order);  // those below first
    std::map<DiagramRef, std::uint32_t> made;
    std::uint32_t gate = kNone;
    for (const DiagramRef ref : order) {
      if (ref <= kDiagramTrue) continue;
      gate = made[ref] = ladder_step(diagram.node(ref), made, name);
    }
    return gate;
  }

  std::uint32_t ladder_step(const DiagramNode& node,
                            const std::map<DiagramRef, std::uint32_t>& made,
                            const std::string& name) {
    FaultGate step;
    if (node.low > kDiagramTrue) step.gates.push_back(made.at(node.low));
    if (node.high == kDiagramTrue) {
      step.events.push_back(node.variable);
      return add_gate(std::move(step), name);
    }
    FaultGate with;
    with.events.push_back(node.variable);
    with.gates.push_back(made.at(node.high));
    with.at_least = 2;
    if (step.gates.empty()) return add_gate(std::move(with), name);
    step.gates.push_back(add_gate(std::move(with), name + "_with"));
    return add_gate(std::move(step), name);
  }

  void drop_unused_events() {
    std::vector<std::uint32_t> number(tree_.events.size(), kNone);
    std::vector<BasicEvent> used;
    const auto renumber = [&](std::uint32_t& event) {
      if (number[event] == kNone) {
        number[event] = static_cast<std::uint32_t>(used.size());
        used.push_back(tree_.events[event]);
      }
      event = number[event];
    };
    for (FaultGate& gate : tree_.gates) {
      std::ranges::for_each(gate.events, renumber);
    }
    tree_.events = std::move(used);
  }

  const Model& model_;
  const Graph& graph_;
  FailureSources sources_;
  ServedFunctions functions_;
  ExactProducts solved_;
  NameBook names_;
  FaultTree tree_;
  std::vector<std::uint32_t> gate_of_node_;
};

class TreeSolver {
 public:
  explicit TreeSolver(const FaultTree& tree)
      : tree_(tree),
        diagram_(static_cast<std::uint32_t>(tree.events.size())),
        functions_(tree.gates.size()),
        known_(tree.gates.size(), false) {
    for (const BasicEvent& event : tree.events) {
      p_.push_back(event.probability.value);
    }
  }

  TreeAnswer solve(std::uint32_t top, std::uint32_t most_order) {
    const DiagramRef f = function_of(top);
    TreeAnswer answer;
    answer.top = top;
    answer.probability = probability_of(diagram_, f, p_);
    answer.cut_sets =
        minimal_cut_sets(diagram_, f, {.most_order = most_order}).sets;
    for (const FailureImportance& is : failure_importance(diagram_, f, p_)) {
      answer.birnbaum.push_back(is.birnbaum);
      answer.fussell_vesely.push_back(is.fussell_vesely);
      answer.achievement.push_back(is.achievement);
      answer.reduction.push_back(is.reduction);
    }
    return answer;
  }

 private:
  DiagramRef function_of(std::uint32_t gate) {
    if (known_[gate]) return functions_[gate];
    std::vector<DiagramRef> inputs;
    for (const std::uint32_t g : tree_.gates[gate].gates) {
      inputs.push_back(function_of(g));
    }
    for (const std::uint32_t e : tree_.gates[gate].events) {
      inputs.push_back(diagram_.variable(e));
    }
    known_[gate] = true;
    return functions_[gate] =
               diagram_.at_least(tree_.gates[gate].at_least, inputs);
  }

  const FaultTree& tree_;
  DecisionDiagram diagram_;
  std::vector<DiagramRef> functions_;
  std::vector<bool> known_;
  std::vector<double> p_;
};

}  // namespace

Model without_time(Model model) {
  for (Need& law : model.graph.need_laws) {
    law.switch_by = SwitchBy::kAutomatic;
    law.switch_detection.reset();
    law.switch_time.reset();
    law.coverage = {1};
  }
  for (CompiledNeed& need : model.graph.needs) {
    if (need.kind == NeedKind::kCached) need.kind = NeedKind::kHard;
  }
  for (CompiledService& service : model.graph.services) {
    service.restart.takes.reset();
    service.to_start_services.clear();
  }
  return model;
}

FaultTree static_tree(const Model& model) {
  const Model timeless = without_time(model);
  return TreeWriter(timeless).write();
}

std::vector<TreeAnswer> solve_tree(const FaultTree& tree,
                                   std::uint32_t most_order) {
  TreeSolver solver(tree);
  std::vector<TreeAnswer> answers;
  for (const std::uint32_t top : tree.tops) {
    answers.push_back(solver.solve(top, most_order));
  }
  return answers;
}

}  // namespace outagesim
