#include "models/analysis/crew_plan.h"

#include <algorithm>
#include <numeric>

#include "models/analysis/chain_part.h"
#include "models/analysis/strikes.h"

namespace outagesim {
namespace {

bool takes_no_time(const Distribution& law) {
  return mean(law) == 0 && variance(law) == 0;
}

bool is_fine(const Distribution& law) {
  return takes_no_time(law) || has_moments(law);
}

std::size_t cells_struck(const CompiledFault& fault) {
  return std::accumulate(
      fault.where.begin(), fault.where.end(), std::size_t{0},
      [](std::size_t n, const auto& place) { return n + place.nodes.size(); });
}

std::vector<std::uint32_t> teams_of(const Model& model,
                                    const CompiledFault& fault) {
  std::vector<std::uint32_t> teams;
  if (fault.response != kNone) {
    teams.push_back(model.plan.responses[fault.response].team);
  }
  for (const std::uint32_t id : fault.remedies) {
    teams.push_back(model.plan.remedies[id].team);
  }
  std::erase(teams, kNone);
  return teams;
}

std::vector<std::uint32_t> teams_of_all(
    const Model& model, const std::vector<std::uint32_t>& faults) {
  std::vector<std::uint32_t> all;
  for (const std::uint32_t f : faults) {
    const auto teams = teams_of(model, model.plan.faults[f]);
    all.insert(all.end(), teams.begin(), teams.end());
  }
  return all;
}

bool keeps_busy(const CompiledFault& fault, const Model& model,
                const std::vector<std::uint32_t>& teams) {
  return std::ranges::any_of(teams_of(model, fault), [&](std::uint32_t team) {
    return std::ranges::find(teams, team) != teams.end();
  });
}

class CrewDoubts {
 public:
  CrewDoubts(const Model& model, const CompiledFault& fault)
      : model_(model), fault_(fault) {}

  std::vector<std::string> find() {
    add_fault();
    add_response();
    if (fault_.remedies.size() > 1) add("several remedies race each other");
    for (const std::uint32_t id : fault_.remedies) {
      add_remedy(model_.plan.remedies[id]);
    }
    for (const std::uint32_t team : teams_of(model_, fault_)) add_team(team);
    return std::move(doubts_);
  }

 private:
  void add(const std::string& why) {
    doubts_.push_back("fault " + fault_.name + ": " + why);
  }

  void add_law(const std::optional<Distribution>& law, const char* what) {
    if (law && !is_fine(*law)) {
      add(std::string(what) + " takes times without a finite variance");
    }
  }

  void add_fault() {
    CompiledFault bare = fault_;
    bare.remedies.clear();
    if (!bare.ends) bare.ends = Distribution(Exponential{1});
    std::string doubt = part_doubt(bare);
    if (!doubt.empty()) doubts_.push_back(std::move(doubt));
  }

  void add_response() {
    if (fault_.response == kNone) return add("nobody responds to it");
    const CompiledResponse& response = model_.plan.responses[fault_.response];
    add_signals(response);
    add_law(response.engage, "engaging");
    if (!response.diagnose) return;
    const Diagnosis& diagnosis = *response.diagnose;
    if (response.diagnose_through != kNone) {
      add("its diagnosis needs telemetry that may be down");
    }
    add_law(diagnosis.time, "its diagnosis");
    add_law(diagnosis.wrong_costs, "a wrong diagnosis");
    if (diagnosis.wrong_costs && takes_no_time(diagnosis.time)) {
      add("its diagnosis takes no time and may be wrong");
    }
  }

  void add_signals(const CompiledResponse& response) {
    bool is_plain = true;
    for (const CompiledSignal& signal : response.detect) {
      if (signal.through != kNone) {
        add("signal " + signal.name + " goes through a service");
      }
      if (signal.reports) {
        add("it is noticed by the reports of a crowd");
      } else {
        add_law(signal.time, "noticing");
        is_plain = is_plain && is_exponential(*signal.time);
      }
    }
    if (response.detect.size() > 1 && !is_plain) {
      add("several signals race, not all of them exponential");
    }
  }

  void add_remedy(const CompiledRemedy& remedy) {
    const auto says = [&](const std::string& why) {
      add("remedy " + remedy.name + " " + why);
    };
    if (remedy.effect.what != RemedyEffect::What::kRepair &&
        remedy.effect.what != RemedyEffect::What::kUndo) {
      return says("does not repair it");
    }
    if (remedy.works.value < 1) says("may not work");
    if (!is_fine(remedy.first)) says("takes times without a finite variance");
    if (remedy.rest && cells_struck(fault_) > 1) says("goes cell by cell");
    if (leaves_cells(remedy)) says("does not reach all of its cells");
    add_locks(remedy);
  }

  bool leaves_cells(const CompiledRemedy& remedy) const {
    if (remedy.at_most < cells_struck(fault_)) return true;
    return std::ranges::any_of(fault_.where, [&](const PlaceChoice& place) {
      return std::ranges::any_of(place.nodes, [&](NodeId node) {
        return std::ranges::find(remedy.cells, node) == remedy.cells.end();
      });
    });
  }

  void add_locks(const CompiledRemedy& remedy) {
    const std::string name = "remedy " + remedy.name;
    for (const LockOut& lock : remedy.lock_outs) {
      if (lock.per_cell) add(name + " is locked out cell by cell");
      if (lock.break_glass != remedy.lock_outs[0].break_glass) {
        add(name + " breaks the glass of several doors");
      }
      add_law(lock.break_glass, "breaking the glass");
    }
  }

  void add_team(std::uint32_t id) {
    const CompiledTeam& team = model_.plan.teams[id];
    const auto says = [&](const std::string& why) {
      add("team " + team.name + " " + why);
    };
    if (team.on_call) says("is on call by the hour");
    if (team.escalates_to != kNone) says("escalates to another");
    if (team.shift) says("hands over after a shift");
    const bool helps = std::ranges::any_of(
        model_.plan.teams,
        [&](const CompiledTeam& other) { return other.escalates_to == id; });
    if (helps) says("is called by another team");
  }

  const Model& model_;
  const CompiledFault& fault_;
  std::vector<std::string> doubts_;
};

// Laws to phases, and how far they are off.
class CrewWriter {
 public:
  CrewWriter(const Model& model, LawFits& fits) : model_(model), fits_(fits) {
    for (const CompiledTeam& team : model.plan.teams) {
      plan_.responders.push_back(team.responders);
    }
  }

  void add(const CompiledFault& fault) {
    CrewFault crew;
    crew.name = fault.name;
    crew.rate = fault.trigger.rate.value;
    for (const PlaceChoice& place : fault.where) {
      for (const NodeId node : place.nodes) {
        crew.losses.push_back(loss_by(fault.effect, node));
      }
    }
    if (fault.ends) crew.ends = phases(*fault.ends);
    add_response(model_.plan.responses[fault.response], crew);
    if (!fault.remedies.empty()) {
      add_remedy(model_.plan.remedies[fault.remedies[0]], crew);
    }
    plan_.faults.push_back(std::move(crew));
  }

  CrewPlan take() { return std::move(plan_); }

 private:
  PhaseType phases(const Distribution& law) {
    if (takes_no_time(law)) return {};
    const PhaseTypeFit& fit = fits_.of(law);
    if (!fit.exact) {
      plan_.fit_error = std::max(plan_.fit_error, fit.largest_difference);
    }
    return fit.phases;
  }

  // The least of exponential times is exponential.
  PhaseType first_of(const std::vector<CompiledSignal>& signals) {
    if (signals.size() == 1) return phases(*signals[0].time);
    double rate = 0;
    for (const CompiledSignal& signal : signals) rate += 1 / mean(*signal.time);
    return signals.empty() ? PhaseType{} : PhaseType{{1}, {rate}, {1}};
  }

  void add_response(const CompiledResponse& response, CrewFault& crew) {
    crew.engages = response.team;
    crew.detect = first_of(response.detect);
    if (response.engage) crew.engage = phases(*response.engage);
    if (!response.diagnose) return;
    crew.diagnose = phases(response.diagnose->time);
    if (!response.diagnose->wrong_costs) return;
    crew.wrong = phases(*response.diagnose->wrong_costs);
    crew.wrong_share = response.diagnose->wrong.value;
  }

  void add_remedy(const CompiledRemedy& remedy, CrewFault& crew) {
    crew.has_remedy = true;
    crew.repairs = remedy.team;
    crew.work = phases(remedy.first);
    for (const LockOut& lock : remedy.lock_outs) {
      const NodeId node = model_.graph.services[lock.service].whole;
      const auto at = std::ranges::find(plan_.locks, node);
      crew.lock_by.push_back(
          static_cast<std::uint32_t>(at - plan_.locks.begin()));
      if (at == plan_.locks.end()) plan_.locks.push_back(node);
      if (lock.break_glass) crew.glass = phases(*lock.break_glass);
    }
  }

  const Model& model_;
  LawFits& fits_;
  CrewPlan plan_;
};

}  // namespace

bool has_people(const CompiledFault& fault) { return !fault.remedies.empty(); }

std::vector<std::uint32_t> with_shared_teams(
    const Model& model, std::vector<std::uint32_t> faults) {
  std::size_t before = 0;
  do {  // until no team brings another fault in
    before = faults.size();
    const std::vector<std::uint32_t> busy = teams_of_all(model, faults);
    for (std::uint32_t f = 0; f < model.plan.faults.size(); ++f) {
      if (keeps_busy(model.plan.faults[f], model, busy)) faults.push_back(f);
    }
    std::ranges::sort(faults);
    faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
  } while (faults.size() > before);
  return faults;
}

std::vector<NodeId> locks_of(const Model& model, const CompiledFault& fault) {
  std::vector<NodeId> nodes;
  for (const std::uint32_t id : fault.remedies) {
    for (const LockOut& lock : model.plan.remedies[id].lock_outs) {
      nodes.push_back(model.graph.services[lock.service].whole);
    }
  }
  return nodes;
}

std::vector<std::string> crew_doubts(const Model& model,
                                     const CompiledFault& fault) {
  return CrewDoubts(model, fault).find();
}

CrewPlan crew_plan(const Model& model, const std::vector<std::uint32_t>& faults,
                   LawFits& fits) {
  CrewWriter writer(model, fits);
  for (const std::uint32_t f : faults) writer.add(model.plan.faults[f]);
  return writer.take();
}

}  // namespace outagesim
