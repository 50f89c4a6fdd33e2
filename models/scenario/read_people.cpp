// [profile.NAME], [population.NAME], [communication] and [[observed]].
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

template <size_t N>
void read_weights(const Value& value, std::array<double, N>& out) {
  const toml::array* list = value.node->as_array();
  if (!list || list->size() != N) {
    const size_t found = list ? list->size() : 0;
    expected(value,
             "a list of " + std::to_string(N) + " numbers" +
                 (list ? " (these are " + std::to_string(found) + ")" : ""));
    return;
  }
  std::array<double, N> weights{};
  bool fine = true;
  for (size_t i = 0; i < N; ++i) {
    fine &= read_value({value.in, list->get(i)}, weights[i], Range{});
  }
  if (!fine) return;
  if (std::ranges::none_of(weights, [](double w) { return w > 0; })) {
    wrong(value, "at least one of these must be above 0");
    return;
  }
  out = weights;
}

constexpr Key<NamedProfile> kProfileKeys[] = {
    {{"hours", "list of number", "all alike",
      "24 weights, of the hours from midnight",
      "[1, 1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 9, 9, 9, 9, 8, 7, 6, 5, 4, 3, 2, "
      "1]"},
     [](const Value& v, NamedProfile& p) { read_weights(v, p.week.hours); }},
    {{"weekdays", "list of number", "all alike", "7 weights, Monday first",
      "[1, 1, 1, 1, 1, 0.6, 0.6]"},
     [](const Value& v, NamedProfile& p) { read_weights(v, p.week.weekdays); }},
};
constexpr TableType<NamedProfile> kProfileTable = {
    "profile", "[profile.NAME]",
    "How activity goes by hour and weekday, local time; scaled so that its "
    "mean over a week is 1.",
    kProfileKeys};

constexpr Key<CreditTier> kTierKeys[] = {
    {{"below", "share", kRequired, "availability by time over 30 days",
      "\"99.9 %\""},
     into<&CreditTier::below>},
    {{"credit", "share", kRequired, "of a month's bill, given back",
      "\"10 %\""},
     into<&CreditTier::credit>},
};
constexpr TableType<CreditTier> kTierTable = {
    "sla tier", "sla = [{ … }]", "A step of a service-level agreement.",
    kTierKeys};

void read_sla(const Value& value, Population& out) {
  const toml::array* list = value.node->as_array();
  if (!list || list->empty()) {
    expected(
        value,
        R"(a list of tiers such as [{ below = "99.9 %", credit = "10 %" }])");
    return;
  }
  for (const toml::node& node : *list) {
    read_table({value.in, &node}, kTierTable, out.stakes.sla.emplace_back());
  }
}

// A reader that fills a member of the stakes.
template <auto Member, Range... Limits>
void at_stake(const Value& value, Population& out) {
  read_value(value, out.stakes.*Member, Limits...);
}

void read_patience(const Value& value, Population& out) {
  read_value(value, out.stakes.patience.emplace(), kPositiveTime);
}

constexpr Key<Population> kPopulationKeys[] = {
    {{"uses", "name", kRequired, "the product", "\"chatgpt\""},
     into<&Population::uses>},
    {{"class", "population class", "\"people\"", "who they are",
      "\"developers\""},
     into<&Population::kind>},
    {{"users", "number", kRequired, "how many", "300_000_000"},
     into<&Population::users>},
    {{"visits", "rate", kRequired, "of one user, mean over a week",
      "\"1.2 per day\""},
     into<&Population::visits>},
    {{"visit_length", "duration", "\"10 min\"", "mean length of a visit",
      "\"15 min\""},
     into<&Population::visit_length, kPositiveTime>},
    {{"requests_per_visit", "number", "1", "mean requests of a visit", "12"},
     into<&Population::requests_per_visit, kPositive>},
    {{"profile", "name", "", "activity by hour and weekday; default: even",
      "\"us-business\""},
     into<&Population::profile>},
    {{"zone", "time zone", "\"UTC\"", "where they live",
      "\"America/Los_Angeles\""},
     [](const Value& v, Population& one) { read_zone(v, one.zone); }},
    {{"reports", "probability", "\"0 %\"",
      "share of them who report a failure to an outage site", "\"0.01 %\""},
     into<&Population::reports>},
    {{"region", "text", "", "where they are: results are told by region too",
      "\"Europe\""},
     at_stake<&Stakes::region>},
    {{"patience", "duration", "",
      "mean time for which one who fails keeps trying; default: for ever",
      "\"10 min\""},
     read_patience},
    {{"comes_back", "duration", "\"30 min\"",
      "mean time until one who gave up tries again", "\"2 h\""},
     at_stake<&Stakes::comes_back, kPositiveTime>},
    {{"alternative", "name", "",
      "what those who gave up may turn to, in any words",
      "\"another assistant\""},
     [](const Value& v, Population& one) {
       read_value(v, one.stakes.alternative.emplace());
     }},
    {{"turns_to_it", "probability", "\"0 %\"",
      "of those who gave up, who turn to the alternative", "\"40 %\""},
     at_stake<&Stakes::turns_to_it>},
    {{"leaves", "probability", "\"0 %\"",
      "of those who gave up, who never come back", "\"0.1 %\""},
     at_stake<&Stakes::leaves>},
    {{"work", "share", "\"0 %\"", "of their time in the product that is work",
      "\"80 %\""},
     at_stake<&Stakes::work>},
    {{"hour_value", "money", "\"0 USD\"",
      "what an hour in the product is worth to one of them", "\"0.14 USD\""},
     at_stake<&Stakes::hour_value>},
    {{"pays", "money", "\"0 USD\"", "one of them, a month", "\"20 USD\""},
     at_stake<&Stakes::pays>},
    {{"per_request", "money", "\"0 USD\"",
      "revenue of a request, lost when it fails", "\"0.002 USD\""},
     at_stake<&Stakes::per_request>},
    {{"sla", "list of sla tier", "",
      "credits that are due below an availability",
      "[{ below = \"99.9 %\", credit = \"10 %\" }]"},
     read_sla},
};
constexpr TableType<Population> kPopulationTable = {
    "population", "[population.NAME]", "People who use a product.",
    kPopulationKeys};

constexpr Key<Communication> kCommunicationKeys[] = {
    {{"page", "name", "", "the status page, a service that may itself be down",
      "\"status-page\""},
     into<&Communication::page>},
    {{"acknowledged", "law", "", "after detection: the first public word",
      "\"lognormal(median 15 min, sigma 1)\""},
     into<&Communication::acknowledged>},
    {{"cause_found", "law", "", "after diagnosis: the cause is named",
      "\"10 min\""},
     into<&Communication::cause_found>},
    {{"estimate", "law", "", "after that: an estimate of the end",
      "\"30 min\""},
     into<&Communication::estimate>},
    {{"resolved", "law", "", "after the last outage ended: all is well",
      "\"20 min\""},
     into<&Communication::resolved>},
};
constexpr TableType<Communication> kCommunicationTable = {
    "communication", "[communication]",
    "What the operator says in public, and when.", kCommunicationKeys};

constexpr Key<Observed> kObservedKeys[] = {
    {{"product", "name", kRequired, "the product", "\"chatgpt\""},
     into<&Observed::product>},
    {{"milestone", "milestone", kRequired, "what happened", "\"substantial\""},
     into<&Observed::milestone>},
    {{"at", "time", kRequired, "how long after the scenario's start",
      "\"205 min\""},
     into<&Observed::at, kAnyTime>},
    {{"source", "text", "", "who says so", "\"status page\""},
     into<&Observed::source>},
};
constexpr TableType<Observed> kObservedTable = {
    "observed", "[[observed]]",
    "Recorded in reality, to be compared with the simulation.", kObservedKeys};

}  // namespace

void read_profiles(const Value& section, Scenario& out) {
  read_each_named(
      section, kProfileTable, out.profiles,
      [](NamedProfile& profile) { profile.week = normalised(profile.week); });
}

void read_populations(const Value& section, Scenario& out) {
  read_named(section, kPopulationTable, out.populations);
}

void read_communication(const Value& section, Scenario& out) {
  Communication& said = out.communication.emplace();
  said.at = position_of_key(section);
  read_table(section, kCommunicationTable, said);
}

void read_observed(const Value& section, Scenario& out) {
  const toml::array* list = section.node->as_array();
  if (!list) {
    expected(section, "tables [[observed]]");
    return;
  }
  for (const toml::node& node : *list) {
    const Value one{section.in, &node};
    Observed& observed = out.observed.emplace_back();
    observed.where = position_of(one);
    read_table(one, kObservedTable, observed);
  }
}

std::vector<TableInfo> people_tables() {
  return {describe(kPopulationTable), describe(kTierTable),
          describe(kProfileTable), describe(kCommunicationTable),
          describe(kObservedTable)};
}

}  // namespace outagesim
