#include "models/analysis/stage_relief.h"

#include <algorithm>
#include <map>

#include "models/analysis/scenario_chain.h"

namespace outagesim {
namespace {

using What = RemedyEffect::What;

class ReliefFinder {
 public:
  ReliefFinder(const Model& model, std::uint32_t fault,
               const IncidentClosing& closing)
      : model_(model),
        fault_(model.plan.faults[fault]),
        alone_(strikes_alone(model.plan, fault)),
        closing_(closing) {}

  StageRelief find() {
    if (fault_.rollout) return {"a change spreads while it is mended", {}};
    if (fault_.remedies.empty()) return {"nothing mitigates it", {}};
    StageRelief relief;
    for (const std::uint32_t id : fault_.remedies) {
      const CompiledRemedy& remedy = model_.plan.remedies[id];
      if (remedy.after != kNone || remedy.effect.what == What::kTraffic) {
        continue;
      }
      relief.why_not = doubt(remedy);
      if (!relief.why_not.empty()) return relief;
      relief.firsts.push_back(remedy.first);
    }
    if (relief.firsts.empty()) relief.why_not = "its remedies relieve nobody";
    return relief;
  }

 private:
  std::string doubt(const CompiledRemedy& remedy) {
    const std::string name = "remedy " + remedy.name;
    if (!remedy.lock_outs.empty()) return name + " may be locked out";
    if (remedy.works.value < 1) return name + " may not work";
    if (remedy.team != kNone) {
      const CompiledTeam& team = model_.plan.teams[remedy.team];
      if (team.shift) return name + " may be handed over to the next shift";
      if (!alone_ || ++busy_[remedy.team] > team.responders) {
        return name + " may wait for team " + team.name;
      }
    }
    return acts_at_once(remedy) ? std::string()
                                : name +
                                      " may find nothing to act on, or "
                                      "relieve nobody at once";
  }

  bool acts_at_once(const CompiledRemedy& remedy) const {
    switch (remedy.effect.what) {
      case What::kSwitch:
        return std::ranges::all_of(
            remedy.needs, [&](NeedId need) { return turns_at_once(need); });
      case What::kRepair:
      case What::kUndo:
        return is_struck_by(remedy) && (!fault_.then || closing_.stood.empty());
      case What::kLoad:
      case What::kCapacity:
        return is_struck_by(remedy);
      default:
        return true;
    }
  }

  bool is_struck(NodeId node) const {
    return std::ranges::any_of(fault_.where, [&](const PlaceChoice& place) {
      return std::ranges::find(place.nodes, node) != place.nodes.end();
    });
  }

  bool is_struck_by(const CompiledRemedy& remedy) const {
    return std::ranges::any_of(remedy.cells,
                               [&](NodeId node) { return is_struck(node); });
  }

  // It stood on the place, and an alternative is untouched by the fault.
  bool turns_at_once(NeedId id) const {
    const Graph& graph = model_.graph;
    const CompiledNeed& need = graph.needs[id];
    if (std::ranges::find(closing_.stood, id) == closing_.stood.end() ||
        need.kind != NeedKind::kAny || graph.need_laws[need.law].switch_time) {
      return false;
    }
    for (std::uint32_t i = 1; i < need.targets; ++i) {
      if (is_untouched(graph.targets[need.first_target + i])) return true;
    }
    return false;
  }

  bool is_untouched(NodeId target) const {
    const auto cone = serving_cone(model_.graph, target);
    for (NodeId node = 0; node < cone.size(); ++node) {
      if (cone[node] && is_struck(node)) return false;
    }
    return true;
  }

  const Model& model_;
  const CompiledFault& fault_;
  bool alone_;
  const IncidentClosing& closing_;
  std::map<std::uint32_t, std::uint32_t> busy_;  // remedies at work, by team
};

}  // namespace

StageRelief stage_relief(const Model& model, std::uint32_t fault,
                         const IncidentClosing& closing) {
  return ReliefFinder(model, fault, closing).find();
}

}  // namespace outagesim
