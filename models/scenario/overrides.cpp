#include "models/scenario/overrides.h"

#include <algorithm>
#include <utility>

namespace outagesim {
namespace {

bool is_said_by(const std::string& option, const Document& document,
                const toml::node& node) {
  const SourcePosition at = position_in(document, region_of(document, node));
  return at.file && at.file->path == option;
}

// A setting that says something of the belief is to be told if it is wrong.
bool is_set_by(const std::string& option, const Document& document,
               const toml::node& belief) {
  const toml::table* table = belief.as_table();
  if (!table) return is_said_by(option, document, belief);
  return std::ranges::any_of(*table, [&](const auto& entry) {
    return is_said_by(option, document, entry.second);
  });
}

void drop_lapsed_beliefs(Document& document,
                         const std::vector<std::string>& fitted,
                         const std::string& option,
                         std::vector<std::string>* notes) {
  if (fitted.empty()) return;
  const std::vector<std::string> fitting = fitting_beliefs(document);
  toml::table* beliefs = document.root["belief"].as_table();
  for (const std::string& name : fitted) {
    const toml::node* belief = beliefs ? beliefs->get(name) : nullptr;
    const bool fits = std::ranges::find(fitting, name) != fitting.end();
    if (fits || !belief || is_set_by(option, document, *belief)) continue;
    beliefs->erase(name);
    if (notes) {
      std::string note = "belief \"" + name;
      note += "\" lapses: " + option;
      note += " has replaced the number that it is about";
      notes->push_back(std::move(note));
    }
  }
}

toml::array* marks_of(Document& document) {
  toml::table* scenario = document.root["scenario"].as_table();
  toml::node* marks = scenario ? scenario->get("from_incident") : nullptr;
  return marks ? marks->as_array() : nullptr;
}

bool leads_somewhere(const Document& document, const toml::node& mark) {
  const auto path = split_path(mark.value_or(std::string()));
  return path && node_at(document.root, *path);
}

std::vector<std::string> sound_marks(Document& document) {
  std::vector<std::string> sound;
  const toml::array* marks = marks_of(document);
  if (!marks) return sound;
  for (const toml::node& mark : *marks) {
    if (leads_somewhere(document, mark))
      sound.push_back(*mark.value<std::string>());
  }
  return sound;
}

void drop_lapsed_marks(Document& document,
                       const std::vector<std::string>& sound,
                       const std::string& option) {
  toml::array* marks = marks_of(document);
  if (!marks || is_said_by(option, document, *marks)) return;
  for (auto mark = marks->begin(); mark != marks->end();) {
    const bool was_sound =
        std::ranges::find(sound, mark->value_or(std::string())) != sound.end();
    const bool lapses = was_sound && !leads_somewhere(document, *mark);
    mark = lapses ? marks->erase(mark) : mark + 1;
  }
}

}  // namespace

void apply_overrides(Document& document, std::span<const std::string> settings,
                     Mistakes& mistakes, std::vector<std::string>* notes,
                     const std::string& option) {
  if (settings.empty()) return;
  const std::vector<std::string> fitted = fitting_beliefs(document);
  const std::vector<std::string> sound = sound_marks(document);
  apply_settings(document, settings, mistakes, option);
  drop_lapsed_beliefs(document, fitted, option, notes);
  drop_lapsed_marks(document, sound, option);
}

}  // namespace outagesim
