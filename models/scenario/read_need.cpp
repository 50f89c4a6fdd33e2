// What a service needs: a list of places, or a table by name whose entries are
// a kind or a table of their own.
#include <algorithm>
#include <string>
#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

void read_life(const Value& value, Need& out) {
  Seconds life;
  if (read_value(value, life, kPositiveTime)) {
    out.grace = Distribution(Uniform{0, life.value});
  }
}

void read_target(const Value& value, Need& out) {
  out.targets.clear();
  read_value(value, out.targets.emplace_back());
}

void read_alternatives(const Value& value, Need& out) {
  out.targets.clear();
  if (value.node->is_array()) {
    read_value(value, out.targets);
  } else {
    expected(value, "a list of places");
  }
}

CallPolicy& policy_of(Need& need) {
  return need.policy ? *need.policy : need.policy.emplace();
}

constexpr Key<Need> kNeedKeys[] = {
    {{"kind", "need kind", "\"hard\"", "what a failure of the target means",
      "\"cached\""},
     into<&Need::kind>},
    {{"on", "place", "", "the target; default: NAME", "\"scus.c\""},
     read_target},
    {{"of", "list of place", "", "the targets of `any` and `quorum`",
      "[\"scus.c\", \"east\"]"},
     read_alternatives},
    {{"share", "share", "\"100 %\"", "part of the requests that make the call",
      "\"30 %\""},
     into<&Need::share>},
    {{"timeout", "duration", "", "an answer slower than this has failed",
      "\"2 s\""},
     into<&Need::timeout, kPositiveTime>},
    {{"calls", "number", "1", "calls that a request makes, where it makes any",
      "3"},
     [](const Value& v, Need& n) { read_value(v, policy_of(n).calls); }},
    {{"retry", "retry", "", "what the caller does about a call that fails",
      "{ attempts = 3, backoff = \"100 ms\", budget = \"10 %\" }"},
     [](const Value& v, Need& n) { read_value(v, policy_of(n).retry); }},
    {{"breaker", "breaker", "", "stops the calls while they go on failing",
      "{ opens_at = \"50 %\" }"},
     [](const Value& v, Need& n) {
       read_value(v, policy_of(n).breaker.emplace());
     }},
    {{"priority", "number", "0",
      "where the target sheds load, the lowest goes first", "1"},
     [](const Value& v, Need& n) { read_priority(v, policy_of(n)); }},
    {{"hedge", "duration", "",
      "a second copy of a call that is not answered after so long; the first "
      "answer counts",
      "\"200 ms\""},
     [](const Value& v, Need& n) {
       read_value(v, policy_of(n).hedge.emplace(), kPositiveTime);
     }},
    {{"cache", "call cache", "", "answers most of the calls, while it is warm",
      "{ hits = \"95 %\", entries = 100_000, in = \"redis\" }"},
     [](const Value& v, Need& n) { read_value(v, n.cache.emplace()); }},
    {{"grace", "law", "",
      "time from the target's failure until a cached answer runs out",
      "\"uniform(0 min, 20 min)\"", "cached"},
     into<&Need::grace>},
    {{"life", "duration", "",
      "how long an answer is kept; the same as grace = \"uniform(0 "
      "min, LIFE)\"",
      "\"20 min\"", "cached"},
     read_life},
    {{"refill", "law", "", "delay of recovery while caches fill", "\"5 min\"",
      "cached"},
     into<&Need::refill>},
    {{"forget", "law", "", "how long bad answers live on after repair",
      "\"exponential(mean 10 min)\"", "cached"},
     into<&Need::forget>},
    {{"switch", "switch by", "\"automatic\"", "who switches over",
      "\"by hand\"", "any"},
     into<&Need::switch_by>},
    {{"below", "share", "\"50 %\"",
      "switches when the active one serves less than this", "\"90 %\"", "any"},
     into<&Need::switch_below>},
    {{"detection", "law", "\"0 s\"", "time to notice that",
      "\"exponential(mean 1 min)\"", "any"},
     into<&Need::switch_detection>},
    {{"switch_time", "law", "\"0 s\"",
      "time to switch over; nothing is served meanwhile", "\"30 s\"", "any"},
     into<&Need::switch_time>},
    {{"coverage", "probability", "\"100 %\"",
      "that an automatic switch-over works", "\"95 %\"", "any"},
     into<&Need::coverage>},
    {{"switch_back", "flag", "false",
      "returns to the first target once it works again", "true", "any"},
     into<&Need::switch_back>},
    {{"at_least", "count", "1", "how many targets must answer", "2", "quorum"},
     into<&Need::at_least>},
    {{"drain", "number", "2",
      "queued work is done at this multiple of its arrival, above 1", "1.5",
      "async"},
     into<&Need::drain, kAboveOne>},
    {{"break_glass", "law", "",
      "time to get in by another door; default: there is none",
      "\"lognormal(median 30 min, sigma 0.5)\"", "to_repair"},
     into<&Need::break_glass>},
};
constexpr TableType<Need> kNeedTable = {
    "need", "[service.NAME.needs.NAME]",
    "An edge of the dependency graph. A bare string is the kind.", kNeedKeys};

bool has_many_targets(NeedKind kind) {
  return kind == NeedKind::kAny || kind == NeedKind::kQuorum;
}

std::string_view word_of(NeedKind kind) {
  return std::ranges::find(kChoices<NeedKind>, kind, &Choice<NeedKind>::value)
      ->word;
}

void refuse(const Value& entry, std::string_view key, std::string message,
            std::string hint = {}) {
  const auto found = entry.node->as_table()->find(key);
  if (found == entry.node->as_table()->end()) return;
  wrong_key({entry.in, &found->second, &found->first}, std::move(message),
            std::move(hint));
}

std::string quoted(std::string_view word) {
  return '"' + std::string(word) + '"';
}

void refuse_keys_of_other_kinds(const Value& entry, const Need& need) {
  const std::string kind(word_of(need.kind));
  for (const Key<Need>& key : kNeedKeys) {
    if (key.info.only.empty() || key.info.only == kind) continue;
    refuse(
        entry, key.info.name,
        "a need of kind " + quoted(kind) + " has no " + quoted(key.info.name),
        "that belongs to " + quoted(key.info.only));
  }
  if (has_many_targets(need.kind)) {
    refuse(entry, "on", "a need of kind \"" + kind + "\" has several targets",
           "list them: of = [\"a\", \"b\"]");
  } else {
    refuse(entry, "of", "a need of kind \"" + kind + "\" has one target",
           "name it: on = \"a\"");
  }
  if (entry.node->as_table()->contains("grace")) {
    refuse(entry, "life", "\"life\" and \"grace\" say the same");
  }
}

void check_targets(const Value& entry, const Need& need) {
  if (!has_many_targets(need.kind)) return;
  if (need.targets.size() < 2) {
    wrong_key(entry,
              "a need of kind \"" + std::string(word_of(need.kind)) +
                  "\" has at least two targets",
              "list them: of = [\"a\", \"b\"]");
  } else if (need.kind == NeedKind::kQuorum &&
             need.at_least > need.targets.size()) {
    refuse(entry, "at_least",
           "at least " + std::to_string(need.at_least) + " of " +
               std::to_string(need.targets.size()) +
               " targets can never answer");
  }
}

void read_need_table(const Value& entry, Need& need) {
  const toml::table& table = *entry.node->as_table();
  read_table(entry, kNeedTable, need);
  refuse_keys_of_other_kinds(entry, need);
  check_targets(entry, need);
  if (need.kind == NeedKind::kCached && !need.grace &&
      !table.contains("grace") && !table.contains("life")) {
    wrong_key(entry, "a need of kind \"cached\" says how long answers last",
              "for example life = \"20 min\"");
  }
}

// The target of a need that says none: its key.
void take_target_from_key(const Value& entry, Need& need) {
  Place place;
  place.service.at = need.at;
  split_place(*entry.in, need.name, place);
  need.targets.push_back(std::move(place));
}

void read_need(const Value& entry, Need& need) {
  need.name = std::string(entry.key->str());
  need.at = position_of_key(entry);
  if (entry.node->is_table()) {
    read_need_table(entry, need);
  } else if (entry.node->is_string()) {
    if (!read_value(entry, need.kind)) return;
    if (has_many_targets(need.kind)) {
      wrong(entry,
            "a need of kind \"" + std::string(word_of(need.kind)) +
                "\" lists its targets",
            "for example { kind = \"any\", of = [\"a\", \"b\"] }");
      return;
    }
    if (need.kind == NeedKind::kCached) {
      wrong(entry, "a need of kind \"cached\" says how long answers last",
            R"(for example { kind = "cached", life = "20 min" })");
      return;
    }
  } else {
    expected(entry, R"(a kind of need such as "hard", or a table)");
    return;
  }
  if (need.targets.empty() && !has_many_targets(need.kind)) {
    take_target_from_key(entry, need);
  }
}

void read_need_list(const Value& value, Service& out) {
  for (const toml::node& node : *value.node->as_array()) {
    const Value one{value.in, &node};
    Place place;
    if (!read_value(one, place)) continue;
    Need& need = out.needs.emplace_back();
    need.name = node.is_string() ? node.as_string()->get() : place.service.name;
    need.at = position_of(one);
    need.targets.push_back(std::move(place));
  }
}

}  // namespace

void read_needs(const Value& value, Service& out) {
  if (const toml::array* list = value.node->as_array()) {
    out.needs.reserve(list->size());
    read_need_list(value, out);
    return;
  }
  if (!value.node->is_table()) {
    expected(value, R"(a list such as ["db"] or a table of needs)");
    return;
  }
  for (const Value& entry : entries_in_order(value)) {
    if (is_fit_name(entry)) read_need(entry, out.needs.emplace_back());
  }
}

std::vector<TableInfo> need_tables() { return {describe(kNeedTable)}; }

}  // namespace outagesim
