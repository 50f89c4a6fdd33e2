#include "models/scenario/names.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "models/base/excerpt.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr size_t kMostSearched = 1'000'000;  // names compared for suggestions

// Bytes of the quoted text or bare word that the line begins with.
size_t token_length(std::string_view line) {
  if (line.empty()) return 0;
  if (line[0] != '"' && line[0] != '\'') {
    return std::min(line.find_first_of(" \t,=]}.#\r"), line.size());
  }
  for (size_t i = 1; i < line.size(); ++i) {
    if (line[i] == line[0]) return i + 1;
    if (line[i] == '\\' && line[0] == '"') ++i;
  }
  return line.size();
}

std::string place_seen_from(const SourcePosition& at,
                            const SourcePosition& from) {
  if (!at.file) return "";
  if (at.file == from.file) return " (line " + std::to_string(at.line) + ")";
  return " (" + at.file->path + ':' + std::to_string(at.line) + ')';
}

}  // namespace

void mistake_at(const SourcePosition& at, std::string message, std::string hint,
                Mistakes& mistakes) {
  // Only counted: to find a column takes the line's length, and a line may name
  // millions.
  if (mistakes.size() > mistakes.kept().size()) return mistakes.add({});
  size_t width = 1;
  if (at.file && at.line > 0) {
    const std::string_view line = line_text(*at.file, at.line);
    const std::string_view rest = line.substr(byte_offset(line, at.column));
    width =
        std::max<size_t>(1, display_width(rest.substr(0, token_length(rest))));
  }
  mistakes.add({at, width, std::move(message), std::move(hint)});
}

void NameIndex::add(std::string_view name, const SourcePosition& at,
                    size_t index, Mistakes& mistakes) {
  const auto [number, is_new] = table_.add(name);
  if (is_new) {
    entries_.push_back({at, index});
    return;
  }
  mistake_at(at,
             "a " + std::string(noun_) + " named \"" + std::string(name) +
                 "\" exists already",
             "it is at " + to_text(entries_[number].at), mistakes);
}

const size_t* NameIndex::find(std::string_view name) const {
  const std::uint32_t number = table_.find(name);
  return number == NameTable::kNoName ? nullptr : &entries_[number].index;
}

std::string NameIndex::suggestion(const Reference& reference) const {
  if (searched_ > kMostSearched) return "";
  searched_ += entries_.size();
  if (sorted_.size() != entries_.size()) {
    sorted_ = table_.names();
    std::ranges::sort(sorted_);  // so that equals give the same answer always
  }
  const auto match = closest_match(reference.name, sorted_);
  if (!match) return "";
  return "did you mean \"" + *match + '"' +
         place_seen_from(entries_[table_.find(*match)].at, reference.at) + '?';
}

bool NameIndex::check(const Reference& reference, Mistakes& mistakes) const {
  if (contains(reference.name)) return true;
  if (reference.name.empty()) return false;  // was not readable: reported
  mistake_at(reference.at,
             "no " + std::string(noun_) + " is named \"" + reference.name + '"',
             suggestion(reference), mistakes);
  return false;
}

namespace {

template <class T>
void collect(const std::vector<T>& things, NameIndex& into,
             Mistakes& mistakes) {
  for (size_t i = 0; i < things.size(); ++i) {
    into.add(things[i].name, things[i].at, i, mistakes);
  }
}

// Names of needs are not unique: a remedy acts on all of one name.
void collect_needs(const Scenario& scenario, NameIndex& into) {
  Mistakes ignored;
  for (size_t i = 0; i < scenario.services.size(); ++i) {
    for (const Need& need : scenario.services[i].needs) {
      if (!into.contains(need.name)) into.add(need.name, need.at, i, ignored);
    }
  }
}

}  // namespace

Names collect_names(const Scenario& scenario, Mistakes& mistakes) {
  Names names{scenario, mistakes};
  collect(scenario.services, names.services, mistakes);
  collect(scenario.startup_limits, names.limits, mistakes);
  collect(scenario.faults, names.faults, mistakes);
  collect(scenario.common_causes, names.faults, mistakes);
  collect(scenario.teams, names.teams, mistakes);
  collect(scenario.remedies, names.remedies, mistakes);
  collect(scenario.profiles, names.profiles, mistakes);
  const bool acts_on_needs =
      std::ranges::any_of(scenario.remedies, [](const Remedy& remedy) {
        return remedy.does.what == RemedyEffect::What::kSwitch ||
               remedy.does.what == RemedyEffect::What::kDrop;
      });
  if (acts_on_needs) collect_needs(scenario, names.needs);
  return names;
}

}  // namespace outagesim
