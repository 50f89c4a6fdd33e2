#include "models/scenario/strategy_patch.h"

#include <algorithm>
#include <array>
#include <utility>

#include "models/base/suggest.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

// What a strategy is judged by; a patch of it would compare two questions.
constexpr std::array<std::string_view, 6> kNotPatched = {
    "format", "system", "scenario", "observed", "objective", "strategy"};

// The tables that hold things by name.
constexpr std::array<std::string_view, 11> kSections = {
    "service",  "startup_limit", "fault",  "change",  "common_cause", "team",
    "response", "remedy",        "stages", "profile", "population"};

bool is_patched(const PatternPath& path) {
  return std::ranges::none_of(kNotPatched, [&](std::string_view part) {
    return fits_pattern(path[0].text, part);
  });
}

// Named things are added by `add`; a path to one that is not there is a slip.
bool may_be_new(const PatternPath& path, const toml::table& root,
                const Document& to) {
  return &root != &to.root || path.size() > 2;
}

std::string hits_nothing(std::string_view path) {
  return '"' + std::string(path) + "\" hits nothing";
}

std::optional<PatternPath> path_of(const Value& value, std::string_view text,
                                   bool whole_document) {
  std::optional<PatternPath> path = split_pattern(text);
  if (!path) {
    wrong_key(value, "expected a path such as \"service.db-*.cells\"");
  } else if (whole_document && !is_patched(*path)) {
    wrong_key(value, "a strategy does not change \"" + (*path)[0].text +
                         "\": all are compared on the same question");
    path.reset();
  }
  return path;
}

void set_value(const Value& entry, toml::table& root, Document& to,
               const AfterPut& after) {
  const auto path = path_of(entry, entry.key->str(), &root == &to.root);
  if (!path) return;
  const std::vector<Hit> hits =
      find_hits(root, *path, may_be_new(*path, root, to));
  if (hits.empty()) {
    wrong_key(entry, hits_nothing(entry.key->str()), why_no_hit(root, *path));
  }
  for (const Hit& hit : hits) {
    const toml::key key(hit.key, toml::source_region(entry.key->source()));
    after(put_copy(to, *hit.table, key, entry.in->document, *entry.node));
  }
}

void remove_path(const Value& value, Document& to) {
  const std::string text = *text_of(value);
  const auto path = path_of(value, text, true);
  if (!path) return;
  const std::vector<Hit> hits = find_hits(to.root, *path, false);
  if (hits.empty()) {
    wrong(value, hits_nothing(text), why_no_hit(to.root, *path));
  }
  for (const Hit& hit : hits) hit.table->erase(hit.key);
}

// The table of that name in the root, made if it is not there yet.
toml::table& section_of(Document& to, const Value& section) {
  toml::node* node = to.root.get(section.key->str());
  if (!node) {
    node = &to.root.insert(*section.key, toml::table{}).first->second;
    to.written[node] = region_of(section.in->document, *section.node);
  }
  return *node->as_table();
}

void refuse_existing(const Value& thing, const std::string& name,
                     const Value& section, const Document& to,
                     const toml::key& first) {
  wrong_key(thing,
            "a " + std::string(section.key->str()) + " named \"" + name +
                "\" exists already",
            "it is at " + to_text(position_in(to, first.source())));
}

void add_thing(const Value& thing, const Value& section, Document& to,
               const Rename& rename, const AfterPut& after) {
  toml::table& into = section_of(to, section);
  const toml::key key(rename(thing.key->str()),
                      toml::source_region(thing.key->source()));
  const auto old = into.find(key);
  if (old != into.end()) {
    refuse_existing(thing, std::string(key.str()), section, to, old->first);
  } else {
    after(put_copy(to, into, key, thing.in->document, *thing.node));
  }
}

bool is_section(const Value& section, const Document& to) {
  const std::string_view name = section.key->str();
  if (std::ranges::find(kSections, name) == kSections.end()) {
    wrong_key(section, "a strategy adds no \"" + std::string(name) + '"',
              did_you_mean(name, kSections));
    return false;
  }
  const toml::node* old = to.root.get(name);
  if (!section.node->is_table() || (old && !old->is_table())) {
    return expected(section, "tables by name");
  }
  return true;
}

}  // namespace

void set_values(const Value& set, toml::table& root, Document& to,
                const AfterPut& after) {
  for (const Value& entry : entries_in_order(set)) {
    set_value(entry, root, to, after);
  }
}

void add_things(const Value& add, Document& to, const Rename& rename,
                const AfterPut& after) {
  for (const Value& section : entries_in_order(add)) {
    if (!is_section(section, to)) continue;
    for (const Value& thing : entries_in_order(section)) {
      add_thing(thing, section, to, rename, after);
    }
  }
}

void apply_patch(const StrategyText& text, Document& to) {
  const AfterPut leave = [](toml::node&) {};
  const Rename same = [](std::string_view name) { return std::string(name); };
  if (text.add) {
    add_things(*text.add, to, same, leave);
    spell_out_needs(to);
  }
  if (text.set) set_values(*text.set, to.root, to, leave);
  for (const Value& path : text.remove) remove_path(path, to);
  for (const ChangeText& change : text.changes) apply_change(change, to);
}

void drop_lost_marks(Document& document) {
  toml::table* scenario = document.root["scenario"].as_table();
  toml::node* marks = scenario ? scenario->get("from_incident") : nullptr;
  toml::array* list = marks ? marks->as_array() : nullptr;
  if (!list) return;
  for (auto mark = list->begin(); mark != list->end();) {
    const auto path = split_path(mark->value_or(std::string()));
    const bool lost = path && !node_at(document.root, *path);
    mark = lost ? list->erase(mark) : mark + 1;
  }
}

}  // namespace outagesim
