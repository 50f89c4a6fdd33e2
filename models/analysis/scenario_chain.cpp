#include "models/analysis/scenario_chain.h"

#include <algorithm>
#include <optional>
#include <set>

#include "models/analysis/chain_explorer.h"
#include "models/analysis/crew_part.h"
#include "models/analysis/crew_plan.h"
#include "models/analysis/strikes.h"

namespace outagesim {
namespace {

bool bears_on_served(const CompiledNeed& need) {
  return need.kind != NeedKind::kSoft && need.kind != NeedKind::kAsync;
}

// What a node's serving asks directly: its cells, the targets of its needs.
std::vector<NodeId> asked_by(const Graph& graph, NodeId node) {
  std::vector<NodeId> asked;
  if (has_cells(graph, node)) {
    const auto cells = cells_beside(graph, node);
    asked.assign(cells.begin(), cells.end());
  }
  for (const CompiledNeed& need : needs_of(graph, node)) {
    if (!bears_on_served(need)) continue;
    const auto targets = targets_of(graph, need);
    asked.insert(asked.end(), targets.begin(), targets.end());
  }
  return asked;
}

bool has_phases(const Boxed<Distribution>& time) {
  return !time || has_moments(*time);
}

// What a chain cannot say of a product, and the parts that it can.
class PartsFound {
 public:
  PartsFound(const Model& model, NodeId product)
      : model_(model), cone_(serving_cone(model.graph, product)) {
    while (find_crews()) {
    }
  }

  // The product's own, and what its people's remedies need to begin.
  const std::vector<std::uint8_t>& cone() const { return cone_; }

  std::vector<std::string> doubts() {
    for (const Process& process : model_.plan.processes) {
      if (meets(process)) add(part_doubt(process));
    }
    for (const CommonCauseProcess& cause : model_.plan.common_causes) {
      if (meets(cause)) add(part_doubt(cause));
    }
    for (std::uint32_t f = 0; f < model_.plan.faults.size(); ++f) {
      doubt_fault(f);
    }
    return serving_doubts();
  }

  std::vector<std::string> serving_doubts() {
    for (NodeId node = 0; node < cone_.size(); ++node) {
      if (cone_[node]) doubt_node(node);
    }
    return {reasons_.begin(), reasons_.end()};
  }

  // Precondition: no doubts. Nothing where one has too many states.
  std::optional<std::vector<ChainPart>> parts(
      const ProductChainOptions& options) {
    LawFits fits(options.phases);
    std::vector<ChainPart> parts;
    const auto all = [&](const auto& list) {
      return std::ranges::all_of(list, [&](const auto& each) {
        if (!meets(each)) return true;
        std::optional<ChainPart> part = chain_part(each, fits);
        if (part) parts.push_back(std::move(*part));
        return part.has_value();
      });
    };
    const Plan& plan = model_.plan;
    if (!all(plan.processes) || !all(plan.common_causes)) return std::nullopt;
    for (std::uint32_t f = 0; f < plan.faults.size(); ++f) {
      if (!stands_for(f)) continue;
      std::optional<ChainPart> part = part_of(f, fits, options.more_room);
      if (!part) return std::nullopt;
      parts.push_back(std::move(*part));
    }
    return parts;
  }

 private:
  void add(std::string why) {
    if (!why.empty()) reasons_.insert(std::move(why));
  }

  bool touches(const std::vector<NodeId>& nodes) const {
    return std::ranges::any_of(nodes, [&](NodeId n) { return cone_[n] != 0; });
  }
  bool meets(const Process& process) const { return touches(process.nodes); }
  bool meets(const CommonCauseProcess& cause) const {
    return std::ranges::any_of(cause.members,
                               [&](const auto& m) { return touches(m.nodes); });
  }
  bool meets(const CompiledFault& fault) const {
    return std::ranges::any_of(
               fault.where,
               [&](const auto& place) { return touches(place.nodes); }) ||
           std::ranges::any_of(fault.remedies, [&](std::uint32_t remedy) {
             return reaches(model_.plan.remedies[remedy]);
           });
  }

  // A remedy that does something else than to end the fault.
  bool reaches(const CompiledRemedy& remedy) const {
    if (remedy.effect.what == RemedyEffect::What::kRepair ||
        remedy.effect.what == RemedyEffect::What::kUndo) {
      return false;
    }
    return touches(remedy.cells) ||
           std::ranges::any_of(remedy.needs, [&](NeedId need) {
             return cone_[model_.graph.needs[need].owner] != 0;
           });
  }

  bool is_of_crew(std::uint32_t fault) const {
    return std::ranges::binary_search(crew_, fault);
  }

  // One of a crew's faults stands for all of them.
  bool stands_for(std::uint32_t fault) const {
    return is_of_crew(fault) ? with_shared_teams(model_, {fault})[0] == fault
                             : meets(model_.plan.faults[fault]);
  }

  std::optional<ChainPart> part_of(std::uint32_t fault, LawFits& fits,
                                   std::uint32_t more_room) const {
    if (!is_of_crew(fault)) return chain_part(model_.plan.faults[fault], fits);
    return crew_part(model_, with_shared_teams(model_, {fault}), fits,
                     more_room);
  }

  void doubt_fault(std::uint32_t id) {
    const CompiledFault& fault = model_.plan.faults[id];
    if (!is_of_crew(id)) {
      if (meets(fault)) add(part_doubt(fault));
      return;
    }
    for (std::string& doubt : crew_doubts(model_, fault)) add(std::move(doubt));
  }

  // Those that people end, and what bars them. Whether the cone has grown.
  bool find_crews() {
    for (std::uint32_t f = 0; f < model_.plan.faults.size(); ++f) {
      const CompiledFault& fault = model_.plan.faults[f];
      if (meets(fault) && has_people(fault)) crew_.push_back(f);
    }
    crew_ = with_shared_teams(model_, std::move(crew_));
    bool grows = false;
    for (const std::uint32_t f : crew_) {
      for (const NodeId lock : locks_of(model_, model_.plan.faults[f])) {
        grows = grows || !cone_[lock];
        const auto beside = serving_cone(model_.graph, lock);
        for (std::size_t n = 0; n < cone_.size(); ++n) cone_[n] |= beside[n];
      }
    }
    return grows;
  }

  void doubt_node(NodeId node) {
    const Graph& graph = model_.graph;
    const CompiledService& service = graph.services[graph.nodes[node].service];
    if (service.restart.takes || !service.to_start_services.empty()) {
      add(service.name + " takes time to restart");
    }
    for (const CompiledNeed& need : needs_of(graph, node)) doubt_need(need);
  }

  void doubt_need(const CompiledNeed& need) {
    if (need.kind != NeedKind::kAny && need.kind != NeedKind::kCached) return;
    const Need& law = model_.graph.need_laws[need.law];
    // Of the service, not of each of its cells: they have the reason in common.
    const ServiceId owner = model_.graph.nodes[need.owner].service;
    const std::string name =
        "need " + law.name + " of " + model_.graph.services[owner].name;
    if (need.kind == NeedKind::kCached) {
      add(name + ": a cache runs out by its own law");
      return;
    }
    if (law.switch_by == SwitchBy::kHand) add(name + ": is switched by hand");
    if (!has_phases(law.switch_detection) || !has_phases(law.switch_time)) {
      add(name + ": its switch-over times have no finite variance");
    }
  }

  const Model& model_;
  std::vector<std::uint8_t> cone_;
  std::vector<std::uint32_t> crew_;  // into Plan::faults, ascending
  std::set<std::string> reasons_;
};

NodeId node_of(const Model& model, std::uint32_t product) {
  return model.graph.services[model.products[product]].whole;
}

}  // namespace

std::vector<std::uint8_t> serving_cone(const Graph& graph, NodeId product) {
  std::vector<std::uint8_t> in(graph.nodes.size(), 0);
  std::vector<NodeId> open{product};
  in[product] = 1;
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    for (const NodeId next : asked_by(graph, node)) {
      if (!std::exchange(in[next], 1)) open.push_back(next);
    }
  }
  return in;
}

std::vector<std::string> product_chain_doubts(const Model& model,
                                              std::uint32_t product) {
  return PartsFound(model, node_of(model, product)).doubts();
}

std::vector<std::string> serving_doubts(const Model& model,
                                        std::uint32_t product) {
  return PartsFound(model, node_of(model, product)).serving_doubts();
}

ProductChain product_chain(const Model& model, std::uint32_t product,
                           const ProductChainOptions& options) {
  ProductChain answer;
  answer.product = product;
  PartsFound found(model, node_of(model, product));
  answer.why_not = found.doubts();
  if (!answer.why_not.empty()) return answer;
  auto parts = found.parts(options);
  if (!parts) {
    answer.why_not.push_back("what strikes it may overlap in too many ways");
    return answer;
  }
  explore_product(model, found.cone(), *parts, options, answer);
  return answer;
}

}  // namespace outagesim
