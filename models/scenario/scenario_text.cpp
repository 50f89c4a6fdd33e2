#include "models/scenario/scenario_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>

#include "models/base/text.h"
#include "models/scenario/document.h"
#include "models/scenario/read_scenario.h"
#include "models/scenario/types.h"
#include "models/scenario/validate.h"

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

// Needs of a list are bare words, which hold no numbers.
std::vector<ScenarioNumber> numbers_in(const Document& document,
                                       Parameters parameters) {
  NumberWalk walk(parameters);
  for (const std::string_view section : kSections) {
    if (const toml::node* node = document.root.get(section)) {
      walk.visit(std::string(section), section, *node);
    }
  }
  return std::move(walk.found);
}

}  // namespace

ScenarioText::ScenarioText(const std::string& path,
                           const LoadOptions& options) {
  Mistakes mistakes;
  Document document = read_document(path, mistakes);
  mistakes.throw_if_any();
  scenario_ = load_scenario(path, options);
  apply_settings(document, options.set, mistakes);
  mistakes.throw_if_any();
  document.root.erase("strategy");  // it may be most of the text
  document_ = std::make_unique<const Document>(std::move(document));
}

ScenarioText::~ScenarioText() = default;

std::vector<ScenarioNumber> ScenarioText::numbers() const {
  return numbers_in(*document_, kShapes);
}

ScenarioNumber ScenarioText::number_at(const std::string& path,
                                       const std::string& option) const {
  std::vector<std::string> paths;
  for (const ScenarioNumber& number : numbers_in(*document_, kParameters)) {
    if (number.path == path) return number;
    paths.push_back(number.path);
  }
  const auto match = closest_match(path, paths);
  throw UsageError(option + ": no number stands at \"" + printable(path) +
                   "\"" +
                   (match ? "; did you mean \"" + *match + "\"?"
                          : "; write a path such as fault.NAME.ends"));
}

std::optional<Scenario> ScenarioText::with(
    std::span<const std::string> settings, Mistakes& mistakes) const {
  Document document = copy_of(*document_);
  apply_settings(document, settings, mistakes);
  if (!mistakes.empty()) return std::nullopt;
  Scenario scenario = read_scenario(document, mistakes);
  validate(scenario, mistakes);
  if (!mistakes.empty()) return std::nullopt;
  return scenario;
}

}  // namespace outagesim
