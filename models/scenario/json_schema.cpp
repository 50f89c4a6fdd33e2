// The tables of the language as a JSON Schema, draft 2020-12.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "models/scenario/language.h"

namespace outagesim {
namespace {

using Json = nlohmann::ordered_json;

// References are URIs: no spaces.
std::string definition_name(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, ' ', '-');
  return out;
}

Json reference(std::string_view name) {
  return {{"$ref", "#/$defs/" + definition_name(name)}};
}

Json schema_of(std::string_view type);

Json schema_of_any(const std::vector<std::string>& types) {
  if (types.size() == 1) return schema_of(types.front());
  Json any = Json::array();
  for (const std::string& type : types) any.push_back(schema_of(type));
  return {{"anyOf", any}};
}

// Types in the small language that types.h describes.
Json schema_of(std::string_view type) {
  constexpr std::string_view kList = "list of ";
  constexpr std::string_view kTable = "table of ";
  const auto either = alternatives(type);
  if (either.size() > 1) return schema_of_any(either);
  if (type.starts_with(kList)) {
    return {{"type", "array"}, {"items", schema_of(type.substr(kList.size()))}};
  }
  if (type.starts_with(kTable)) {
    return {{"type", "object"},
            {"patternProperties",
             {{"^.+$",
               schema_of_any(alternatives(type.substr(kTable.size()), "/"))}}},
            {"additionalProperties", false}};
  }
  if (type.starts_with('"')) {
    return {{"const", type.substr(1, type.size() - 2)}};
  }
  return reference(type);
}

std::string description_of(const KeyInfo& key) {
  std::string text(key.meaning);
  if (!key.only.empty()) text = std::string(key.only) + ": " + text;
  if (!key.fallback.empty() && key.fallback != kRequired) {
    text += "; default: " + std::string(key.fallback);
  }
  if (!key.example.empty()) {
    text += "; example: " + std::string(key.name) + " = " +
            std::string(key.example);
  }
  return text;
}

Json schema_of_table(const TableInfo& table, bool all_required) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const KeyInfo& key : table.keys) {
    Json one = schema_of(key.type);
    one["description"] = description_of(key);
    properties[std::string(key.name)] = std::move(one);
    if (key.fallback == kRequired && all_required) {
      required.push_back(std::string(key.name));
    }
  }
  Json schema = {{"type", "object"},
                 {"description", std::string(table.meaning)},
                 {"properties", std::move(properties)},
                 {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

Json schema_of_words(const WordList& list) {
  Json any = Json::array();
  for (const WordList::Word& word : list.words) {
    any.push_back({{"const", std::string(word.word)},
                   {"description", std::string(word.meaning)}});
  }
  return {{"oneOf", any}};
}

Json definitions() {
  Json all = Json::object();
  for (const ValueType& type : value_types()) {
    Json one = Json::parse(type.schema);
    one["description"] = std::string(type.meaning);
    all[definition_name(type.name)] = std::move(one);
  }
  for (const WordList& list : word_lists()) {
    all[definition_name(list.name)] = schema_of_words(list);
  }
  for (const TableInfo& table : tables()) {
    all[definition_name(table.name)] = schema_of_table(table, true);
  }
  return all;
}

}  // namespace

std::string json_schema() {
  const TableInfo file = tables().front();
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "outagesim scenario"}};
  // A system file holds the same tables, but need not hold them all.
  schema.update(schema_of_table(file, false));
  schema["$defs"] = definitions();
  return schema.dump(2) + "\n";
}

}  // namespace outagesim
