// Changes by pattern: find the things of a kind that fit, then patch each.
#include <algorithm>
#include <array>
#include <utility>

#include "models/scenario/strategy_patch.h"

namespace outagesim {
namespace {

// A thing that a change may mean.
struct Thing {
  Hit at;
  std::string service;               // the service whose need it is, or itself
  std::vector<std::string> targets;  // what it needs or strikes: places
};

std::string word_in(const toml::table& table, std::string_view key,
                    std::string_view otherwise) {
  const toml::node* node = table.get(key);
  return node ? node->value_or(std::string(otherwise)) : std::string(otherwise);
}

std::string place_text(const toml::node& place) {
  if (const toml::table* table = place.as_table()) {
    return word_in(*table, "service", "");
  }
  return place.value_or("");
}

void add_places(const toml::node* places, std::vector<std::string>& out) {
  if (!places) return;
  if (const toml::array* list = places->as_array()) {
    for (const toml::node& place : *list) out.push_back(place_text(place));
  } else {
    out.push_back(place_text(*places));
  }
}

// The service of a place "svc.cell": the longest name of a service before a
// dot. A table that no service has, if there is none.
const toml::table* service_at(const toml::table& root, std::string place) {
  const toml::table* services = root["service"].as_table();
  while (services && !place.empty()) {
    if (const toml::node* found = services->get(place)) {
      return found->as_table();
    }
    const size_t dot = place.rfind('.');
    place.erase(dot == std::string::npos ? 0 : dot);
  }
  return nullptr;
}

std::string kind_at(const toml::table& root, const std::string& place) {
  const toml::table* service = service_at(root, place);
  return service ? word_in(*service, "kind", "service") : "";
}

void collect_needs(toml::table& service, const std::string& name,
                   std::vector<Thing>& out) {
  toml::table* needs = service["needs"].as_table();
  if (!needs) return;
  for (auto&& [key, node] : *needs) {
    const toml::table* need = node.as_table();
    if (!need) continue;
    Thing& thing =
        out.emplace_back(Thing{{needs, std::string(key.str())}, name, {}});
    add_places(need->get("on"), thing.targets);
    add_places(need->get("of"), thing.targets);
    if (thing.targets.empty()) thing.targets.emplace_back(key.str());
  }
}

void collect_section(toml::table& root, std::string_view section, Each each,
                     std::vector<Thing>& out) {
  toml::table* things = root[section].as_table();
  if (!things) return;
  for (auto&& [key, node] : *things) {
    toml::table* table = node.as_table();
    const std::string name(key.str());
    if (!table) continue;
    if (each == Each::kNeed) {
      collect_needs(*table, name, out);
    } else {
      Thing& thing = out.emplace_back(Thing{{things, name}, name, {}});
      add_places(table->get("where"), thing.targets);
    }
  }
}

std::vector<Thing> things_of(toml::table& root, Each each) {
  std::vector<Thing> things;
  switch (each) {
    case Each::kService:
    case Each::kNeed:
      collect_section(root, "service", each, things);
      break;
    case Each::kFault:
      collect_section(root, "fault", each, things);
      collect_section(root, "change", each, things);
      break;
    case Each::kResponse:
      collect_section(root, "response", each, things);
      break;
    case Each::kRemedy:
      collect_section(root, "remedy", each, things);
      break;
  }
  return things;
}

bool is_word(const std::optional<Value>& wanted, const std::string& word) {
  return !wanted || *text_of(*wanted) == word;
}

bool is_like(const std::optional<Value>& pattern, const std::string& name) {
  return !pattern || fits_pattern(*text_of(*pattern), name);
}

bool fits(const Thing& thing, const ChangeWhere& where, Each each,
          const toml::table& root) {
  if (!is_like(where.name, thing.at.key)) return false;
  if (!is_like(where.service, thing.service)) return false;
  if (where.kind) {
    const toml::table& need = *thing.at.table->get(thing.at.key)->as_table();
    if (!is_word(where.kind, word_in(need, "kind", "hard"))) return false;
  }
  const bool owned = each == Each::kNeed || each == Each::kService;
  if (owned && where.service_kind &&
      !is_word(where.service_kind, kind_at(root, thing.service))) {
    return false;
  }
  return !where.of_kind ||
         std::ranges::any_of(thing.targets, [&](const std::string& target) {
           return is_word(where.of_kind, kind_at(root, target));
         });
}

std::string described(const Thing& thing, Each each) {
  const std::string name = '"' + thing.at.key + '"';
  if (each != Each::kNeed) return name;
  return name + " of \"" + thing.service + '"';
}

// "this change means one need and hits 3: "a" of "x", "b" of "y" and 1 more"
void refuse_number(const ChangeText& change, const std::vector<Thing>& hits) {
  const std::string noun(
      std::ranges::find(kChoices<Each>, change.each, &Choice<Each>::value)
          ->word);
  if (hits.empty()) {
    wrong(change.written, "this change hits nothing: no " + noun + " fits");
    return;
  }
  std::string list = described(hits[0], change.each) +
                     (hits.size() == 2 ? " and " : ", ") +
                     described(hits[1], change.each);
  if (hits.size() > 2) {
    list += " and " + std::to_string(hits.size() - 2) + " more";
  }
  wrong(change.written, "this change means one " + noun + " and hits " +
                            std::to_string(hits.size()) + ": " + list);
}

void replace_all(std::string& text, std::string_view what,
                 const std::string& with) {
  for (size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

std::string filled_in(std::string text, const Thing& thing) {
  replace_all(text, "{name}", thing.at.key);
  replace_all(text, "{service}", thing.service);
  if (!thing.targets.empty()) {
    replace_all(text, "{target}", thing.targets.front());
  }
  return text;
}

void fill_in(toml::node& node, const Thing& thing) {
  if (auto* text = node.as_string()) {
    text->get() = filled_in(std::move(text->get()), thing);
  } else if (toml::table* table = node.as_table()) {
    for (auto&& [_, inner] : *table) fill_in(inner, thing);
  } else if (toml::array* list = node.as_array()) {
    for (toml::node& inner : *list) fill_in(inner, thing);
  }
}

void change_thing(const ChangeText& change, const Thing& thing, Document& to) {
  const AfterPut fill = [&](toml::node& node) { fill_in(node, thing); };
  toml::table& table = *thing.at.table;
  if (change.becomes) {
    const Value& whole = *change.becomes;
    const toml::key key(thing.at.key, toml::source_region(whole.key->source()));
    fill(put_copy(to, table, key, whole.in->document, *whole.node));
  }
  if (change.set) {
    set_values(*change.set, *table.get(thing.at.key)->as_table(), to, fill);
  }
  if (change.add) {
    const Rename rename = [&](std::string_view name) {
      return filled_in(std::string(name), thing);
    };
    add_things(*change.add, to, rename, fill);
  }
  if (change.remove) table.erase(thing.at.key);
}

}  // namespace

void apply_change(const ChangeText& change, Document& to) {
  spell_out_needs(to);
  std::vector<Thing> hits = things_of(to.root, change.each);
  std::erase_if(hits, [&](const Thing& thing) {
    return !fits(thing, change.where, change.each, to.root);
  });
  const bool missed = hits.empty() && !change.may_miss;
  if (missed || (change.one && hits.size() > 1)) {
    refuse_number(change, hits);
    return;
  }
  for (const Thing& hit : hits) change_thing(change, hit, to);
}

}  // namespace outagesim
