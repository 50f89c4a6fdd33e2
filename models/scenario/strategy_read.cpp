#include <algorithm>
#include <string>
#include <utility>

#include "models/scenario/names.h"
#include "models/scenario/sections.h"
#include "models/scenario/strategy_path.h"
#include "models/scenario/strategy_text.h"

namespace outagesim {
namespace {

constexpr Key<Strategy> kPriceKeys[] = {
    {{"once", "money", "\"0 USD\"", "paid once", "\"2 MUSD\""},
     into<&Strategy::price_once>},
    {{"per_year", "money", "\"0 USD\"", "paid each year", "\"500 kUSD\""},
     into<&Strategy::price_per_year>},
};
constexpr TableType<Strategy> kPriceTable = {
    "price", "price = { … }", "What a strategy costs.", kPriceKeys};

template <auto Member, class T>
void keep_table(const Value& value, T& out) {
  if (value.node->is_table()) {
    out.*Member = value;
  } else {
    expected(value, "a table");
  }
}

// Kinds stay words, for they are compared with words; but they must be some.
template <auto Member, class Enum>
void keep_kind(const Value& value, ChangeWhere& out) {
  Enum kind{};
  if (read_value(value, kind)) out.*Member = value;
}

template <auto Member>
void keep_pattern(const Value& value, ChangeWhere& out) {
  std::string text;
  if (read_value(value, text)) out.*Member = value;
}

constexpr Key<ChangeWhere> kWhereKeys[] = {
    {{"kind", "need kind", "", "of the need", "\"hard\""},
     keep_kind<&ChangeWhere::kind, NeedKind>},
    {{"of_kind", "service kind", "", "of a service that is needed or struck",
      "\"supplier\""},
     keep_kind<&ChangeWhere::of_kind, ServiceKind>},
    {{"service_kind", "service kind", "",
      "of the service itself, or of the one whose need it is", "\"product\""},
     keep_kind<&ChangeWhere::service_kind, ServiceKind>},
    {{"name", "pattern", "", "its own name", "\"db-*\""},
     keep_pattern<&ChangeWhere::name>},
    {{"service", "pattern", "", "the service whose need it is", "\"db-*\""},
     keep_pattern<&ChangeWhere::service>},
};
constexpr TableType<ChangeWhere> kWhereTable = {
    "change where", "where = { … }",
    "Which things a change means: those that fit all of it.", kWhereKeys};

constexpr Key<ChangeText> kChangeKeys[] = {
    {{"each", "each", kRequired, "what kind of thing it changes", "\"need\""},
     into<&ChangeText::each>},
    {{"where", "change where", "", "which of them; default: all",
      "{ kind = \"hard\", of_kind = \"supplier\" }"},
     [](const Value& v, ChangeText& c) {
       read_table(v, kWhereTable, c.where);
     }},
    {{"one", "flag", "false", "exactly one is meant; two are a mistake",
      "true"},
     into<&ChangeText::one>},
    {{"may_miss", "flag", "false",
      "in a library: a system without such a thing is left as it is", "true"},
     into<&ChangeText::may_miss>},
    {{"set", "table of any", "",
      "values, by their path inside the thing; \"{name}\", \"{service}\" and "
      "\"{target}\" in a text stand for the thing's own",
      "{ switch = \"automatic\" }"},
     keep_table<&ChangeText::set, ChangeText>},
    {{"becomes", "table of any", "", "the whole thing, said anew",
      "{ kind = \"any\", of = [\"{target}\", \"spare\"] }"},
     keep_table<&ChangeText::becomes, ChangeText>},
    {{"add", "table of table of any", "", "named things, for each that is hit",
      "{ team = { \"{name}-watch\" = { responders = 2 } } }"},
     keep_table<&ChangeText::add, ChangeText>},
    {{"remove", "flag", "false", "takes the thing away", "true"},
     into<&ChangeText::remove>},
};
constexpr TableType<ChangeText> kChangeTable = {
    "strategy change", "[[strategy.NAME.change]]",
    "A change by pattern, so that a strategy fits any system.", kChangeKeys};

void refuse_where(const std::optional<Value>& value, bool allowed,
                  std::string_view belongs_to) {
  if (value && !allowed) {
    wrong_key(*value, '"' + std::string(value->key->str()) + "\" is said of " +
                          std::string(belongs_to));
  }
}

void check_change(const ChangeText& change) {
  const bool need = change.each == Each::kNeed;
  refuse_where(change.where.kind, need, "a need");
  refuse_where(change.where.service, need, "a need");
  refuse_where(change.where.of_kind, need || change.each == Each::kFault,
               "a need or a fault");
  refuse_where(change.where.service_kind, need || change.each == Each::kService,
               "a service or a need");
  if (!change.set && !change.becomes && !change.add && !change.remove) {
    wrong(change.written, "this change says nothing to change",
          "for example set = { switch = \"automatic\" }");
  }
}

void read_change(const Value& value, StrategyText& out) {
  ChangeText& change = out.changes.emplace_back();
  change.written = value;
  const size_t before = value.in->mistakes.size();
  read_table(value, kChangeTable, change);
  if (value.in->mistakes.size() == before) check_change(change);
}

void read_changes_of(const Value& value, StrategyText& out) {
  const toml::array* list = value.node->as_array();
  if (!list) {
    expected(value, "tables [[strategy.NAME.change]]");
    return;
  }
  for (const toml::node& node : *list) read_change({value.in, &node}, out);
}

void read_price(const Value& value, StrategyText& out) {
  out.has_price = true;
  read_table(value, kPriceTable, out.strategy);
}

void read_removed(const Value& value, StrategyText& out) {
  std::vector<Reference> paths;
  if (!read_value(value, paths)) return;
  if (const toml::array* list = value.node->as_array()) {
    for (const toml::node& node : *list) {
      out.remove.push_back({value.in, &node});
    }
  } else {
    out.remove.push_back({value.in, value.node});
  }
}

constexpr Key<StrategyText> kStrategyKeys[] = {
    {{"why", "text", kRequired, "what it is and why it should help, in a line",
      "\"fails over without people\""},
     [](const Value& v, StrategyText& s) { read_value(v, s.strategy.why); }},
    {{"price", "price", "",
      "what it costs, without it not known; of a combination: that of its "
      "parts",
      "{ once = \"2 MUSD\", per_year = \"500 kUSD\" }"},
     read_price},
    {{"set", "table of any", "",
      "values by their path in the scenario; `*` fits any characters of a "
      "part, and a path that hits nothing is a mistake",
      "{ \"service.db-*.needs.place.switch\" = \"automatic\" }"},
     keep_table<&StrategyText::set, StrategyText>},
    {{"remove", "path | list of path", "", "what it takes away",
      "[\"service.shop.needs.cache\"]"},
     read_removed},
    {{"add", "table of table of any", "",
      "what it adds, in the scenario's own words: "
      "[strategy.NAME.add.service.NAME]",
      "{ service = { spare = { kind = \"supplier\" } } }"},
     keep_table<&StrategyText::add, StrategyText>},
    {{"change", "list of strategy change", "", "changes by pattern",
      "[{ each = \"need\", set = { switch = \"automatic\" } }]"},
     read_changes_of},
    {{"combines", "list of name", "",
      "strategies that it is made of, in the order in which they are applied",
      "[\"automatic-failover\", \"faster-restart\"]"},
     [](const Value& v, StrategyText& s) { read_value(v, s.combines); }},
};
constexpr TableType<StrategyText> kStrategyTable = {
    "strategy", "[strategy.NAME]",
    "Something that could be done, as a patch of the scenario with a price. "
    "Its parts are applied in the order combines, add, set, remove, change.",
    kStrategyKeys};

NameIndex names_of(const std::vector<StrategyText>& strategies) {
  NameIndex names("strategy");
  Mistakes none;  // a table has no name twice
  for (size_t i = 0; i < strategies.size(); ++i) {
    names.add(strategies[i].name, strategies[i].at, i, none);
  }
  return names;
}

// Whether the strategies that `from` combines lead to `goal`.
bool leads_to(const std::vector<StrategyText>& strategies,
              const NameIndex& names, size_t goal, size_t from,
              std::vector<bool>& seen) {
  for (const Reference& part : strategies[from].combines) {
    const size_t* next = names.find(part.name);
    if (!next) continue;
    if (*next == goal) return true;
    if (seen[*next]) continue;
    seen[*next] = true;
    if (leads_to(strategies, names, goal, *next, seen)) return true;
  }
  return false;
}

void check_combinations(const std::vector<StrategyText>& strategies,
                        Mistakes& mistakes) {
  const NameIndex names = names_of(strategies);
  for (size_t i = 0; i < strategies.size(); ++i) {
    for (const Reference& part : strategies[i].combines) {
      names.check(part, mistakes);
    }
    std::vector<bool> seen(strategies.size());
    if (leads_to(strategies, names, i, i, seen)) {
      mistake_at(strategies[i].combines.front().at,
                 '"' + strategies[i].name +
                     "\" combines strategies in a circle that leads back to it",
                 "", mistakes);
    }
  }
}

void complete(StrategyText& text) {
  text.strategy.name = text.name;
  text.strategy.at = text.at;
  for (const Reference& part : text.combines) {
    text.strategy.combines.push_back(part.name);
  }
}

}  // namespace

std::vector<StrategyText> read_strategies(Reading& in) {
  std::vector<StrategyText> strategies;
  const auto section = in.document.root.find("strategy");
  if (section == in.document.root.end()) return strategies;
  read_each_named({&in, &section->second, &section->first}, kStrategyTable,
                  strategies, complete);
  check_combinations(strategies, in.mistakes);
  return strategies;
}

std::vector<TableInfo> strategy_tables() {
  return {describe(kStrategyTable), describe(kPriceTable),
          describe(kChangeTable), describe(kWhereTable)};
}

}  // namespace outagesim
