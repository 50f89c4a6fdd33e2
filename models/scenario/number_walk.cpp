#include "models/scenario/number_walk.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "models/base/text.h"
#include "models/scenario/types.h"

namespace outagesim {
namespace {

constexpr std::array<std::string_view, 10> kSections = {
    "fault",  "change",        "common_cause", "stages",        "response",
    "remedy", "communication", "service",      "startup_limit", "population"};
constexpr std::array<std::string_view, 2> kShapes = {"sigma", "shape"};
constexpr std::array<std::string_view, 9> kParameters = {
    "sigma", "shape", "median", "mean",   "scale",
    "mu",    "low",   "high",   "at most"};

bool is_bare(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '_';
  });
}

std::string path_to(const std::string& above, std::string_view key) {
  std::string part(key);
  if (!is_bare(key)) part = '"' + part + '"';
  return above.empty() ? part : above + "." + part;
}

// Keys whose values are whole numbers.
std::set<std::string_view> count_keys() {
  std::set<std::string_view> keys;
  for (const TableInfo& table : tables()) {
    for (const KeyInfo& key : table.keys) {
      if (key.type == "count") keys.insert(key.name);
    }
  }
  return keys;
}

using Parameters = std::span<const std::string_view>;

// Collects the numbers below a node. `parameters`: of laws.
class NumberWalk {
 public:
  explicit NumberWalk(Parameters parameters)
      : parameters_(parameters), counts_(count_keys()) {}

  void visit(const std::string& path, std::string_view key,
             const toml::node& node) {
    if (const toml::table* table = node.as_table()) {
      for (const auto& [name, inner] : *table) {
        visit(path_to(path, name.str()), name.str(), inner);
      }
    } else if (const auto* text = node.as_string()) {
      visit_text(path, **text);
    } else if (const auto number = node.value<double>();
               node.is_number() && number) {
      ScenarioNumber one;
      if (counts_.contains(key)) one.kind = ScenarioNumber::Kind::kCount;
      one.value = *number;
      one.written = round_trip(*number);
      add(path, path, std::move(one));
    }
  }

  std::vector<ScenarioNumber> found;

 private:
  void add(const std::string& path, const std::string& key,
           ScenarioNumber number) {
    number.path = path;
    number.key = key;
    found.push_back(std::move(number));
  }

  void visit_text(const std::string& path, const std::string& text) {
    if (auto quantity = quantity_in(text)) {
      return add(path, path, std::move(*quantity));
    }
    auto law = law_in(text);
    if (!law) return;
    add(path, path, std::move(*law));
    for (const std::string_view parameter : parameters_) {
      auto one = parameter_in(text, parameter);
      if (!one) continue;
      add(path + "." + std::string(parameter), path, std::move(*one));
    }
  }

  Parameters parameters_;
  std::set<std::string_view> counts_;
};

}  // namespace

// Needs of a list are bare words, which hold no numbers.
std::vector<ScenarioNumber> numbers_in(const Document& document,
                                       LawNumbers of_laws) {
  NumberWalk walk(of_laws == LawNumbers::kShapes ? Parameters(kShapes)
                                                 : Parameters(kParameters));
  for (const std::string_view section : kSections) {
    if (const toml::node* node = document.root.get(section)) {
      walk.visit(std::string(section), section, *node);
    }
  }
  return std::move(walk.found);
}

std::optional<ScenarioNumber> number_in(const Document& document,
                                        const std::string& path) {
  auto numbers = numbers_in(document, LawNumbers::kAllParameters);
  const auto found = std::ranges::find(numbers, path, &ScenarioNumber::path);
  if (found == numbers.end()) return std::nullopt;
  return std::move(*found);
}

}  // namespace outagesim
