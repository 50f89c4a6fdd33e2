// What a fault does, how visibly, and what follows its end.
#include <string>
#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

using What = FaultEffect::What;

template <class T>
void read_amount(const Value& value, FaultEffect& out, What what) {
  T amount{};
  if (read_value(value, amount)) out.amount = amount.value;
  out.what = what;
}

template <int power>
void read_adds(const Value& value, FaultEffect& out) {
  PerSecond rate;
  if (read_value(value, rate)) out.amount = rate.value;
  out.what = What::kAdds;
  out.power = power;
}

constexpr Key<FaultEffect> kEffectKeys[] = {
    {{"health", "share", "", "this share of its own capacity is left",
      "\"40 %\""},
     [](const Value& v, FaultEffect& e) {
       read_amount<Fraction>(v, e, What::kHealth);
     }},
    {{"errors", "share", "", "this share of requests fails", "\"20 %\""},
     [](const Value& v, FaultEffect& e) {
       read_amount<Fraction>(v, e, What::kErrors);
     }},
    {{"load", "number", "", "this multiple of the usual demand", "1.5"},
     [](const Value& v, FaultEffect& e) {
       read_value(v, e.amount);
       e.what = What::kLoad;
     }},
    {{"latency", "duration", "", "added to every answer", "\"2 s\""},
     [](const Value& v, FaultEffect& e) {
       read_value(v, e.latency);
       e.what = What::kLatency;
     }},
    {{"adds", "rate", "",
      "requests a second more at each cell, of a service that `serves` a "
      "capacity",
      "\"200 /s\""},
     read_adds<0>},
    {{"per_node", "rate", "", "the same for each unit of the cell's size",
      "\"0.5 /s\""},
     read_adds<1>},
    {{"per_node_squared", "rate", "",
      "the same for each unit of the cell's size squared", "\"0.0005 /s\""},
     read_adds<2>},
    {{"power", "number", "0", "with `adds`: times the cell's size to this",
      "1.5"},
     into<&FaultEffect::power>},
};
constexpr TableType<FaultEffect> kEffectTable = {
    "effect", "effect = { … }",
    "What a fault does where it strikes: exactly one of these.", kEffectKeys};

void read_gradual(const Value& value, Visibility& out) {
  read_value(value, out.emplace<Gradual>().over, kPositiveTime);
}
constexpr Key<Visibility> kGradualKeys[] = {
    {{"gradual", "duration", kRequired, "grows evenly over this time",
      "\"10 min\""},
     read_gradual},
};
constexpr TableType<Visibility> kGradualTable = {
    "gradual", "visible = { gradual = … }", "A fault that grows from nothing.",
    kGradualKeys};

constexpr Key<Intermittent> kIntermittentKeys[] = {
    {{"every", "duration", kRequired, "the period", "\"5 min\""},
     into<&Intermittent::every, kPositiveTime>},
    {{"lasting", "duration", kRequired, "of an episode, below `every`",
      "\"30 s\""},
     into<&Intermittent::lasting, kPositiveTime>},
    {{"probability", "probability", "\"100 %\"", "that a period has an episode",
      "\"50 %\""},
     into<&Intermittent::probability>},
    {{"grows_to", "probability", "the same",
      "the probability at `over` and after", "\"100 %\""},
     into<&Intermittent::grows_to>},
    {{"over", "duration", "\"0 s\"", "time in which it grows there", "\"1 h\""},
     into<&Intermittent::over>},
};
constexpr TableType<Intermittent> kIntermittentTable = {
    "intermittent", "visible = { every = …, lasting = … }",
    "A fault that comes and goes.", kIntermittentKeys};

bool read_intermittent(const Value& value, Intermittent& out) {
  if (!read_table(value, kIntermittentTable, out)) return false;
  if (!value.node->as_table()->contains("grows_to")) {
    out.grows_to = out.probability;
  }
  if (out.lasting < out.every || out.every.value == 0) return true;
  wrong(value, "an episode must be shorter than its period",
        "`lasting` is not below `every`");
  return false;
}

constexpr Key<RestartAfter> kThenKeys[] = {
    {{"takes", "law", kRequired, "time to restart what stood on the place",
      "\"lognormal(median 86 min, sigma 1.39)\""},
     into<&RestartAfter::takes>},
    {{"correlation", "number", "1",
      "of the times of one incident's cells, from 0 to 1", "0.8"},
     into<&RestartAfter::correlation, kZeroToOne>},
};
constexpr TableType<RestartAfter> kThenTable = {
    "then", "then = { … }",
    "A restart that follows the fault's end. A bare law is `takes`.",
    kThenKeys};

}  // namespace

bool read_value(const Value& value, FaultEffect& out) {
  if (value.node->is_table()) {
    const toml::table& table = *value.node->as_table();
    const bool is_one = table.size() == 1 && !table.contains("power");
    const bool has_power =
        table.size() == 2 && table.contains("adds") && table.contains("power");
    if (is_one || has_power) return read_table(value, kEffectTable, out);
    wrong(value,
          "an effect is exactly one of health, errors, load, latency, adds, "
          "per_node, per_node_squared",
          "`power` goes with `adds` alone");
    return false;
  }
  out.what = What::kDown;
  return is_word(value, "down",
                 R"("down" or an effect such as { health = "40 %" }, )"
                 R"({ errors = "20 %" }, { load = 1.5 } or )"
                 R"({ latency = "2 s" })");
}

bool read_value(const Value& value, Visibility& out) {
  if (const toml::table* table = value.node->as_table()) {
    if (table->contains("gradual")) {
      return read_table(value, kGradualTable, out);
    }
    return read_intermittent(value, out.emplace<Intermittent>());
  }
  return is_word(value, "at once",
                 R"("at once", { gradual = "10 min" } or )"
                 R"({ every = "5 min", lasting = "30 s" })");
}

bool read_value(const Value& value, RestartAfter& out) {
  if (value.node->is_table()) return read_table(value, kThenTable, out);
  return read_value(value, out.takes);
}

std::vector<TableInfo> effect_tables() {
  return {describe(kEffectTable), describe(kGradualTable),
          describe(kIntermittentTable), describe(kThenTable)};
}

}  // namespace outagesim
