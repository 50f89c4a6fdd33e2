// [belief.NAME]: what is not known for certain.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "models/scenario/number_walk.h"
#include "models/scenario/overrides.h"
#include "models/scenario/sections.h"

namespace outagesim {
namespace {

// The deepest there is on the way to the path.
const toml::node* last_on_the_way(const toml::table& root,
                                  const std::vector<std::string>& path) {
  const toml::node* node = &root;
  for (const std::string& part : path) {
    const toml::table* table = node->as_table();
    const toml::node* next = table ? table->get(part) : nullptr;
    if (!next) break;
    node = next;
  }
  return node;
}

// Whether the path leads into a value that is itself a mistake, which was told:
// mending that value mends the path.
bool leads_into_mistake(const Reading& in, const std::string& path) {
  const auto parts = split_path(path);
  if (!parts) return false;
  const toml::node* node = last_on_the_way(in.document.root, *parts);
  if (node->is_table()) return false;
  const toml::source_region& region = region_of(in.document, *node);
  const SourcePosition at = position_in(in.document, region);
  return std::ranges::any_of(in.mistakes.kept(), [&](const Mistake& mistake) {
    return mistake.at.file == at.file && mistake.at.line >= at.line &&
           mistake.at.line <= region.end.line;
  });
}

void read_about_one(const Value& value, Belief& out) {
  Reference path;
  if (!read_value(value, path)) return;
  if (!number_in(value.in->document, path.name)) {
    if (leads_into_mistake(*value.in, path.name)) return;
    wrong(
        value, "no number of this scenario stands at \"" + path.name + '"',
        R"(a path is written like "fault.power.ends", for the times of a law, or "fault.power.ends.sigma")");
    return;
  }
  out.about.push_back(std::move(path));
}

void read_about(const Value& value, Belief& out) {
  const toml::array* list = value.node->as_array();
  if (!list) return read_about_one(value, out);
  for (const toml::node& node : *list) read_about_one({value.in, &node}, out);
}

void read_factor(const Value& value, Belief& out) {
  Distribution law;
  if (read_sizes(value, law)) out.factor = std::move(law);
}

// Of the logarithm, as fits of positive numbers report it.
void read_standard_error(const Value& value, Belief& out) {
  double error = 0;
  if (read_value(value, error, Range{0, 10, false})) {
    out.factor = Distribution(Lognormal{1, error});
  }
}

void read_between(const Value& value, Belief& out) {
  const toml::array* list = value.node->as_array();
  if (!list || list->size() != 2) {
    expected(value, R"(two values such as ["10 min", "30 min"])");
    return;
  }
  for (const toml::node& node : *list) {
    read_value({value.in, &node}, out.between.emplace_back());
  }
}

constexpr Key<Belief> kBeliefKeys[] = {
    {{"about", "path | list of path", kRequired,
      "the number that is not known: a value, or of a law all its times or a "
      "parameter; several move together",
      "\"fault.power.ends\""},
     read_about},
    {{"factor", "law of sizes", "",
      "the truth is what is written times this, by belief",
      "\"lognormal(median 1, sigma 0.4)\""},
     read_factor},
    {{"standard_error", "number", "",
      "of the logarithm of the number, as a fit reports it; instead of a "
      "factor",
      "0.3"},
     read_standard_error},
    {{"between", "list of text", "",
      "it lies between these two, anywhere alike; instead of a factor",
      "[\"10 min\", \"30 min\"]"},
     read_between},
    {{"why", "text", "", "where that comes from",
      "\"standard error of a fit to 16 incidents\""},
     into<&Belief::why>},
};
constexpr TableType<Belief> kBeliefTable = {
    "belief", "[belief.NAME]",
    "What is not known about a number: ignorance, not chance.", kBeliefKeys};

bool is_fit_range(const Value& section, const Belief& belief,
                  const Reference& path) {
  const auto number = number_in(section.in->document, path.name);
  if (!number) return false;
  const auto low = value_in(*number, belief.between[0].name);
  const auto high = value_in(*number, belief.between[1].name);
  return low && high && *low >= 0 && *low < *high;
}

void check_range(const Value& section, const Belief& belief) {
  if (belief.between.size() != 2) return;
  for (const Reference& path : belief.about) {
    if (is_fit_range(section, belief, path)) continue;
    if (leads_into_mistake(*section.in, path.name)) continue;
    section.in->mistakes.add(
        {belief.between[0].at, 1,
         "this range does not fit the number at \"" + path.name + '"',
         "write two values of its unit, the lower one first; of a law as a "
         "whole factors such as \"x 0.5\" and \"x 2\""});
  }
}

void check_belief(const Value& section, const Belief& belief) {
  if (belief.factor.has_value() == !belief.between.empty()) {
    section.in->mistakes.add(
        {belief.at, 1,
         "a belief has either a factor, a standard_error or a range",
         "for example factor = \"lognormal(median 1, sigma 0.4)\""});
  }
  check_range(section, belief);
}

}  // namespace

void read_beliefs(const Value& section, Scenario& out) {
  read_each_named(section, kBeliefTable, out.beliefs,
                  [&](Belief& belief) { check_belief(section, belief); });
}

std::vector<std::string> fitting_beliefs(const Document& document) {
  const toml::node* section = document.root.get("belief");
  if (!section || !section->is_table()) return {};
  Mistakes found;
  Reading reading{document, found};
  std::vector<std::string> fitting;
  for (const Value& entry : entries_in_order({&reading, section})) {
    Belief belief;
    const bool is_table = read_table(entry, kBeliefTable, belief);
    if (is_table && found.empty()) check_belief(entry, belief);
    if (is_table && found.empty()) fitting.emplace_back(entry.key->str());
    found = {};
  }
  return fitting;
}

std::vector<TableInfo> belief_tables() { return {describe(kBeliefTable)}; }

}  // namespace outagesim
