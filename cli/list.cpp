// outagesim list: what the language and the results know, printed from the
// tables that the loader and the summary themselves read.
#include <algorithm>
#include <array>
#include <iostream>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "models/parts/law_table.h"
#include "models/scenario/choices.h"
#include "models/scenario/language.h"
#include "sim/experiment/metrics.h"
#include "viz/table.h"

namespace outagesim {
namespace {

constexpr std::size_t kMeaningWidth = 60;

// Adds a row whose last cell may take several lines.
void add_wrapped(Table& table, std::vector<std::string> cells,
                 std::string_view meaning) {
  const std::string lines = wrapped(meaning, kMeaningWidth);
  const std::size_t before = cells.size();
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin);
    cells.push_back(lines.substr(begin, end - begin));
    table.add(cells);
    cells.assign(before, "");
    begin = end + 1;
  }
}

template <class Enum>
std::string choices_text() {
  Table table{{{""}, {""}}, {}};
  for (const auto& choice : kChoices<Enum>) {
    table.add({std::string(choice.word), std::string(choice.meaning)});
  }
  return to_text(table);
}

std::string needs_text() {
  return "Kinds of needs: \"A needs B\" means …\n" + choices_text<NeedKind>();
}

std::string effects_text() {
  return "What a fault or a change does to its places (effect = …):\n" +
         choices_text<FaultEffect::What>() +
         "\nWhat a remedy does to each cell it reaches (does = …):\n" +
         choices_text<RemedyEffect::What>();
}

std::string distributions_text() {
  Table table{{{"law"}, {"example"}, {"meaning"}}, {}};
  for (const LawInfo& law : laws()) {
    table.add({std::string(law.name), std::string(law.example),
               std::string(law.meaning)});
  }
  return to_text(table) +
         "\nInside the parentheses, \"at most 24 h\" may follow.\n";
}

// The keys of a table of the language, with what may be written there.
std::string keys_of(const TableInfo& info) {
  Table table{{{""}, {""}, {""}}, {}};
  for (const KeyInfo& key : info.keys) {
    std::string meaning(key.meaning);
    if (key.fallback == kRequired) {
      meaning += " (required)";
    } else if (!key.fallback.empty()) {
      meaning += " (default: " + std::string(key.fallback) + ")";
    }
    add_wrapped(table, {std::string(key.name), std::string(key.type)}, meaning);
  }
  return output_style().bold(info.header) + ": " + std::string(info.meaning) +
         '\n' + to_text(table);
}

template <class Wanted>
std::string tables_text(Wanted is_wanted) {
  std::string text;
  for (const TableInfo& info : tables()) {
    if (!is_wanted(info.name)) continue;
    if (!text.empty()) text += '\n';
    text += keys_of(info);
  }
  return text;
}

std::string keys_text() {
  return tables_text([](std::string_view) { return true; });
}

std::string faults_text() {
  static constexpr std::array<std::string_view, 10> kTables{
      "fault",       "change",       "wave",
      "check",       "effect",       "gradual",
      "then",        "intermittent", "background failure",
      "common_cause"};
  return tables_text([](std::string_view name) {
    return std::ranges::find(kTables, name) != kTables.end();
  });
}

std::string scopes_text(const Metric& metric) {
  std::string text;
  for (const Scope scope : metric.scopes) {
    if (!text.empty()) text += ", ";
    text += scope_name(scope);
  }
  return text;
}

std::string metrics_text() {
  Table table{{{"metric"}, {"unit"}, {"told of, and meaning"}}, {}};
  for (const Metric& metric : metrics()) {
    std::string meaning = scopes_text(metric) + ": ";
    meaning += metric.meaning;
    if (metric.long_run) meaning += " (horizon of 28 days or more)";
    add_wrapped(table, {std::string(metric.name), std::string(metric.unit)},
                meaning);
  }
  return to_text(table);
}

struct Topic {
  std::string_view name;
  std::string_view meaning;
  std::string (*text)();
};
constexpr std::array kTopics{
    Topic{"faults", "what can go wrong, and how it is written", faults_text},
    Topic{"needs", "the kinds of needs between services", needs_text},
    Topic{"effects", "what faults and remedies do", effects_text},
    Topic{"distributions", "the laws that times can follow",
          distributions_text},
    Topic{"metrics", "what a run measures", metrics_text},
    Topic{"keys", "every table and key of the language", keys_text}};

std::string topics_text() {
  Table table{{{""}, {""}}, {}};
  for (const Topic& topic : kTopics) {
    table.add({std::string(topic.name), std::string(topic.meaning)});
  }
  table.add({"--schema", "a JSON Schema of the language, for editors"});
  table.add({"--reference", "the reference page of the language (Markdown)"});
  return "outagesim list TOPIC, where TOPIC is one of\n" + to_text(table);
}

std::string comma_list(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

const Topic& topic_named(const std::string& name) {
  std::vector<std::string_view> known;
  for (const Topic& topic : kTopics) {
    if (topic.name == name) return topic;
    known.push_back(topic.name);
  }
  std::string text =
      "there is nothing to list under \"" + truncate(name, 60) + "\"";
  if (const auto match = closest_match(name, known)) {
    text += "; did you mean \"" + *match + "\"?";
  } else {
    text += "; the topics are " + comma_list(known);
  }
  throw UsageError(text);
}

int list(const Arguments& arguments) {
  if (arguments.has("schema")) {
    std::cout << json_schema();
  } else if (arguments.has("reference")) {
    std::cout << language_reference();
  } else if (arguments.operands().empty()) {
    std::cout << topics_text();
  } else {
    std::cout << topic_named(arguments.operands().front()).text();
  }
  return kFine;
}

}  // namespace

Command list_command() {
  return {{.name = "list",
           .operands = "[TOPIC]",
           .summary = "Show the words of the language and of the results",
           .details = "TOPIC is one of faults, needs, effects, distributions, "
                      "metrics and keys; without it they are explained.",
           .example = "outagesim list metrics",
           .options = {{"schema", {}, "a JSON Schema of a scenario file", {}},
                       {"reference", {}, "the language's reference page", {}}},
           .least = 0,
           .most = 1},
          list};
}

}  // namespace outagesim
