#include "models/analysis/race_serving.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "models/analysis/load_doubt.h"
#include "models/analysis/scenario_chain.h"
#include "models/analysis/strikes.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostStates = 20'000;
constexpr double kEqual = 1e-9;

class RaceServingMaker {
 public:
  RaceServingMaker(const Model& model, std::uint32_t product,
                   const IncidentRace& race)
      : model_(model),
        graph_(model.graph),
        race_(race),
        product_(product),
        node_(graph_.services[model.products[product]].whole),
        cone_(serving_cone(graph_, node_)),
        health_(model.initial),
        propagation_(graph_) {}

  RaceServing make() {
    list_units();
    answer_.baseline = model_.initial.served[node_];
    answer_.why_not = load_doubt(model_, product_);
    if (!answer_.why_not.empty()) return std::move(answer_);
    if (answer_.units.empty()) {
      answer_.is_untouched = true;
      answer_.why_not = "the incident does not reach it";
      return std::move(answer_);
    }
    answer_.why_not = doubt();
    if (answer_.why_not.empty()) sort_into_kinds();
    if (answer_.why_not.empty()) fill_table();
    return std::move(answer_);
  }

 private:
  // Where a unit bites.
  NodeId bitten(const RaceUnit& unit) const {
    return unit.need == kNone ? unit.place : graph_.needs[unit.need].owner;
  }

  void list_units() {
    for (std::uint32_t i = 0; i < race_.units().size(); ++i) {
      if (cone_[bitten(race_.units()[i])]) answer_.units.push_back(i);
    }
  }

  // --- What else bears on it ---

  std::string doubt() const {
    for (const Process& process : model_.plan.processes) {
      if (meets(process.nodes)) return process.name + " beside the incident";
    }
    for (const CommonCauseProcess& cause : model_.plan.common_causes) {
      for (const auto& member : cause.members) {
        if (meets(member.nodes)) return cause.name + " beside the incident";
      }
    }
    std::string why = touched_doubt();
    return why.empty() ? places_doubt() : why;
  }

  bool meets(const std::vector<NodeId>& nodes) const {
    return std::ranges::any_of(nodes, [&](NodeId n) { return cone_[n] != 0; });
  }

  bool is_unit(NeedId need) const {
    return race_.of_standing() &&
           std::ranges::find(race_.units(), need, &RaceUnit::need) !=
               race_.units().end();
  }

  // Caches and switches of what the incident reaches have times of their own.
  std::string touched_doubt() const {
    std::vector<std::uint8_t> touched(graph_.nodes.size());
    std::vector<NodeId> reached;
    const auto touch = [&](NodeId node) {
      if (cone_[node] && !touched[node]) reached.push_back(node);
      touched[node] = 1;
    };
    for (const std::uint32_t i : answer_.units) touch(bitten(race_.units()[i]));
    for (std::size_t next = 0; next < reached.size(); ++next) {
      const NodeId node = reached[next];
      touch(whole_of(graph_, node));
      for (auto d = graph_.first_dependent[node];
           d < graph_.first_dependent[node + 1]; ++d) {
        const CompiledNeed& need = graph_.needs[graph_.dependents[d]];
        const bool alone = need.kind == NeedKind::kSoft ||
                           need.kind == NeedKind::kAsync || !cone_[need.owner];
        if (alone) continue;
        std::string why = need_doubt(graph_.dependents[d]);
        if (!why.empty()) return why;
        touch(need.owner);
      }
    }
    return {};
  }

  std::string need_doubt(NeedId id) const {
    const CompiledNeed& need = graph_.needs[id];
    if (need.law == kNone || is_unit(id)) return {};
    const Need& law = graph_.need_laws[need.law];
    const std::string name =
        "need " + law.name + " of " +
        graph_.services[graph_.nodes[need.owner].service].name;
    if (need.kind == NeedKind::kCached) {
      return name + ": a cache runs out by its own law";
    }
    if (need.kind == NeedKind::kAny && law.switch_by != SwitchBy::kHand) {
      return name + " may turn elsewhere";
    }
    return {};
  }

  // A struck place is taken as well but for what stood on it.
  std::string places_doubt() const {
    if (!race_.of_standing()) return {};
    for (const NodeId place : race_.places()) {
      if (cone_[place] && is_asked_twice(place)) {
        return node_name(graph_, place) + " is asked for in two ways";
      }
    }
    return {};
  }

  bool is_asked_twice(NodeId place) const {
    if (is_one_cell(graph_, place) && asks_for_whole(place)) return true;
    for (auto d = graph_.first_dependent[place];
         d < graph_.first_dependent[place + 1]; ++d) {
      const NeedId id = graph_.dependents[d];
      if (cone_[graph_.needs[id].owner] && !is_unit(id) &&
          graph_.needs[id].kind != NeedKind::kSoft) {
        return true;
      }
    }
    return false;
  }

  bool asks_for_whole(NodeId cell) const {
    const NodeId whole = whole_of(graph_, cell);
    return cone_[whole] != 0;
  }

  // --- The table ---

  // Of one kind: cells of one service and size, on which nothing stands cell
  // by cell.
  void sort_into_kinds() {
    std::map<std::tuple<ServiceId, double, std::uint32_t>, std::uint32_t> kinds;
    std::map<NodeId, std::uint32_t> units_of;
    for (const std::uint32_t i : answer_.units) {
      ++units_of[bitten(race_.units()[i])];
    }
    for (const std::uint32_t i : answer_.units) {
      const NodeId node = bitten(race_.units()[i]);
      const bool alike = is_one_cell(graph_, node) && units_of[node] == 1 &&
                         !is_asked_for(node);
      const auto key = std::tuple(graph_.nodes[node].service,
                                  graph_.nodes[node].weight, alike ? 0 : i + 1);
      const auto kind = static_cast<std::uint32_t>(kinds.size());
      kind_.push_back(kinds.try_emplace(key, kind).first->second);
    }
    members_.resize(kinds.size());
    for (std::size_t u = 0; u < kind_.size(); ++u) {
      members_[kind_[u]].push_back(answer_.units[u]);
    }
    std::size_t states = 1;
    for (const auto& members : members_) {
      stride_.push_back(static_cast<std::uint32_t>(states));
      states *= members.size() + 1;
      if (states > kMostStates) {
        answer_.why_not = "its cells come back in too many ways";
        return;
      }
    }
    answer_.served.resize(states);
    for (const std::uint32_t kind : kind_) {
      answer_.stride.push_back(stride_[kind]);
    }
  }

  bool is_asked_for(NodeId node) const {
    for (auto d = graph_.first_dependent[node];
         d < graph_.first_dependent[node + 1]; ++d) {
      if (cone_[graph_.needs[graph_.dependents[d]].owner]) return true;
    }
    return false;
  }

  void set(const RaceUnit& unit, bool is_back) {
    if (unit.need != kNone) {
      health_.cold[unit.target] = is_back ? 0 : 1;
    } else {
      const NodeLoss loss =
          is_back ? NodeLoss{unit.place, 1, 1}
                  : loss_by(model_.plan.faults[0].effect, unit.place);
      const Node& node = graph_.nodes[unit.place];
      const bool shares =
          is_one_cell(graph_, unit.place) &&
          graph_.services[node.service].routing == Routing::kBalanced;
      health_.own[unit.place] =
          std::min(1.0, loss.health * (shares ? 1 : node.capacity)) *
          loss.served;
    }
    propagation_.mark(bitten(unit));
  }

  std::size_t back_of(std::size_t kind, std::size_t state) const {
    return state / stride_[kind] % (members_[kind].size() + 1);
  }

  void set_kind(std::size_t kind, std::size_t back) {
    for (std::size_t m = 0; m < members_[kind].size(); ++m) {
      set(race_.units()[members_[kind][m]], m < back);
    }
  }

  void fill_table() {
    for (std::size_t state = 0; state < answer_.served.size(); ++state) {
      for (std::size_t kind = 0; kind < members_.size(); ++kind) {
        set_kind(kind, back_of(kind, state));
      }
      propagation_.settle(health_);
      propagation_.clear_changed();
      answer_.served[state] = health_.served[node_] / answer_.baseline;
      if (worsens(state)) {
        answer_.why_not = "a cell that is back may make it worse";
      }
    }
  }

  // With one cell less back it served more.
  bool worsens(std::size_t state) const {
    for (std::size_t kind = 0; kind < members_.size(); ++kind) {
      if (back_of(kind, state) == 0) continue;
      const double before = answer_.served[state - stride_[kind]];
      if (answer_.served[state] + kEqual < before) return true;
    }
    return false;
  }

  const Model& model_;
  const Graph& graph_;
  const IncidentRace& race_;
  std::uint32_t product_;
  NodeId node_;
  std::vector<std::uint8_t> cone_;
  Health health_;
  Propagation propagation_;
  RaceServing answer_;
  std::vector<std::uint32_t> kind_;                  // by place in units
  std::vector<std::vector<std::uint32_t>> members_;  // by kind: units
  std::vector<std::uint32_t> stride_;                // by kind
};

}  // namespace

RaceServing race_serving(const Model& model, std::uint32_t product,
                         const IncidentRace& race) {
  return RaceServingMaker(model, product, race).make();
}

}  // namespace outagesim
