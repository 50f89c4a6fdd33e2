// What a service is offered and can take, and what callers do about failure:
// the tables `offers`, `serves`, `retry`, `breaker` and `cache`.
#include <string>
#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

// Faster ones would turn more often than calls are made.
constexpr Range kBreakerTime{0.01, kLongest, true};

constexpr Key<Breaker> kBreakerKeys[] = {
    {{"opens_at", "share", "\"50 %\"",
      "stops the calls when this share of them has failed", "\"30 %\""},
     into<&Breaker::opens_at>},
    {{"window", "duration", "\"10 s\"", "of the calls it looks at", "\"5 s\""},
     into<&Breaker::window, kBreakerTime>},
    {{"open_for", "duration", "\"30 s\"",
      "makes no calls for so long, then tries a few for one window",
      "\"60 s\""},
     into<&Breaker::open_for, kBreakerTime>},
    {{"lets_through", "share", "\"5 %\"", "of the calls, while it tries",
      "\"1 %\""},
     into<&Breaker::lets_through>},
};
constexpr TableType<Breaker> kBreakerTable = {
    "breaker", "breaker = { … }",
    "A circuit breaker of the caller: closed, open, half-open, and closed "
    "again if a window of trying was good.",
    kBreakerKeys};

constexpr Key<RetryPolicy> kRetryKeys[] = {
    {{"attempts", "count", "1", "calls in all, the first one included", "3"},
     into<&RetryPolicy::attempts>},
    {{"backoff", "duration", "\"0 s\"", "wait before the first retry",
      "\"100 ms\""},
     into<&RetryPolicy::backoff>},
    {{"grows", "number", "1", "each wait is so many times the one before", "2"},
     into<&RetryPolicy::grows, kAtLeastOne>},
    {{"jitter", "share", "\"0 %\"",
      "the wait is spread evenly by this share of it, either way", "\"50 %\""},
     into<&RetryPolicy::jitter>},
    {{"budget", "share", "",
      "retries and copies allowed for each new call, on average", "\"10 %\""},
     into<&RetryPolicy::budget>},
    {{"burst", "duration", "\"10 s\"",
      "with `budget`: what so long a time allows may be spent at once",
      "\"1 s\""},
     into<&RetryPolicy::burst>},
};
constexpr TableType<RetryPolicy> kRetryTable = {
    "retry", "retry = { … }", "What a caller does about a call that fails.",
    kRetryKeys};

constexpr Key<CallCache> kCacheKeys[] = {
    {{"hits", "share", kRequired, "of the calls it answers, once it is full",
      "\"95 %\""},
     into<&CallCache::hits>},
    {{"entries", "number", kRequired, "fetched until it is full", "100_000"},
     into<&CallCache::entries, kPositive>},
    {{"in", "name", "",
      "the service that keeps it, and loses it when it falls; default: the "
      "caller itself",
      "\"redis\""},
     into<&CallCache::in>},
};
constexpr TableType<CallCache> kCacheTable = {
    "call cache", "cache = { … }",
    "A cache in front of a call. It is warm at the start; all entries are "
    "equally popular, so a cold one answers in proportion to what it has "
    "fetched.",
    kCacheKeys};

constexpr Key<Surge> kSurgeKeys[] = {
    {{"at", "time", kRequired, "from the scenario's start", "\"2 h\""},
     into<&Surge::at, kAnyTime>},
    {{"lasting", "duration", kRequired, "how long", "\"10 min\""},
     into<&Surge::lasting, kPositiveTime>},
    {{"times", "number", "1", "so many times the usual", "3"},
     into<&Surge::times>},
    {{"adds", "rate", "\"0 /s\"", "and so many more", "\"500 /s\""},
     into<&Surge::adds>},
};
constexpr TableType<Surge> kSurgeTable = {
    "surge", "surges = [{ … }, …]",
    "An event: a launch, a broadcast, a release of an operating system.",
    kSurgeKeys};

void read_surges(const Value& value, Offers& out) {
  const toml::array* list = value.node->as_array();
  if (!list) {
    expected(value, R"(a list such as [{ at = "2 h", lasting = "10 min", )"
                    R"(times = 3 }])");
    return;
  }
  for (const toml::node& node : *list) {
    read_table({value.in, &node}, kSurgeTable, out.surges.emplace_back());
  }
}

constexpr Key<Offers> kOffersKeys[] = {
    {{"rate", "rate", "\"0 /s\"", "requests, mean over a week", "\"200 /s\""},
     into<&Offers::rate>},
    {{"per_node", "rate", "\"0 /s\"",
      "and so many for each unit of a cell's size", "\"0.1 /s\""},
     into<&Offers::per_node>},
    {{"profile", "name", "", "by hour and weekday; default: even",
      "\"us-business\""},
     into<&Offers::profile>},
    {{"zone", "time zone", "\"UTC\"", "where they come from",
      "\"America/Los_Angeles\""},
     [](const Value& v, Offers& o) { read_zone(v, o.zone); }},
    {{"surges", "list of surge", "", "events that bring more",
      "[{ at = \"2 h\", lasting = \"10 min\", times = 3 }]"},
     read_surges},
    {{"timeout", "duration", "", "an answer slower than this has failed",
      "\"2 s\""},
     into<&Offers::timeout, kPositiveTime>},
    {{"retry", "retry", "", "what they do about a request that fails",
      "{ attempts = 3, backoff = \"1 s\" }"},
     [](const Value& v, Offers& o) { read_value(v, o.policy.retry); }},
    {{"breaker", "breaker", "", "stops the requests while they go on failing",
      "{ opens_at = \"50 %\" }"},
     [](const Value& v, Offers& o) {
       read_value(v, o.policy.breaker.emplace());
     }},
    {{"priority", "number", "0", "where load is shed, the lowest goes first",
      "1"},
     [](const Value& v, Offers& o) { read_priority(v, o.policy); }},
    {{"hedge", "duration", "",
      "a second copy of a call that is not answered after so long; the first "
      "answer counts",
      "\"200 ms\""},
     [](const Value& v, Offers& o) {
       read_value(v, o.policy.hedge.emplace(), kPositiveTime);
     }},
};
constexpr TableType<Offers> kOffersTable = {
    "offers", "[service.NAME.offers]",
    "Requests that come from outside the system.", kOffersKeys};

constexpr Key<ScaleOut> kScaleOutKeys[] = {
    {{"above", "share", "\"80 %\"", "of the capacity in use", "\"70 %\""},
     into<&ScaleOut::above>},
    {{"delay", "duration", "\"5 min\"",
      "until the new capacity works, and before any more is asked for",
      "\"3 min\""},
     into<&ScaleOut::delay>},
    {{"ceiling", "number", "2", "at most so many times the capacity", "4"},
     into<&ScaleOut::ceiling, kAtLeastOne>},
};
constexpr TableType<ScaleOut> kScaleOutTable = {
    "scale-out", "scale_out = { … }",
    "More capacity when it is needed, so that `above` of it is in use.",
    kScaleOutKeys};

void read_scale_out(const Value& value, Serves& out) {
  read_table(value, kScaleOutTable, out.scale_out.emplace());
}

void read_pace(const Value& value, Serves& out, bool is_per_cell) {
  out.is_per_cell = is_per_cell;
  if (!read_value(value, out.capacity) || out.capacity.value > 0) return;
  wrong(value, "a service that serves nothing is down",
        "say that of it by a fault, and here what it serves at other times");
}
void read_capacity(const Value& value, Serves& out) {
  read_pace(value, out, false);
}
void read_per_cell(const Value& value, Serves& out) {
  read_pace(value, out, true);
}

constexpr Key<Serves> kServesKeys[] = {
    {{"capacity", "rate", "",
      "requests it can serve, all cells together, each in proportion to its "
      "size",
      "\"1000 /s\""},
     read_capacity},
    {{"per_cell", "rate", "", "instead: requests that each cell can serve",
      "\"500 /s\""},
     read_per_cell},
    {{"at_once", "count", "1",
      "requests in work at the same time, in each cell", "64"},
     into<&Serves::at_once>},
    {{"varies", "number", "1",
      "coefficient of variation of their work: 0 fixed, 1 exponential", "0"},
     into<&Serves::varies>},
    {{"queue", "number", "",
      "requests waiting and in work, in each cell, above which it refuses; "
      "default: no bound",
      "500"},
     into<&Serves::queue, kAtLeastOne>},
    {{"drop_expired", "flag", "false",
      "does not work for callers who have given up", "true"},
     into<&Serves::drops_expired>},
    {{"shed", "flag", "false",
      "when its queue is full, refuses the lowest priority first", "true"},
     into<&Serves::sheds>},
    {{"limit", "rate", "", "a rate limit: refuses what goes beyond",
      "\"800 /s\""},
     into<&Serves::limit>},
    {{"scale_out", "scale-out", "", "more capacity when it is needed",
      "{ above = \"70 %\", delay = \"3 min\", ceiling = 4 }"},
     read_scale_out},
    {{"falls_over_after", "duration", "",
      "goes down after so long of answering nobody in time, and stays down "
      "while more is offered than it can serve",
      "\"2 min\""},
     into<&Serves::falls_over_after>},
};
constexpr TableType<Serves> kServesTable = {
    "serves", "[service.NAME.serves]",
    "How much a service can take: exactly one of `capacity` and `per_cell`.",
    kServesKeys};

}  // namespace

bool read_value(const Value& value, Breaker& out) {
  return read_table(value, kBreakerTable, out);
}

bool read_value(const Value& value, RetryPolicy& out) {
  if (!read_table(value, kRetryTable, out)) return false;
  if (out.attempts <= 100) return true;
  wrong(value, "a call is attempted at most 100 times");
  return false;
}

bool read_value(const Value& value, CallCache& out) {
  return read_table(value, kCacheTable, out);
}

bool read_value(const Value& value, Offers& out) {
  return read_table(value, kOffersTable, out);
}

bool read_value(const Value& value, Serves& out) {
  if (!read_table(value, kServesTable, out)) return false;
  const toml::table& table = *value.node->as_table();
  if (table.contains("capacity") != table.contains("per_cell")) return true;
  wrong_key(value, "a service serves exactly one of `capacity` and `per_cell`",
            "for example serves = { capacity = \"1000 /s\" }");
  return false;
}

void read_priority(const Value& value, CallPolicy& out) {
  double priority = 0;
  if (!read_value(value, priority, Range{0, 1e6, true})) return;
  out.priority = static_cast<std::uint32_t>(priority);
}

std::vector<TableInfo> load_tables() {
  return {describe(kOffersTable), describe(kSurgeTable),
          describe(kServesTable), describe(kScaleOutTable),
          describe(kRetryTable),  describe(kBreakerTable),
          describe(kCacheTable)};
}

}  // namespace outagesim
