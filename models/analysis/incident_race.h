// One incident as a function of uniform numbers: a fault strikes once, at a set
// time, and races its own end, the restarts of what stood on the place, and the
// remedies that people begin once they know the cause, cell by cell. The rules
// of docs/model.md as sums, maxima and minima of times, without events: the
// engine's are held against them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/compiled/compile.h"

namespace outagesim {

// Something that the fault puts out, and that is back as one: a place that it
// strikes, or a need of what stood there.
struct RaceUnit {
  NodeId place = 0;
  NeedId need = kNone;         // of what stood there; kNone: the place itself
  std::uint32_t target = 0;    // of the need: into Graph::targets
  std::uint32_t restart = 0;   // of the need: owners restart as one
  std::uint32_t position = 0;  // of the place among those struck
};

// What became of it. Times in seconds from the strike; infinite: never.
struct RaceRun {
  double detected = 0;       // infinite: it was over before
  double said = 0;           // the operator's first word; likewise
  std::vector<double> back;  // by unit
  std::vector<double> place_back, restarts;  // by place, by owner
};

class IncidentRace {
 public:
  // The model must outlive it. Precondition: the fault is one of its plan.
  IncidentRace(const Model& model, std::uint32_t fault);

  // What of it is no such race; empty: what follows is known.
  const std::string& doubt() const { return doubt_; }

  const std::vector<RaceUnit>& units() const { return units_; }
  const std::vector<NodeId>& places() const { return places_; }
  // Whether units are needs of what stood there, not the places themselves.
  bool of_standing() const { return of_standing_; }
  Seconds at() const { return fault_.trigger.at; }
  bool tells() const;  // the scenario has a law for the first word

  // How many uniform numbers decide it, those that matter most first.
  std::uint32_t dimensions() const { return dimensions_; }
  // Precondition: u has so many numbers inside (0, 1). About 0.1 µs a unit.
  void run(std::span<const double> u, RaceRun& run) const;

 private:
  struct RemedyLaw {
    const CompiledRemedy* remedy = nullptr;
    std::vector<std::uint32_t> units;  // in its order, by unit or by place
    std::uint32_t first = 0, rest = 0, works = 0;  // numbers of its draws
  };

  std::string fault_doubt() const;
  std::string response_doubt() const;
  std::string remedy_doubt(const CompiledRemedy& remedy) const;
  std::string team_doubt() const;
  std::string standing_doubt();
  std::string add_standing(NeedId id, std::uint32_t place);
  void list_units();
  void number_draws();
  void list_work(RemedyLaw& law) const;
  void end_by_itself(std::span<const double> u, RaceRun& run) const;
  double known_at(std::span<const double> u, RaceRun& run) const;
  void apply(const RemedyLaw& law, std::span<const double> u, double known,
             RaceRun& run) const;
  double back_by_itself(const RaceRun& run, std::size_t unit) const;

  const Model& model_;
  const CompiledFault& fault_;
  const CompiledResponse* response_ = nullptr;
  std::uint32_t id_ = 0;
  std::string doubt_;
  bool of_standing_ = false;
  std::vector<NodeId> places_;
  std::vector<RaceUnit> units_;
  std::vector<NodeId> owners_;  // ascending: whose restarts are drawn
  std::vector<RemedyLaw> remedies_;
  std::uint32_t dimensions_ = 0;
  std::uint32_t ends_ = 0, diagnose_ = 0, wrong_ = 0, costs_ = 0, engage_ = 0;
  std::uint32_t said_ = 0, shared_ = 0, first_signal_ = 0, restart_shared_ = 0;
  std::uint32_t first_restart_ = 0;
};

}  // namespace outagesim
