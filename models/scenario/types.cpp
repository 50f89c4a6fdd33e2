#include "models/scenario/types.h"

#include <utility>

#include "models/scenario/sections.h"

namespace outagesim {
namespace {

constexpr std::string_view kTextSchema = R"({"type": "string"})";
constexpr std::string_view kNameSchema =
    R"({"type": "string", "minLength": 1, "maxLength": 200})";
constexpr std::string_view kTimeSchema =
    R"({"type": "string", "pattern": "^ *[-+]?[0-9.]+([eE][-+]?[0-9]+)? *(ms|s|min|h|d|w|y) *$"})";
constexpr std::string_view kDurationSchema =
    R"({"type": "string", "pattern": "^ *\\+?[0-9.]+([eE][-+]?[0-9]+)? *(ms|s|min|h|d|w|y) *$"})";
constexpr std::string_view kShareSchema =
    R"({"type": "string", "pattern": "^ *\\+?[0-9.]+([eE][-+]?[0-9]+)? *(%|ppm) *$"})";
constexpr std::string_view kRateSchema =
    R"({"type": "string", "pattern": "^ *\\+?[0-9.]+([eE][-+]?[0-9]+)? *(/|per ) *[a-z]+ *$"})";
constexpr std::string_view kMoneySchema =
    R"({"type": "string", "pattern": "^ *\\+?[0-9.]+([eE][-+]?[0-9]+)? *[kM]?USD *$"})";
constexpr std::string_view kCellsSchema =
    R"({"anyOf": [{"const": "all"}, {"type": "integer", "minimum": 1}, {"type": "string", "pattern": "%|^size *[<>]"}, {"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 1}]})";

constexpr ValueType kTypes[] = {
    {"text", "Any text.", "", "\"ChatGPT\"", kTextSchema},
    {"name",
     "The name of something defined in the scenario; in any script, at most "
     "200 bytes.",
     "", "\"db\"", kNameSchema},
    {"stage", "The name of a stage of the response's library.", "",
     "\"mitigate\"", kNameSchema},
    {"path", "A path: of a file, or of a value in the scenario.", "",
     "\"systems/shop.toml\"", kNameSchema},
    {"flag", "True or false.", "", "true", R"({"type": "boolean"})"},
    {"number", "A plain number, from 0 unless its key says otherwise.", "",
     "1.5", R"({"type": "number"})"},
    {"count", "A whole number from 1 to a million.", "", "6",
     R"({"type": "integer", "minimum": 1, "maximum": 1000000})"},
    {"duration",
     "A length of time, not negative: `ms`, `s`, `min`, `h`, `d`, `w` or `y` "
     "(365 days).",
     "time", "\"30 min\"", kDurationSchema},
    {"time", "The same, but may be negative: before the scenario's start.",
     "time", "\"-4 min\"", kTimeSchema},
    {"share", "A part of a whole, `%` or `ppm`; at most 100 %.", "%",
     "\"99.95 %\"", kShareSchema},
    {"probability", "A share that is a probability.", "%", "\"50 %\"",
     kShareSchema},
    {"rate", "How often: `/s`, `per min`, `per day`, `per year`, …", "1/time",
     "\"2 per year\"", kRateSchema},
    {"date and time", "With its offset from UTC.", "", "2024-12-26T18:40:00Z",
     R"({})"},
    {"time of day", "Local hours and minutes.", "", "\"09:00\"",
     R"({"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$"})"},
    {"time zone",
     "A zone of the system's database, `UTC`, or an offset such as `+03:00`.",
     "", "\"Asia/Riyadh\"", kTextSchema},
    {"law",
     "A duration, or a law of durations; see `outagesim list distributions`.",
     "time", "\"lognormal(median 206 min, sigma 1.718)\"", kTextSchema},
    {"law of shares", "A share, or a law of shares.", "%",
     "\"uniform(10 %, 60 %)\"", kTextSchema},
    {"law of sizes", "A law of plain numbers.", "",
     "\"lognormal(median 100, sigma 1.8)\"", kTextSchema},
    {"condition",
     "`SERVICE < 50 %`, `SERVICE < 50 % for 30 min`, `remedy NAME done`, "
     "`fault NAME started` or `fault NAME ended`.",
     "", "\"db < 50 % for 30 min\"", kTextSchema},
    {"cells",
     "Which cells: `\"all\"`, a list of their names or numbers, how many at "
     "random, a share at random, or `\"size > 1000\"`, `\"size < 1000\"`.",
     "", "\"30 %\"", kCellsSchema},
    {"place",
     "A service, one of its cells (`\"db.a\"`), or a table with a choice of "
     "cells.",
     "", "{ service = \"db\", cells = 3 }",
     R"({"anyOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/place-table"}]})"},
    {"money", "An amount of US dollars, not negative: `USD`, `kUSD`, `MUSD`.",
     "USD", "\"2 MUSD\"", kMoneySchema},
    {"pattern", "A name; `*` in it fits any characters.", "", "\"db-*\"",
     kTextSchema},
    {"any", "Whatever the language has at the place where it is put.", "",
     "\"automatic\"", R"({})"},
    {"version", "The number 1.", "", "1", R"({"const": 1})"},
};

template <class Enum>
WordList words_of(std::string_view name) {
  WordList list{name, {}};
  for (const Choice<Enum>& choice : kChoices<Enum>) {
    list.words.push_back({choice.word, choice.meaning});
  }
  return list;
}

std::string_view unit_of_one(std::string_view type) {
  for (const ValueType& known : kTypes) {
    if (known.name == type) return known.unit;
  }
  return "";
}

void append(std::vector<TableInfo>& all, std::vector<TableInfo> some) {
  for (TableInfo& table : some) all.push_back(std::move(table));
}

}  // namespace

std::span<const ValueType> value_types() { return kTypes; }

std::vector<WordList> word_lists() {
  return {words_of<ServiceKind>("service kind"),
          words_of<NeedKind>("need kind"),
          words_of<Routing>("routing"),
          words_of<Restart::Shape>("restart shape"),
          words_of<SwitchBy>("switch by"),
          words_of<ClockFrom>("clock from"),
          words_of<CellOrder>("cell order"),
          words_of<PopulationClass>("population class"),
          words_of<Milestone>("milestone"),
          words_of<Each>("each")};
}

std::vector<TableInfo> tables() {
  std::vector<TableInfo> all = scenario_tables();
  append(all, service_tables());
  append(all, need_tables());
  append(all, load_tables());
  append(all, background_tables());
  append(all, fault_tables());
  append(all, effect_tables());
  append(all, place_tables());
  append(all, response_tables());
  append(all, remedy_tables());
  append(all, people_tables());
  append(all, belief_tables());
  append(all, objective_tables());
  append(all, strategy_tables());
  return all;
}

std::vector<std::string> alternatives(std::string_view type,
                                      std::string_view separator) {
  std::vector<std::string> parts;
  while (true) {
    const size_t at = type.find(separator);
    parts.emplace_back(type.substr(0, at));
    if (at == std::string_view::npos) return parts;
    type.remove_prefix(at + separator.size());
  }
}

std::string unit_of(std::string_view type) {
  constexpr std::string_view kMany[] = {"list of ", "table of "};
  for (const std::string_view many : kMany) {
    while (type.starts_with(many)) type.remove_prefix(many.size());
  }
  for (const std::string& one : alternatives(type)) {
    const std::string_view unit = unit_of_one(one);
    if (!unit.empty()) return std::string(unit);
  }
  return "";
}

}  // namespace outagesim
