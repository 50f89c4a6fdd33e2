// Background failures of a service and [common_cause.NAME].
#include <string>
#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

template <class T>
void read_severity(const Value& value, T& out) {
  Distribution law;
  if (read_shares(value, law)) out.severity = std::move(law);
}

void read_clock(const Value& value, BackgroundFailure& out) {
  ClockFrom from{};
  if (read_value(value, from)) out.start_to_start = from == ClockFrom::kStart;
}

constexpr Key<BackgroundFailure> kFailureKeys[] = {
    {{"time_to_failure", "law", kRequired, "from one failure to the next",
      "\"weibull(shape 0.663, scale 94.2 h)\""},
     into<&BackgroundFailure::time_to_failure>},
    {{"time_to_repair", "law", kRequired, "until it works again",
      "\"lognormal(median 100 min, sigma 1.2)\""},
     into<&BackgroundFailure::time_to_repair>},
    {{"severity", "law of shares", "\"100 %\"", "share of its health lost",
      "\"uniform(10 %, 60 %)\""},
     read_severity<BackgroundFailure>},
    {{"from", "clock from", "\"repair\"", "where time_to_failure starts",
      "\"start\""},
     read_clock},
    {{"stationary", "flag", "false",
      "has run for ever when the scenario starts, with repairs that still go "
      "on, instead of as new; its laws need a mean",
      "true"},
     into<&BackgroundFailure::stationary>},
    {{"per_cell", "flag", "false", "each cell fails on its own", "true"},
     into<&BackgroundFailure::per_cell>},
    {{"profile", "name", "",
      "its clock runs faster or slower by hour and weekday", "\"us-business\""},
     into<&BackgroundFailure::profile>},
    {{"zone", "time zone", "\"UTC\"", "where the profile's hours are counted",
      "\"America/Los_Angeles\""},
     [](const Value& v, BackgroundFailure& one) { read_zone(v, one.zone); }},
};
constexpr TableType<BackgroundFailure> kFailureTable = {
    "background failure", "fails = { … }",
    "Failures that happen over the years and are repaired by their own law.",
    kFailureKeys};

void read_members(const Value& value, CommonCause& out) {
  if (!value.node->is_table() || value.node->as_table()->empty()) {
    expected(value, R"(members such as { db = "50 %", cache = "20 %" })");
    return;
  }
  for (const Value& entry : entries_in_order(value)) {
    CommonCauseMember& member = out.members.emplace_back();
    member.place.service.at = position_of_key(entry);
    split_place(*entry.in, std::string(entry.key->str()), member.place);
    read_value(entry, member.struck);
  }
}

constexpr Key<CommonCause> kCommonCauseKeys[] = {
    {{"time_between", "law", kRequired, "from one strike to the next",
      "\"exponential(mean 1 y)\""},
     into<&CommonCause::time_between>},
    {{"time_to_repair", "law", kRequired, "until those struck work again",
      "\"lognormal(median 2 h, sigma 1)\""},
     into<&CommonCause::time_to_repair>},
    {{"members", "table of probability", kRequired,
      "places, each with the probability that a strike hits it",
      "{ db = \"50 %\", cache = \"20 %\" }"},
     read_members},
    {{"shared_repair", "flag", "true",
      "one repair for all, or one for each member", "false"},
     into<&CommonCause::shared_repair>},
    {{"severity", "law of shares", "\"100 %\"", "share of their health lost",
      "\"uniform(10 %, 60 %)\""},
     read_severity<CommonCause>},
    {{"stationary", "flag", "false",
      "has run for ever when the scenario starts, with repairs that still go "
      "on, instead of as new; its laws need a mean",
      "true"},
     into<&CommonCause::stationary>},
    {{"profile", "name", "",
      "its clock runs faster or slower by hour and weekday", "\"us-business\""},
     into<&CommonCause::profile>},
    {{"zone", "time zone", "\"UTC\"", "where the profile's hours are counted",
      "\"America/Los_Angeles\""},
     [](const Value& v, CommonCause& one) { read_zone(v, one.zone); }},
};
constexpr TableType<CommonCause> kCommonCauseTable = {
    "common_cause", "[common_cause.NAME]",
    "One process that strikes each member of a group with its probability.",
    kCommonCauseKeys};

}  // namespace

void read_failures(const Value& value, std::vector<BackgroundFailure>& out) {
  const auto read_one = [&](const Value& one) {
    BackgroundFailure& failure = out.emplace_back();
    failure.at = position_of_key(one);
    read_table(one, kFailureTable, failure);
  };
  if (const toml::array* list = value.node->as_array()) {
    for (const toml::node& node : *list) read_one({value.in, &node});
  } else {
    read_one(value);
  }
}

void read_common_causes(const Value& section, Scenario& out) {
  read_named(section, kCommonCauseTable, out.common_causes);
}

std::vector<TableInfo> background_tables() {
  return {describe(kFailureTable), describe(kCommonCauseTable)};
}

}  // namespace outagesim
