// The tables of the language as a page for people.
#include <string>

#include "models/scenario/language.h"

namespace outagesim {
namespace {

// A cell of a Markdown table: bars would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? "\\|" : std::string(1, c);
  return out;
}

std::string code(std::string_view text) {
  return text.empty() ? "" : '`' + cell(text) + '`';
}

// As Markdown readers name a heading.
std::string anchor(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == ' ' ? '-' : c;
  return out;
}

bool has_section(std::string_view name) {
  for (const TableInfo& table : tables()) {
    if (table.name == name) return true;
  }
  for (const WordList& list : word_lists()) {
    if (list.name == name) return true;
  }
  return false;
}

std::string type_in_words(std::string_view type);

std::string one_type(const std::string& type) {
  for (const std::string_view many : {"list of ", "table of "}) {
    if (type.starts_with(many)) {
      return std::string(many) +
             type_in_words(std::string_view(type).substr(many.size()));
    }
  }
  if (type.starts_with('"')) return code(type);
  return has_section(type) ? '[' + type + "](#" + anchor(type) + ')' : type;
}

std::string type_in_words(std::string_view type) {
  std::string words;
  for (const std::string& either : alternatives(type)) {
    for (const std::string& part : alternatives(either, "/")) {
      words += (words.empty() ? "" : " or ") + one_type(part);
    }
  }
  return words;
}

std::string default_of(const KeyInfo& key) {
  if (key.fallback == kRequired) return "required";
  return key.fallback.empty() ? "–" : code(key.fallback);
}

std::string row(const KeyInfo& key) {
  std::string meaning(key.meaning);
  if (!key.only.empty()) {
    meaning = "only `" + std::string(key.only) + "`: " + meaning;
  }
  const std::string unit = unit_of(key.type);
  return "| " + code(key.name) + " | " + type_in_words(key.type) + " | " +
         (unit.empty() ? "–" : unit) + " | " + default_of(key) + " | " +
         cell(meaning) + " | " + code(key.example) + " |\n";
}

std::string section(const TableInfo& table) {
  std::string text = "### " + std::string(table.name) + "\n\n`" +
                     std::string(table.header) + "` – " +
                     std::string(table.meaning) + "\n\n";
  text +=
      "| key | type | unit | default | meaning | example |\n"
      "|---|---|---|---|---|---|\n";
  for (const KeyInfo& key : table.keys) text += row(key);
  return text + '\n';
}

std::string section(const WordList& list) {
  std::string text =
      "### " + std::string(list.name) + "\n\n| word | meaning |\n|---|---|\n";
  for (const WordList::Word& word : list.words) {
    text += "| " + code("\"" + std::string(word.word) + '"') + " | " +
            cell(word.meaning) + " |\n";
  }
  return text + '\n';
}

std::string section(std::span<const ValueType> types) {
  std::string text = "| type | unit | meaning | example |\n|---|---|---|---|\n";
  for (const ValueType& type : types) {
    text += "| " + std::string(type.name) + " | " +
            (type.unit.empty() ? "–" : std::string(type.unit)) + " | " +
            cell(type.meaning) + " | " + code(type.example) + " |\n";
  }
  return text + '\n';
}

}  // namespace

std::string language_reference() {
  std::string text = "## Types of values\n\n" + section(value_types());
  text += "## Tables\n\n";
  for (const TableInfo& table : tables()) text += section(table);
  text += "## Words\n\n";
  for (const WordList& list : word_lists()) text += section(list);
  text.pop_back();
  return text;
}

}  // namespace outagesim
