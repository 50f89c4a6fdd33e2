// [team.NAME], [stages.NAME] and [response.NAME].
#include <cstdio>
#include <string>
#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

// "09:00"
void read_clock_time(const Value& value, double& out) {
  const std::string text = text_of(value).value_or("");
  unsigned hours = 0;
  unsigned minutes = 0;
  int read = 0;
  const int fields =
      std::sscanf(text.c_str(), "%2u:%2u%n", &hours, &minutes, &read);
  if (fields == 2 && static_cast<size_t>(read) == text.size() && minutes < 60 &&
      hours * 60 + minutes <= 24 * 60) {
    out = hours + minutes / 60.0;
  } else {
    expected(value, R"(a time of day such as "09:00")");
  }
}

constexpr Key<OnCall> kOnCallKeys[] = {
    {{"from", "time of day", "\"00:00\"", "office hours begin", "\"09:00\""},
     [](const Value& v, OnCall& o) { read_clock_time(v, o.from_hour); }},
    {{"to", "time of day", "\"24:00\"", "and end; may be past midnight",
      "\"18:00\""},
     [](const Value& v, OnCall& o) { read_clock_time(v, o.to_hour); }},
    {{"weekends", "flag", "true", "whether weekends are office days", "false"},
     into<&OnCall::weekends>},
    {{"zone", "time zone", "\"UTC\"", "where those hours are counted",
      "\"America/Los_Angeles\""},
     [](const Value& v, OnCall& one) { read_zone(v, one.zone); }},
    {{"delay_outside", "law", kRequired,
      "added to the time to engage outside those hours",
      "\"exponential(mean 15 min)\""},
     into<&OnCall::delay_outside>},
};
constexpr TableType<OnCall> kOnCallTable = {
    "on_call", "on_call = { … }", "When a team is at work.", kOnCallKeys};

constexpr Key<Team> kTeamKeys[] = {
    {{"responders", "count", "1",
      "who can work at the same time; further work waits, first come first "
      "served",
      "6"},
     into<&Team::responders>},
    {{"on_call", "on_call", "", "office hours; default: always at work",
      "{ from = \"09:00\", to = \"18:00\", delay_outside = \"15 min\" }"},
     [](const Value& v, Team& t) {
       read_table(v, kOnCallTable, t.on_call.emplace());
     }},
    {{"escalates_to", "name", "", "a team that takes over what waits too long",
      "\"managers\""},
     into<&Team::escalates_to>},
    {{"escalates_after", "duration", "\"0 s\"", "of waiting for a responder",
      "\"30 min\""},
     into<&Team::escalates_after>},
    {{"shift", "duration", "", "work longer than this is handed over",
      "\"8 h\""},
     into<&Team::shift, kPositiveTime>},
    {{"hand_over", "duration", "\"0 s\"", "what each hand-over costs",
      "\"20 min\""},
     into<&Team::hand_over>},
    {{"per_hour", "money", "\"0 USD\"",
      "what the team costs while it is at an incident", "\"900 USD\""},
     into<&Team::per_hour>},
};
constexpr TableType<Team> kTeamTable = {
    "team", "[team.NAME]", "The people who work on faults.", kTeamKeys};

constexpr Key<Signal> kSignalKeys[] = {
    {{"time", "law | stage", "", "from the fault's start until it fires",
      "\"exponential(mean 3 min)\""},
     [](const Value& v, Signal& s) { read_law_or_stage(v, s.time.emplace()); }},
    {{"through", "name", "", "works as well as this service serves",
      "\"telemetry\""},
     into<&Signal::through>},
    {{"blind", "share", "\"0 %\"",
      "share of its speed that is left when that is down", "\"10 %\""},
     into<&Signal::blind>},
    {{"reports", "number", "",
      "crowd: fires at so many reports in 15 minutes, instead of `time`",
      "5000"},
     into<&Signal::reports, kPositive>},
};
constexpr TableType<Signal> kSignalTable = {
    "signal", "[response.NAME.detect.NAME]",
    "One way to notice a fault; the first to fire detects it. A bare law is "
    "`time`.",
    kSignalKeys};

constexpr Key<Diagnosis> kDiagnosisKeys[] = {
    {{"time", "law | stage", kRequired, "until the cause is known",
      "\"exponential(mean 20 min)\""},
     [](const Value& v, Diagnosis& d) { read_law_or_stage(v, d.time); }},
    {{"wrong", "probability", "\"0 %\"", "that the first diagnosis is wrong",
      "\"20 %\""},
     into<&Diagnosis::wrong>},
    {{"wrong_costs", "law", "", "time that a wrong diagnosis costs",
      "\"exponential(mean 40 min)\""},
     into<&Diagnosis::wrong_costs>},
    {{"through", "name", "", "the service that shows what happens",
      "\"telemetry\""},
     into<&Diagnosis::through>},
    {{"blind_factor", "number", "1",
      "when that is down diagnosis takes so many times longer, and a wrong one "
      "is so many times likelier (to certainty at most); at least 1",
      "2"},
     into<&Diagnosis::blind_factor, kAtLeastOne>},
};
constexpr TableType<Diagnosis> kDiagnosisTable = {
    "diagnosis", "diagnose = { … }",
    "How the cause is found. A bare law is `time`.", kDiagnosisKeys};

void read_signal(const Value& entry, Signal& out) {
  out.name = std::string(entry.key->str());
  out.at = position_of_key(entry);
  if (!entry.node->is_table()) {
    read_law_or_stage(entry, out.time.emplace());
    return;
  }
  read_table(entry, kSignalTable, out);
  const toml::table& table = *entry.node->as_table();
  if (table.contains("time") == table.contains("reports")) {
    wrong_key(entry, "a signal says exactly one of \"time\" and \"reports\"",
              "for example { time = \"exponential(mean 3 min)\" }");
  }
}

void read_detect(const Value& value, Response& out) {
  if (!value.node->is_table()) {
    Signal& monitor = out.detect.emplace_back();
    monitor.name = "monitor";
    monitor.at = position_of_key(value);
    read_law_or_stage(value, monitor.time.emplace());
    return;
  }
  for (const Value& entry : entries_in_order(value)) {
    if (is_fit_name(entry)) read_signal(entry, out.detect.emplace_back());
  }
  if (out.detect.empty()) wrong(value, "this table holds no signal");
}

void read_diagnose(const Value& value, Response& out) {
  Diagnosis& diagnosis = out.diagnose.emplace();
  if (value.node->is_table()) {
    read_table(value, kDiagnosisTable, diagnosis);
    if (diagnosis.wrong.value > 0 && !diagnosis.wrong_costs) {
      wrong(value, "a wrong diagnosis costs time: \"wrong_costs\" is missing",
            "for example wrong_costs = \"exponential(mean 40 min)\"");
    }
  } else {
    read_law_or_stage(value, diagnosis.time);
  }
}

void use_library(const Value& value, Response&) {
  Reference name;
  if (read_value(value, name)) choose_library(value, name);
}

constexpr Key<Response> kResponseKeys[] = {
    {{"for", "name | list of name", "NAME",
      "the faults, changes and common causes it answers", "\"power\""},
     into<&Response::faults>},
    {{"team", "name", "", "who works on it; default: enough people",
      "\"openai\""},
     into<&Response::team>},
    {{"stages", "name", "",
      "a library of stage laws; gives detect, engage and diagnose where they "
      "are not said here, and names laws",
      "\"cloud-2022\""},
     use_library},
    {{"detect", "law | stage | table of law/stage/signal", "\"0 s\"",
      "how it is noticed: one law, or signals by name",
      "{ monitor = \"exponential(mean 5 min)\", crowd = { reports = 5000 } }"},
     read_detect},
    {{"engage", "law | stage", "\"0 s\"",
      "from detection until people work on it", "\"5 min\""},
     [](const Value& v, Response& r) {
       read_law_or_stage(v, r.engage.emplace());
     }},
    {{"diagnose", "law | stage | diagnosis", "\"0 s\"",
      "from then until the cause is known", "\"exponential(mean 20 min)\""},
     read_diagnose},
};
constexpr TableType<Response> kResponseTable = {
    "response", "[response.NAME]",
    "What people do about a fault: detect, engage, diagnose; remedies follow.",
    kResponseKeys};

std::optional<Distribution> law_named(const StageLibrary* library,
                                      std::string_view stage) {
  if (!library) return std::nullopt;
  const auto found = library->laws.find(std::string(stage));
  if (found == library->laws.end()) return std::nullopt;
  return found->second;
}

void fill_from_library(const StageLibrary* library, Response& out) {
  if (out.faults.empty()) out.faults.push_back({out.name, out.at});
  if (out.detect.empty()) {
    if (auto law = law_named(library, "detect")) {
      out.detect.push_back({"monitor", out.at, std::move(law), {}, {}, {}});
    }
  }
  if (!out.engage) out.engage = law_named(library, "engage");
  if (!out.diagnose) {
    if (auto law = law_named(library, "diagnose")) {
      out.diagnose.emplace().time = *law;
    }
  }
}

}  // namespace

void read_teams(const Value& section, Scenario& out) {
  read_named(section, kTeamTable, out.teams);
}

void read_stages(const Value& section, Scenario& out) {
  if (!section.node->is_table()) {
    expected(section, "tables [stages.NAME]");
    return;
  }
  for (const Value& entry : entries_in_order(section)) {
    if (!is_fit_name(entry)) continue;
    StageLibrary& library = out.stages.emplace_back();
    library.name = std::string(entry.key->str());
    library.at = position_of_key(entry);
    if (!entry.node->is_table()) {
      expected(entry, "a table of laws by stage");
      continue;
    }
    for (const Value& law : entries_in_order(entry)) {
      read_value(law, library.laws[std::string(law.key->str())]);
    }
  }
  for (const StageLibrary& library : out.stages) {
    section.in->libraries.emplace(library.name, &library);
  }
}

void read_responses(const Value& section, Scenario& out) {
  read_each_named(
      section, kResponseTable, out.responses, [&section](Response& response) {
        fill_from_library(section.in->stages, response);
        for (const Reference& fault : response.faults) {
          section.in->stages_of_fault[fault.name] = section.in->stages;
        }
        section.in->stages = nullptr;
      });
}

std::vector<TableInfo> response_tables() {
  return {describe(kResponseTable), describe(kSignalTable),
          describe(kDiagnosisTable), describe(kTeamTable),
          describe(kOnCallTable)};
}

}  // namespace outagesim
