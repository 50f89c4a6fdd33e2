// [remedy.NAME].
#include <string>
#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

using What = RemedyEffect::What;

void read_subject(const Value& value, RemedyEffect& out, What what) {
  out.what = what;
  read_value(value, out.subject);
}
void read_amount(const Value& value, RemedyEffect& out, What what) {
  out.what = what;
  read_value(value, out.amount);
}

constexpr Key<RemedyEffect> kDoesKeys[] = {
    {{"switch", "name", "",
      "a need of kind `any`, by its name, turns to a working alternative",
      "\"place\""},
     [](const Value& v, RemedyEffect& e) {
       read_subject(v, e, What::kSwitch);
     }},
    {{"drop", "name", "", "a need, by its name, is no longer made",
      "\"history\""},
     [](const Value& v, RemedyEffect& e) { read_subject(v, e, What::kDrop); }},
    {{"traffic", "name", "",
      "requests to a service go to its working cells, as far as their "
      "head-room lasts",
      "\"serving\""},
     [](const Value& v, RemedyEffect& e) {
       read_subject(v, e, What::kTraffic);
     }},
    {{"flush", "name", "",
      "a service under load loses its queue, and its callers the retries of "
      "calls they have begun",
      "\"database\""},
     [](const Value& v, RemedyEffect& e) { read_subject(v, e, What::kFlush); }},
    {{"load", "number", "", "demand on the cell times this", "0.5"},
     [](const Value& v, RemedyEffect& e) { read_amount(v, e, What::kLoad); }},
    {{"capacity", "number", "", "capacity of the cell times this", "3"},
     [](const Value& v, RemedyEffect& e) {
       read_amount(v, e, What::kCapacity);
     }},
};
constexpr TableType<RemedyEffect> kDoesTable = {
    "does", "does = { … }", "What a remedy does: exactly one of these.",
    kDoesKeys};

void read_does(const Value& value, Remedy& out) {
  const std::optional<std::string> text = text_of(value);
  if (text == "repair" || text == "undo") {
    out.does.what = text == "undo" ? What::kUndo : What::kRepair;
  } else if (!value.node->is_table()) {
    expected(value,
             R"("repair", "undo" or a table such as { switch = "place" })");
  } else if (value.node->as_table()->size() != 1) {
    wrong(value,
          "a remedy does exactly one of switch, drop, traffic, flush, load, "
          "capacity");
  } else {
    read_table(value, kDoesTable, out.does);
  }
}

void read_for(const Value& value, Remedy& out) {
  if (!read_value(value, out.faults) || out.faults.empty()) return;
  const auto library = value.in->stages_of_fault.find(out.faults.front().name);
  if (library != value.in->stages_of_fault.end()) {
    value.in->stages = library->second;
  }
}

void read_order(const Value& value, Remedy& out) {
  if (value.node->is_array()) {
    read_value(value, out.order_of);
  } else {
    read_value(value, out.order);
  }
}

constexpr Key<Remedy> kRemedyKeys[] = {
    {{"for", "name | list of name", kRequired, "the faults it answers",
      "\"power\""},
     read_for},
    {{"team", "name", "", "who does it; default: the response's team",
      "\"supplier\""},
     into<&Remedy::team>},
    {{"after", "name", "", "another remedy that must be done first",
      "\"failover\""},
     into<&Remedy::after>},
    {{"first", "law | stage", kRequired,
      "from diagnosis until the first cell works; one draw an incident",
      "\"mitigate\""},
     [](const Value& v, Remedy& r) { read_law_or_stage(v, r.first); }},
    {{"rest", "law | stage", "\"0 s\"",
      "from the first cell to the last; the others follow evenly",
      "\"lognormal(median 86 min, sigma 1.39)\""},
     [](const Value& v, Remedy& r) { read_law_or_stage(v, r.rest.emplace()); }},
    {{"order", "cell order | list of name", "\"given\"",
      "in which order; a list of services: one after the other, as listed",
      "[\"db-api\", \"db-chatgpt\"]"},
     read_order},
    {{"order_of", "list of name", "",
      "the services that `order` goes over, where it is a word",
      "[\"db-sora\", \"db-api\"]"},
     into<&Remedy::order_of>},
    {{"cells", "cells", "\"all\"", "acts on these of the fault's cells only",
      "\"size > 1000\""},
     into<&Remedy::only>},
    {{"does", "\"repair\" | \"undo\" | does", "\"repair\"",
      "what it does to each cell it reaches", "{ switch = \"place\" }"},
     read_does},
    {{"needs", "name | list of name", "",
      "services it works through; it waits while they are down",
      "\"control-plane\""},
     into<&Remedy::needs>},
    {{"break_glass", "law", "",
      "time to get in by another door; default: there is none",
      "\"lognormal(median 30 min, sigma 0.5)\""},
     into<&Remedy::break_glass>},
    {{"works", "probability", "\"100 %\"", "that it has its effect",
      "\"90 %\""},
     into<&Remedy::works>},
};
constexpr TableType<Remedy> kRemedyTable = {
    "remedy", "[remedy.NAME]",
    "One thing that people do about a fault, cell by cell. Remedies of one "
    "fault run side by side; a cell is restored by whichever is first.",
    kRemedyKeys};

}  // namespace

void read_remedies(const Value& section, Scenario& out) {
  read_each_named(section, kRemedyTable, out.remedies,
                  [&section](Remedy&) { section.in->stages = nullptr; });
}

std::vector<TableInfo> remedy_tables() {
  return {describe(kRemedyTable), describe(kDoesTable)};
}

}  // namespace outagesim
