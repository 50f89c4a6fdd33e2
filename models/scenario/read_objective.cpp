// [objective.NAME].
#include "models/scenario/sections.h"

namespace outagesim {
namespace {

constexpr Key<Objective> kObjectiveKeys[] = {
    {{"of", "name", "",
      "the product it is promised for; only a blast radius may do without: of "
      "all users",
      "\"chatgpt\""},
     into<&Objective::of>},
    {{"availability", "share", "",
      "at least this served fraction of the baseline, mean over the window",
      "\"99.9 %\""},
     into<&Objective::availability>},
    {{"downtime", "duration", "", "outages of the window together, at most",
      "\"43 min\""},
     into<&Objective::downtime, kPositiveTime>},
    {{"mttr", "duration", "",
      "mean length of the outages that begin in the window, at most",
      "\"1 h\""},
     into<&Objective::mttr, kPositiveTime>},
    {{"longest", "duration", "",
      "length of any outage that begins in the window, at most", "\"4 h\""},
     into<&Objective::longest, kPositiveTime>},
    {{"outages", "number", "", "outages that begin in the window, at most",
      "2"},
     into<&Objective::outages>},
    {{"blast_radius", "share", "",
      "of the users who meet a failure, at most; over the whole horizon",
      "\"20 %\""},
     into<&Objective::blast_radius>},
    {{"window", "duration", "\"30 d\"",
      "windows follow each other from the start; a horizon that is shorter is "
      "one window in which nothing else happens; at most 10,000 in the horizon",
      "\"7 d\""},
     into<&Objective::window, kPositiveTime>},
    {{"probability", "probability", "",
      "makes it a gate: windows that must meet it, at least", "\"95 %\""},
     into<&Objective::required>},
};
constexpr TableType<Objective> kObjectiveTable = {
    "objective", "[objective.NAME]",
    "What service was promised. It has exactly one of availability, downtime, "
    "mttr, longest, outages and blast_radius.",
    kObjectiveKeys};

}  // namespace

void read_objectives(const Value& section, Scenario& out) {
  read_named(section, kObjectiveTable, out.objectives);
}

std::vector<TableInfo> objective_tables() {
  return {describe(kObjectiveTable)};
}

}  // namespace outagesim
