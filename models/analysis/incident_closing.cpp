#include "models/analysis/incident_closing.h"

#include <algorithm>
#include <set>

namespace outagesim {
namespace {

constexpr std::uint32_t kTablePoints = 300;
// Beyond these shares of the law nothing is told apart.
constexpr double kFirst = 1e-9, kLastHazard = 30;

// What stands on the places of a fault when it strikes.
class StandingFinder {
 public:
  StandingFinder(const Model& model, const CompiledFault& fault)
      : model_(model), fault_(fault) {}

  std::string find() {
    for (const PlaceChoice& place : fault_.where) {
      if (place.random) return "where it strikes is drawn";
      for (const NodeId node : place.nodes) look_at(node);
    }
    return why_not_;
  }

  // Restarts are drawn by owner: two needs of one are back together.
  std::size_t owners() const { return owners_.size(); }
  const std::vector<NeedId>& needs() const { return needs_; }

 private:
  void look_at(NodeId place) {
    const Graph& graph = model_.graph;
    for (auto i = graph.first_dependent[place];
         i < graph.first_dependent[place + 1]; ++i) {
      const NeedId id = graph.dependents[i];
      const CompiledNeed& need = graph.needs[id];
      const bool stands = need.kind != NeedKind::kSoft &&
                          need.kind != NeedKind::kCached &&
                          need.kind != NeedKind::kAsync;
      if (!stands) continue;
      if (need.kind == NeedKind::kAny) {
        if (graph.targets[need.first_target] != place) continue;
        note_switch(need);
      }
      owners_.insert(need.owner);
      needs_.push_back(id);
    }
  }

  void note_switch(const CompiledNeed& need) {
    const Need& law = model_.graph.need_laws[need.law];
    if (law.switch_by != SwitchBy::kHand) {
      why_not_ = "need " + law.name + " of what stands there turns by itself";
    }
  }

  const Model& model_;
  const CompiledFault& fault_;
  std::set<NodeId> owners_;
  std::vector<NeedId> needs_;
  std::string why_not_;
};

bool is_switched(const Plan& plan, const CompiledFault& fault) {
  return std::ranges::any_of(fault.remedies, [&](std::uint32_t remedy) {
    return plan.remedies[remedy].effect.what == RemedyEffect::What::kSwitch;
  });
}

// A time without spread is a jump, which a table would smear.
std::string why_rough(const CompiledFault& fault) {
  const auto jumps = [](const Distribution& law) {
    return std::holds_alternative<Fixed>(law.law()) ||
           std::holds_alternative<Empirical>(law.law());
  };
  if (jumps(*fault.ends)) return "its end is no continuous law";
  if (fault.then && jumps(fault.then->takes)) {
    return "the restart after it is no continuous law";
  }
  return {};
}

void set_tables(const CompiledFault& fault, std::size_t owners,
                IncidentClosing& closing) {
  const Distribution& ends = *fault.ends;
  closing.from = quantile(ends, {kFirst});
  closing.to = inverse_cumulative_hazard(ends, kLastHazard);
  if (!fault.then || owners == 0) {
    closing.open = closing.helpless = survival_of(ends);
    return;
  }
  const std::vector<Distribution> restarts(owners, fault.then->takes);
  const double correlation = fault.then->correlation;
  const double first = quantile(restarts[0], {kFirst});
  const double last = inverse_cumulative_hazard(restarts[0], kLastHazard);
  const auto back_after = [&](const SurvivalFunction& restart) {
    const SurvivalFunction table =
        tabulated(restart, first, last, kTablePoints);
    return tabulated(survival_of_sum(ends, table), closing.from,
                     closing.to + last, kTablePoints);
  };
  closing.open = back_after(survival_of_largest(restarts, correlation));
  closing.helpless = back_after(survival_of_least(restarts, correlation));
  closing.to += last;
}

}  // namespace

bool strikes_alone(const Plan& plan, std::uint32_t fault) {
  return plan.faults.size() == 1 &&
         plan.faults[fault].trigger.kind == CompiledTrigger::Kind::kAtTime;
}

IncidentClosing incident_closing(const Model& model, std::uint32_t id) {
  const CompiledFault& fault = model.plan.faults[id];
  IncidentClosing closing;
  closing.never = !fault.ends;
  if (fault.rollout) {
    if (fault.ends || fault.rollout->check) {
      closing.why_not =
          "a change that may be halted spreads while it is noticed";
    }
    return closing;
  }
  if (fault.ends) closing.why_not = why_rough(fault);
  std::size_t owners = 0;
  if (fault.then || is_switched(model.plan, fault)) {
    StandingFinder finder(model, fault);
    const std::string why = finder.find();
    if (fault.ends && !why.empty()) closing.why_not = why;
    const bool quiet = strikes_alone(model.plan, id) &&
                       model.plan.processes.empty() &&
                       model.plan.common_causes.empty();
    if (fault.ends && !quiet) {
      closing.why_not =
          "what stands there when it strikes may have turned elsewhere before";
    }
    owners = finder.owners();
    if (quiet && why.empty()) closing.stood = finder.needs();
  }
  if (fault.ends && closing.why_not.empty()) set_tables(fault, owners, closing);
  return closing;
}

}  // namespace outagesim
