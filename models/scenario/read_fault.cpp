// [fault.NAME] and [change.NAME].
#include <string>
#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

// The condition being read, whichever of `when`, `delay`, `happens` is first.
When& when_of(Fault& fault) {
  if (auto* when = std::get_if<When>(&fault.trigger.when)) {
    return *when;
  }
  return fault.trigger.when.emplace<When>();
}

Rollout& rollout_of(Fault& fault) {
  return fault.rollout ? *fault.rollout : fault.rollout.emplace();
}

void read_at(const Value& value, Fault& out) {
  read_value(value, out.trigger.when.emplace<AtTime>().at, kAnyTime);
}
void read_rate(const Value& value, Fault& out) {
  read_value(value, out.trigger.when.emplace<AtRate>().rate);
}
void read_when(const Value& value, Fault& out) {
  read_condition(value, when_of(out));
}
void read_delay(const Value& value, Fault& out) {
  read_value(value, when_of(out).delay);
}
void read_happens(const Value& value, Fault& out) {
  read_value(value, when_of(out).happens);
}

constexpr Key<Wave> kWaveKeys[] = {
    {{"cells", "cells", "\"all\"", "which cells, of those not yet changed",
      "\"10 %\""},
     into<&Wave::cells>},
    {{"over", "duration", "\"0 s\"", "spread evenly over this time",
      "\"8 min\""},
     into<&Wave::over>},
    {{"bake", "duration", "\"0 s\"", "wait before the next wave", "\"10 min\""},
     into<&Wave::bake>},
};
constexpr TableType<Wave> kWaveTable = {
    "wave", "waves = [{ … }, …]", "One step of a change's rollout.", kWaveKeys};

constexpr Key<HealthCheck> kCheckKeys[] = {
    {{"services", "name | list of name", kRequired,
      "whose served fraction is watched", "[\"api\"]"},
     into<&HealthCheck::services>},
    {{"below", "share", "\"95 %\"", "a served fraction below this is noticed",
      "\"99 %\""},
     into<&HealthCheck::below>},
    {{"catches", "probability", "\"100 %\"", "that the check notices it",
      "\"90 %\""},
     into<&HealthCheck::catches>},
    {{"halt", "switch by", "\"automatic\"",
      "automatic: halts and rolls back; by hand: only halts", "\"by hand\""},
     into<&HealthCheck::halt>},
    {{"rollback", "law", "", "time to take it all back, once halted",
      "\"exponential(mean 10 min)\""},
     into<&HealthCheck::rollback>},
};
constexpr TableType<HealthCheck> kCheckTable = {
    "check", "check = { … }", "A health check that can halt a rollout.",
    kCheckKeys};

void read_wave(const Value& value, Fault& out) {
  read_table(value, kWaveTable, rollout_of(out).waves.emplace_back());
}

void read_waves(const Value& value, Fault& out) {
  const toml::array* list = value.node->as_array();
  if (!list || list->empty()) {
    expected(value, R"(a list of waves such as [{ over = "8 min" }])");
    return;
  }
  for (const toml::node& node : *list) read_wave({value.in, &node}, out);
}

void read_takes_effect(const Value& value, Fault& out) {
  read_value(value, rollout_of(out).takes_effect);
}
void read_check(const Value& value, Fault& out) {
  read_table(value, kCheckTable, rollout_of(out).check.emplace());
}

constexpr auto kFaultKeys = std::to_array<Key<Fault>>({
    {{"at", "time", "", "strikes this long after the scenario's start",
      "\"-4 min\""},
     read_at},
    {{"rate", "rate", "", "strikes at random, so often on average",
      "\"2 per year\""},
     read_rate},
    {{"when", "condition", "", "strikes when this comes true",
      "\"db < 50 % for 30 min\""},
     read_when},
    {{"delay", "law", "\"0 s\"", "with `when`: strikes so much later",
      "\"5 min\""},
     read_delay},
    {{"happens", "probability", "\"100 %\"",
      "with `when`: that it strikes at all", "\"50 %\""},
     read_happens},
    {{"where", "place | list of place", kRequired, "what it strikes",
      "\"scus.c\""},
     into<&Fault::where>},
    {{"effect", "\"down\" | effect", "\"down\"", "what it does there",
      "{ health = \"40 %\" }"},
     into<&Fault::effect>},
    {{"ends", "law", "",
      "its own duration; default: it lasts until a remedy repairs it",
      "\"lognormal(median 206 min, sigma 1.718)\""},
     into<&Fault::ends>},
    {{"then", "law | then", "", "a restart of what stood there follows",
      "{ takes = \"lognormal(median 86 min, sigma 1.39)\", correlation = 0.8 "
      "}"},
     into<&Fault::then>},
    {{"visible", "\"at once\" | gradual | intermittent", "\"at once\"",
      "how much of it shows, and when",
      "{ every = \"5 min\", lasting = \"30 s\" }"},
     into<&Fault::visible>},
});
constexpr TableType<Fault> kFaultTable = {
    "fault", "[fault.NAME]",
    "Something breaks: when (exactly one of `at`, `rate`, `when`), where, "
    "what, until when.",
    kFaultKeys};

constexpr auto kChangeKeys = joined(
    kFaultKeys,
    std::to_array<Key<Fault>>({
        {{"waves", "list of wave", "all cells at once",
          "the steps in which it spreads",
          "[{ cells = \"10 %\", bake = \"10 min\" }, { over = \"8 min\" }]"},
         read_waves},
        {{"takes_effect", "law", "\"0 s\"",
          "time from a cell's change to its effect", "\"4 min\""},
         read_takes_effect},
        {{"check", "check", "", "a health check that can halt it",
          "{ services = [\"api\"], catches = \"90 %\" }"},
         read_check},
    }));
constexpr TableType<Fault> kChangeTable = {
    "change", "[change.NAME]",
    "A fault that people roll out, in waves over the cells of its place.",
    kChangeKeys};

// Exactly one of `at`, `rate` and `when`; `delay` and `happens` belong to
// `when`.
void check_trigger(const Value& entry) {
  const toml::table* table = entry.node->as_table();
  if (!table) return;
  const bool conditional = table->contains("when");
  const int ways =
      table->contains("at") + table->contains("rate") + (conditional ? 1 : 0);
  if (ways != 1) {
    wrong_key(entry,
              ways == 0 ? "nothing says when this strikes"
                        : "more than one key says when this strikes",
              R"(say one of at = "0 min", rate = "2 per year", when = "…")");
  }
  for (const std::string_view key : {"delay", "happens"}) {
    const auto found = table->find(key);
    if (conditional || found == table->end()) continue;
    wrong_key({entry.in, &found->second, &found->first},
              '"' + std::string(key) + "\" belongs to \"when\"");
  }
}

void read_all(const Value& section, const TableType<Fault>& type,
              std::vector<Fault>& out) {
  const size_t before = out.size();
  read_named(section, type, out);
  if (!section.node->is_table()) return;
  for (const Value& entry : entries_in_order(section)) check_trigger(entry);
  for (size_t i = before; i < out.size(); ++i) {
    if (&type != &kChangeTable) continue;
    // Without waves all cells are changed at once.
    if (rollout_of(out[i]).waves.empty()) out[i].rollout->waves.emplace_back();
  }
}

}  // namespace

void read_faults(const Value& section, Scenario& out) {
  read_all(section, kFaultTable, out.faults);
}

void read_changes(const Value& section, Scenario& out) {
  read_all(section, kChangeTable, out.faults);
}

std::vector<TableInfo> fault_tables() {
  return {describe(kFaultTable), describe(kChangeTable), describe(kWaveTable),
          describe(kCheckTable)};
}

}  // namespace outagesim
