#include "sim/experiment/objectives.h"

#include <algorithm>
#include <cmath>

#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "sim/experiment/metric_readers.h"

namespace outagesim {
namespace {

// A stretch in which `rate` of the budget's seconds is lost each second.
struct Spell {
  double from = 0;
  double to = 0;
  double rate = 0;
};

std::vector<Spell> unserved(const Model& model, const Replication& replication,
                            std::uint32_t product) {
  std::vector<Spell> spells;
  double since = model.begins.value, lost = 0;
  const auto until = [&](double t) {
    if (lost > 0 && t > since) spells.push_back({since, t, lost});
    since = t;
  };
  for (const ServedStep& step : replication.steps) {
    if (step.product != product) continue;
    until(step.t);
    lost = std::max(0.0, 1 - double{step.served});
  }
  until(model.horizon.value);
  return spells;
}

std::vector<Spell> outage_spells(const Replication& replication,
                                 std::uint32_t product) {
  std::vector<Spell> spells;
  for (const OutageRecord& outage : replication.outages) {
    if (outage.product != product) continue;
    spells.push_back({outage.onset, outage.end, 1});
  }
  return spells;
}

bool is_open(const Replication& replication, std::uint32_t product) {
  return std::ranges::any_of(
      replication.outages, [&](const OutageRecord& outage) {
        return outage.censored &&
               (product == kNone || outage.product == product);
      });
}

// The windows of one replication while they are filled. What lies before the
// start belongs to the first; what lies behind the last is nobody's.
class Windows {
 public:
  Windows(const Model& model, const Objective& objective)
      : length_(objective.window.value),
        begins_(model.begins.value),
        judged_(window_count(model, objective)) {}

  std::size_t size() const { return judged_.size(); }
  JudgedWindow& operator[](std::size_t i) { return judged_[i]; }
  double from(std::size_t i) const { return i == 0 ? begins_ : start(i); }
  double start(std::size_t i) const { return double(i) * length_; }
  double to(std::size_t i) const { return start(i + 1); }
  // The one in which `t` lies; size() if it lies behind the last.
  std::size_t at(double t) const {
    const double i = std::floor(std::max(0.0, t) / length_);
    return i < double(size()) ? static_cast<std::size_t>(i) : size();
  }
  std::vector<JudgedWindow> take() { return std::move(judged_); }

 private:
  double length_, begins_;
  std::vector<JudgedWindow> judged_;
};

// A part of a spell inside window i takes from its budget.
void spend(Windows& windows, std::size_t i, const Spell& part, double budget) {
  JudgedWindow& window = windows[i];
  const double before = *window.used * budget;
  const double after = before + (part.to - part.from) * part.rate;
  window.used = after / budget;
  if (!window.met || after <= budget) return;
  window.met = window.outlasts = false;
  const double moment = part.from + (budget - before) / part.rate;
  window.lasts = Seconds{moment - windows.from(i)};
}

void judge_budget(Windows& windows, const std::vector<Spell>& spells,
                  double budget) {
  for (std::size_t i = 0; i < windows.size(); ++i) {
    windows[i].used = 0;
    windows[i].lasts = Seconds{windows.to(i) - windows.from(i)};
  }
  for (const Spell& spell : spells) {
    for (std::size_t i = windows.at(spell.from); i < windows.size(); ++i) {
      const Spell part{std::max(spell.from, windows.from(i)),
                       std::min(spell.to, windows.to(i)), spell.rate};
      if (part.from >= part.to) break;
      spend(windows, i, part, budget);
    }
  }
}

// An outage that goes on beyond the horizon may still use up what is left.
void mark_undecided_budget(Windows& windows, const Model& model,
                           const Replication& replication,
                           std::uint32_t product) {
  JudgedWindow& last = windows[windows.size() - 1];
  const bool cut = model.horizon.value < windows.to(windows.size() - 1);
  if (!cut || !last.met || !is_open(replication, product)) return;
  last.met = false;
  last.undecided = true;
  last.lasts = Seconds{model.horizon.value - windows.from(windows.size() - 1)};
}

struct OutagesOfWindow {
  double total = 0, longest = 0;
  double count = 0;
  bool open = false;

  double mean() const { return count > 0 ? total / count : 0; }
};

bool keeps(const Objective& objective, const OutagesOfWindow& outages) {
  if (objective.mttr) return outages.mean() <= objective.mttr->value;
  if (objective.longest) return outages.longest <= objective.longest->value;
  return outages.count <= *objective.outages;
}

void judge_outages(Windows& windows, const Replication& replication,
                   const CompiledObjective& objective) {
  std::vector<OutagesOfWindow> of(windows.size());
  for (const OutageRecord& outage : replication.outages) {
    const std::size_t i = windows.at(outage.onset);
    if (outage.product != objective.product || i >= of.size()) continue;
    const double length = outage.end - outage.onset;
    of[i].total += length;
    of[i].longest = std::max(of[i].longest, length);
    of[i].count += 1;
    of[i].open = of[i].open || outage.censored;
  }
  for (std::size_t i = 0; i < of.size(); ++i) {
    const bool kept = keeps(objective.said, of[i]);
    windows[i].undecided = kept && of[i].open && !objective.said.outages;
    windows[i].met = kept && !windows[i].undecided;
  }
}

double share_hurt(const Model& model, const Replication& replication,
                  std::uint32_t product) {
  double hurt = 0, all = 0;
  for (std::size_t i = 0; i < model.populations.size(); ++i) {
    const CompiledPopulation& people = model.populations[i];
    if (product != kNone && people.product != product) continue;
    hurt += replication.populations[i].users_affected;
    all += people.users.value;
  }
  return all > 0 ? hurt / all : 0;
}

std::vector<JudgedWindow> judge_blast(const Model& model,
                                      const Replication& replication,
                                      const CompiledObjective& objective) {
  JudgedWindow whole;
  const bool kept = share_hurt(model, replication, objective.product) <=
                    objective.said.blast_radius->value;
  whole.undecided = kept && is_open(replication, objective.product);
  whole.met = kept && !whole.undecided;
  return {whole};
}

double window_length(const Model& model, const Objective& objective) {
  return objective.blast_radius ? model.horizon.value : objective.window.value;
}

// The windows of one objective, passed through in time.
struct Row {
  const std::vector<JudgedWindow>& windows;
  double length = 0;
  std::size_t at = 0;

  double to() const { return double(at + 1) * length; }
  double end() const { return double(windows.size()) * length; }
  bool met() const { return windows[at].met; }
};

std::string each_window(const Objective& objective) {
  return " each " + format_duration(objective.window);
}

}  // namespace

std::uint32_t window_count(const Model& model, const Objective& objective) {
  if (objective.blast_radius) return 1;
  const double whole =
      std::floor(model.horizon.value / objective.window.value * (1 + 1e-12));
  return static_cast<std::uint32_t>(std::max(whole, 1.0));
}

std::optional<Seconds> error_budget(const Objective& objective) {
  if (objective.downtime) return objective.downtime;
  if (!objective.availability) return std::nullopt;
  return objective.window * (1 - objective.availability->value);
}

std::string objective_text(const Objective& objective) {
  if (objective.availability) {
    return significant(100 * objective.availability->value, 6) +
           " % available" + each_window(objective);
  }
  if (objective.downtime) {
    return "downtime at most " + format_duration(*objective.downtime) +
           each_window(objective);
  }
  if (objective.mttr) {
    return "MTTR at most " + format_duration(*objective.mttr) +
           each_window(objective);
  }
  if (objective.longest) {
    return "no outage over " + format_duration(*objective.longest) +
           each_window(objective);
  }
  if (objective.outages) {
    return "at most " + significant(*objective.outages, 4) + " outages" +
           each_window(objective);
  }
  return "at most " + significant(100 * objective.blast_radius->value, 4) +
         " % of the users hurt";
}

std::vector<JudgedWindow> judge(const Model& model,
                                const Replication& replication,
                                const CompiledObjective& objective) {
  if (objective.said.blast_radius) {
    return judge_blast(model, replication, objective);
  }
  Windows windows(model, objective.said);
  if (const auto budget = error_budget(objective.said)) {
    judge_budget(windows,
                 objective.said.availability
                     ? unserved(model, replication, objective.product)
                     : outage_spells(replication, objective.product),
                 budget->value);
    mark_undecided_budget(windows, model, replication, objective.product);
  } else {
    judge_outages(windows, replication, objective);
  }
  return windows.take();
}

JudgedObjectives judge_all(const Model& model, const Replication& replication) {
  JudgedObjectives judged;
  for (const CompiledObjective& objective : model.objectives) {
    judged.push_back(judge(model, replication, objective));
  }
  return judged;
}

double met_together(const Model& model, const JudgedObjectives& judged) {
  std::vector<Row> rows;
  double end = model.horizon.value;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    rows.push_back({judged[i], window_length(model, model.objectives[i].said)});
    end = std::min(end, rows.back().end());
  }
  double met = 0;
  for (double t = 0; t < end;) {
    double next = end;
    for (const Row& row : rows) next = std::min(next, row.to());
    if (std::ranges::all_of(rows, &Row::met)) met += next - t;
    for (Row& row : rows) row.at += row.to() <= next ? 1 : 0;
    t = next;
  }
  return met / end;
}

void readers::objectives_are_met(const Model& model,
                                 const ReplicationReading& replication, Subject,
                                 Samples& samples) {
  samples.push_back(
      {.value = met_together(model, judge_all(model, *replication))});
}

}  // namespace outagesim
