#include "models/analysis/served_function.h"

#include <algorithm>
#include <set>

namespace outagesim {
namespace {

using Reasons = std::set<std::string>;

class ServedWriter {
 public:
  ServedWriter(const Model& model, const FailureSources& sources)
      : graph_(model.graph),
        sources_(sources),
        all_(static_cast<std::uint32_t>(sources.known.size())),
        health_(graph_.nodes.size()),
        errors_(graph_.nodes.size()),
        reasons_(graph_.nodes.size()) {}

  ServedFunctions write() {
    const ValueRef one = all_.diagram.constant(1);
    std::ranges::fill(health_, one);
    std::ranges::fill(errors_, one);
    add_sources();
    // What a node needs has a lower number.
    all_.served.assign(graph_.nodes.size(), one);
    for (NodeId node = 0; node < graph_.nodes.size(); ++node) write_node(node);
    for (const Reasons& reasons : reasons_) {
      all_.why_not.emplace_back(reasons.begin(), reasons.end());
    }
    return std::move(all_);
  }

 private:
  ValueDiagram& diagram() { return all_.diagram; }

  void add_sources() {
    for (std::uint32_t i = 0; i < sources_.known.size(); ++i) {
      for (const NodeLoss& loss : sources_.known[i].losses) add_loss(i, loss);
    }
    for (const UnknownSource& unknown : sources_.unknown) {
      for (const NodeId node : unknown.nodes) {
        reasons_[node].insert(unknown.why);
      }
    }
  }

  void add_loss(std::uint32_t source, const NodeLoss& loss) {
    multiply(health_[loss.node], source, loss.health);
    multiply(errors_[loss.node], source, loss.served);
    if (returns_at_once(loss.node)) return;
    reasons_[loss.node].insert(name_of(loss.node) + " takes time to restart");
  }

  void multiply(ValueRef& factor, std::uint32_t source, double left) {
    if (left == 1) return;
    factor = diagram().times(factor, diagram().either(source, left, 1));
  }

  bool returns_at_once(NodeId node) const {
    const CompiledService& service =
        graph_.services[graph_.nodes[node].service];
    return !service.restart.takes && service.to_start_services.empty();
  }

  // The service's: its cells have their reasons in common.
  std::string name_of(NodeId node) const {
    return graph_.services[graph_.nodes[node].service].name;
  }

  void write_node(NodeId node) {
    if (graph_.nodes[node].circle != kNone) {
      reasons_[node].insert(name_of(node) + " stands in a circle of needs");
    }
    all_.served[node] =
        has_cells(graph_, node) ? whole(node) : own_and_needs(node);
    if (diagram().is_full()) {
      reasons_[node].insert("too many combinations of failures");
    }
    const ServiceId service = graph_.nodes[node].service;
    if (graph_.services[service].sticky &&
        !diagram().is_boolean(all_.served[node])) {
      reasons_[node].insert(name_of(node) + " is sticky and fails in part");
    }
  }

  bool balanced(NodeId node) const {
    return graph_.services[graph_.nodes[node].service].routing ==
           Routing::kBalanced;
  }

  // The mean of the cells by weight; of a balanced service, as far as their
  // head-room reaches.
  ValueRef whole(NodeId node) {
    ValueRef sum = diagram().constant(0);
    for (const NodeId cell : cells_beside(graph_, node)) {
      take_reasons(node, cell);
      sum = diagram().plus(
          sum, diagram().scaled(all_.served[cell], graph_.nodes[cell].weight));
    }
    return limited(sum, balanced(node) ? graph_.nodes[node].capacity : 1);
  }

  ValueRef limited(ValueRef value, double capacity) {
    if (diagram().is_one(value)) return value;
    return diagram().least(diagram().scaled(value, capacity),
                           diagram().constant(1));
  }

  ValueRef own_and_needs(NodeId node) {
    const bool shares_head_room = is_one_cell(graph_, node) && balanced(node);
    const double capacity = shares_head_room ? 1 : graph_.nodes[node].capacity;
    ValueRef value =
        diagram().times(limited(health_[node], capacity), errors_[node]);
    for (const CompiledNeed& need : needs_of(graph_, node)) {
      value = diagram().times(value, factor(node, need));
    }
    return value;
  }

  ValueRef factor(NodeId owner, const CompiledNeed& need) {
    switch (need.kind) {
      case NeedKind::kHard:
        return passed(need, target(owner, need, 0));
      case NeedKind::kQuorum:
        return passed(need, quorum(owner, need));
      case NeedKind::kAny:
        return passed(need, first_that_works(owner, need));
      case NeedKind::kCached:
        return cached(owner, need);
      default:  // soft and async degrade, and serve
        return diagram().constant(1);
    }
  }

  ValueRef passed(const CompiledNeed& need, ValueRef success) {
    return diagram().passed(success, need.share);
  }

  void take_reasons(NodeId node, NodeId from) {
    reasons_[node].insert(reasons_[from].begin(), reasons_[from].end());
  }

  ValueRef target(NodeId owner, const CompiledNeed& need, std::uint32_t i) {
    const NodeId node = targets_of(graph_, need)[i];
    take_reasons(owner, node);
    return all_.served[node];
  }

  ValueRef quorum(NodeId owner, const CompiledNeed& need) {
    std::vector<ValueRef> successes;
    for (std::uint32_t i = 0; i < need.targets; ++i) {
      successes.push_back(target(owner, need, i));
    }
    return diagram().quorum(successes, need.at_least);
  }

  // With a switch that takes no time and always works, one that works is used
  // wherever there is one.
  ValueRef first_that_works(NodeId owner, const CompiledNeed& need) {
    const Need& law = graph_.need_laws[need.law];
    ValueRef any = target(owner, need, 0);
    if (diagram().is_one(any)) return any;
    const bool at_once = law.switch_by == SwitchBy::kAutomatic &&
                         !law.switch_detection && !law.switch_time &&
                         law.coverage.value == 1;
    bool whole_or_nothing = diagram().is_boolean(any);
    for (std::uint32_t i = 1; i < need.targets; ++i) {
      const ValueRef other = target(owner, need, i);
      whole_or_nothing = whole_or_nothing && diagram().is_boolean(other);
      any = diagram().most(any, other);
    }
    if (!at_once) {
      reasons_[owner].insert("need " + law.name + " of " + name_of(owner) +
                             ": switch-over takes time or may fail");
    } else if (!whole_or_nothing) {
      reasons_[owner].insert("need " + law.name + " of " + name_of(owner) +
                             ": which alternative that serves in part is in "
                             "use depends on the past");
    }
    return any;
  }

  ValueRef cached(NodeId owner, const CompiledNeed& need) {
    const ValueRef behind = target(owner, need, 0);
    if (!diagram().is_one(behind)) {
      reasons_[owner].insert("need " + graph_.need_laws[need.law].name +
                             " of " + name_of(owner) +
                             ": what a cache still holds depends on the past");
    }
    return diagram().constant(1);
  }

  const Graph& graph_;
  const FailureSources& sources_;
  ServedFunctions all_;
  std::vector<ValueRef> health_, errors_;  // by node
  std::vector<Reasons> reasons_;
};

}  // namespace

ServedFunctions served_functions(const Model& model,
                                 const FailureSources& sources) {
  return ServedWriter(model, sources).write();
}

}  // namespace outagesim
