// One value of the scenario's text while it is read: its node, its key, and
// where to put mistakes. `read_value` is overloaded for every type that a
// value can have: it fills the target and returns true, or adds a mistake that
// says what was expected and returns false.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "models/base/boxed.h"
#include "models/base/error.h"
#include "models/base/parsed.h"
#include "models/base/units.h"
#include "models/base/utc_time.h"
#include "models/parts/distribution.h"
#include "models/parts/place.h"
#include "models/scenario/choices.h"
#include "models/scenario/document.h"

namespace outagesim {

// What readers share while one document is read.
struct Reading {
  const Document& document;
  Mistakes& mistakes;
  // Names of all services: a name may itself contain a dot, so "a.b" is cell b
  // of a only if no service is named "a.b".
  std::unordered_set<std::string_view> services{};
  // Stage laws by name, and those of the response or remedy being read; null
  // if it names none.
  std::map<std::string, const StageLibrary*, std::less<>> libraries{};
  const StageLibrary* stages = nullptr;
  std::map<std::string, const StageLibrary*, std::less<>> stages_of_fault{};
  std::uint64_t cells = 0;                       // of all services so far
  std::unordered_set<std::string> zones{"UTC"};  // known to exist
};

struct Value {
  Reading* in;
  const toml::node* node;
  const toml::key* key = nullptr;  // none for an element of a list
};

SourcePosition position_of(const Value& value);
SourcePosition position_of_key(const Value& value);

// Adds a mistake that underlines the value, a part of its text, or its key.
void wrong(const Value& value, std::string message, std::string hint = {});
void wrong_part(const Value& value, std::string message, size_t offset,
                size_t length);
void wrong_key(const Value& value, std::string message, std::string hint = {});

// Adds "expected a duration such as "30 s", found a table"; false.
bool expected(const Value& value, std::string_view what);

// The value's text, if it is text.
std::optional<std::string> text_of(const Value& value);

struct Range {
  double low = 0;
  double high = 1e12;
  bool low_itself = true;  // whether `low` is allowed
};
inline constexpr Range kPositive{0, 1e12, false};
inline constexpr Range kAboveOne{1, 1e12, false};
inline constexpr Range kAtLeastOne{1, 1e12, true};
inline constexpr Range kZeroToOne{0, 1, true};

bool read_value(const Value& value, std::string& out);
bool read_value(const Value& value, bool& out);
// A plain number within the range; never NaN.
bool read_value(const Value& value, double& out, Range range = {});
// A count from 1 to a million.
bool read_value(const Value& value, std::uint32_t& out);
bool read_value(const Value& value, Users& out);
// A duration in the range (in seconds); by default from 0 to 1000 years.
inline constexpr double kLongest = 1000 * 365 * 86400.0;
inline constexpr Range kAnyTime{-kLongest, kLongest, true};
inline constexpr Range kPositiveTime{0, kLongest, false};
bool read_value(const Value& value, Seconds& out,
                Range range = {0, kLongest, true});
bool read_value(const Value& value, Fraction& out);     // 0 % to 100 %
bool read_value(const Value& value, Probability& out);  // 0 % to 100 %
// The same, but up to 100,000 %: for a head-room.
bool read_any_share(const Value& value, Fraction& out);
bool read_value(const Value& value, PerSecond& out);
bool read_value(const Value& value, Money& out);  // not negative
bool read_value(const Value& value, UtcTime& out);
bool read_value(const Value& value, Reference& out);
// "Asia/Riyadh", "UTC", "+03:00": a zone that exists here.
bool read_zone(const Value& value, std::string& out);
bool read_value(const Value& value, Distribution& out);  // of a time
bool read_shares(const Value& value, Distribution& out);
bool read_sizes(const Value& value, Distribution& out);

// Puts the library of that name in force; a mistake if there is none.
void choose_library(const Value& value, const Reference& name);
// A law, or the name of a stage of the library in force.
bool read_law_or_stage(const Value& value, Distribution& out);

// "svc", "svc.cell" or { service = …, cells = … }; a choice of cells.
bool read_value(const Value& value, Place& out);
bool read_value(const Value& value, CellChoice& out);

// Cuts "svc.cell" into service and cell, by the services there are.
void split_place(const Reading& in, const std::string& text, Place& out);

// It is that one word; else adds `expected <what>, found …` with a suggestion.
bool is_word(const Value& value, std::string_view word, std::string_view what);
// Adds `expected one of …` with a suggestion; false.
bool expected_word(const Value& value, const std::vector<std::string>& words);

template <class Enum>
  requires std::is_enum_v<Enum>
bool read_value(const Value& value, Enum& out) {
  const std::optional<std::string> text = text_of(value);
  std::vector<std::string> words;
  for (const Choice<Enum>& choice : kChoices<Enum>) {
    if (text == choice.word) {
      out = choice.value;
      return true;
    }
    words.emplace_back(choice.word);
  }
  return expected_word(value, words);
}

template <class T, class... Limits>
bool read_value(const Value& value, std::optional<T>& out, Limits... limits) {
  // Present even if wrong, so that nobody complains that it is missing too.
  return read_value(value, out.emplace(), limits...);
}

template <class T, class... Limits>
bool read_value(const Value& value, Boxed<T>& out, Limits... limits) {
  return read_value(value, out.emplace(), limits...);
}

// One value, or a list of them.
template <class T, class... Limits>
bool read_value(const Value& value, std::vector<T>& out, Limits... limits) {
  const toml::array* list = value.node->as_array();
  if (!list) {
    return read_value(value, out.emplace_back(), limits...);
  }
  bool fine = true;
  out.reserve(out.size() + list->size());
  for (const toml::node& node : *list) {
    fine &= read_value({value.in, &node}, out.emplace_back(), limits...);
  }
  return fine;
}

}  // namespace outagesim
