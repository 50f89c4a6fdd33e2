// The whole document, and its [scenario] table.
#include "models/scenario/read_scenario.h"

#include <string>
#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

void read_correlation(const Value& value, Scenario& out) {
  read_value(value, out.parallel_correlation, kZeroToOne);
}

// Each names a value of this document, so that a mark outlives no renaming.
void read_from_incident(const Value& value, Scenario& out) {
  const toml::array* list = value.node->as_array();
  if (!list) {
    expected(value, R"(a list of paths such as ["fault.power.ends"])");
    return;
  }
  for (const toml::node& node : *list) {
    const Value one{value.in, &node};
    Reference path;
    if (!read_value(one, path)) continue;
    const auto parts = split_path(path.name);
    if (!parts || !node_at(value.in->document.root, *parts)) {
      wrong(one, "nothing in this scenario stands at \"" + path.name + '"',
            R"(a path is written like "fault.power.ends")");
    }
    out.from_incident.push_back(std::move(path));
  }
}

constexpr Key<Scenario> kSettingKeys[] = {
    {{"shows", "text", "", "what this scenario shows", "\"a lock-out\""},
     into<&Scenario::shows>},
    {{"expect", "text", "", "what to expect of its results",
      "\"ChatGPT outlasts Sora\""},
     into<&Scenario::expect>},
    {{"start", "date and time", kRequired, "when it begins",
      "2024-12-26T18:40:00Z"},
     into<&Scenario::start>},
    {{"horizon", "duration", kRequired,
      "how long it is simulated; above 0, at most 1000 years", "\"48 h\""},
     into<&Scenario::horizon, kPositiveTime>},
    {{"outage_below", "share", "\"99 %\"",
      "of the baseline: an outage opens below it", "\"95 %\""},
     [](const Value& v, Scenario& s) { read_value(v, s.outage.below); }},
    {{"outage_ends_after", "duration", "\"30 min\"",
      "of service at or above it: then the outage has ended", "\"10 min\""},
     [](const Value& v, Scenario& s) { read_value(v, s.outage.ends_after); }},
    {{"substantial", "share", "\"50 %\"",
      "of the baseline: service is substantially back", "\"80 %\""},
     [](const Value& v, Scenario& s) { read_value(v, s.outage.substantial); }},
    {{"parallel_correlation", "number", "0.5",
      "of the times of remedies that run side by side, from 0 to 1", "0.3"},
     read_correlation},
    {{"from_incident", "list of path", "",
      "values that were taken from the incident itself",
      "[\"fault.power.ends\"]"},
     read_from_incident},
};
constexpr TableType<Scenario> kSettingTable = {
    "scenario", "[scenario]", "What is simulated, and how it is judged.",
    kSettingKeys};

void read_format(const Value& value, Scenario&) {
  if (value.node->value<std::int64_t>() == 1) return;
  wrong(value, "this version reads format 1", "write format = 1");
}

void ignore(const Value&, Scenario&) {}

// In the order in which they must be read: stages, responses, remedies.
constexpr Key<Scenario> kRootKeys[] = {
    {{"format", "version", kRequired, "the version of this language", "1"},
     read_format},
    {{"system", "path | list of path", "",
      "files with parts of the scenario, relative to this file and inside its "
      "folder",
      "\"systems/openai-2024.toml\""},
     ignore},
    {{"scenario", "scenario", kRequired, "what is simulated",
      "{ start = 2024-12-26T18:40:00Z, horizon = \"48 h\" }"},
     read_settings_of_scenario},
    {{"service", "table of service", kRequired, "the system",
      "{ shop = { kind = \"product\" } }"},
     read_services},
    {{"startup_limit", "table of startup_limit", "",
      "what restarting cells share", ""},
     read_startup_limits},
    {{"fault", "table of fault", "", "what breaks", ""}, read_faults},
    {{"change", "table of change", "", "what people roll out", ""},
     read_changes},
    {{"common_cause", "table of common_cause", "",
      "what strikes several at once", ""},
     read_common_causes},
    {{"team", "table of team", "", "who works on it", ""}, read_teams},
    {{"stages", "table of table of law", "",
      "libraries of laws by stage: detect, engage, diagnose and any other", ""},
     read_stages},
    {{"response", "table of response", "", "what people do", ""},
     read_responses},
    {{"remedy", "table of remedy", "", "how it is mended", ""}, read_remedies},
    {{"communication", "communication", "", "what is said", ""},
     read_communication},
    {{"profile", "table of profile", "", "activity by hour and weekday", ""},
     read_profiles},
    {{"population", "table of population", "", "who is hurt", ""},
     read_populations},
    {{"observed", "list of observed", "", "what really happened", ""},
     read_observed},
    {{"belief", "table of belief", "", "what is not known for certain", ""},
     read_beliefs},
    {{"objective", "table of objective", "", "what service was promised", ""},
     read_objectives},
    {{"strategy", "table of strategy", "", "what could be done about it", ""},
     ignore},  // strategy.h reads them
};
constexpr TableType<Scenario> kRootTable = {
    "file", "a scenario file", "The top level of a file.", kRootKeys};

Reading begin_reading(const Document& document, Mistakes& mistakes) {
  Reading reading{document, mistakes};
  if (const toml::node* services = document.root.get("service");
      services && services->is_table()) {
    reading.services.reserve(services->as_table()->size());
    for (const auto& [name, _] : *services->as_table()) {
      reading.services.insert(name.str());
    }
  }
  if (document.plain) {
    reading.services.insert(document.plain->names.begin(),
                            document.plain->names.end());
  }
  return reading;
}

// A file that says nothing needs one answer only.
bool is_readable(const Document& document, Mistakes& mistakes) {
  if (document.files.empty()) return false;
  if (!document.root.empty()) return true;
  mistakes.add({{document.files.front().source, 0, 0},
                1,
                "the file is empty",
                "a scenario begins with format = 1"});
  return false;
}

}  // namespace

void read_settings_of_scenario(const Value& section, Scenario& out) {
  read_table(section, kSettingTable, out);
}

Scenario read_scenario(const Document& document, Mistakes& mistakes) {
  Scenario scenario;
  if (!is_readable(document, mistakes)) return scenario;
  scenario.path = document.files.front().source->path;
  Reading reading = begin_reading(document, mistakes);
  read_table({&reading, &document.root}, kRootTable, scenario);
  return scenario;
}

std::vector<TableInfo> scenario_tables() {
  return {describe(kRootTable), describe(kSettingTable)};
}

}  // namespace outagesim
