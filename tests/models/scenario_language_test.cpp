// The language as its own tables describe it: nothing in the description that
// is not read, nothing read that is not described.
#include "models/scenario/language.h"

#include <gtest/gtest.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "tests/models/scenario_text.h"
#include "tests/models/schema_checker.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kRoot = source_tree();

std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> names_of_types() {
  std::set<std::string> names;
  for (const ValueType& type : value_types()) names.emplace(type.name);
  for (const WordList& list : word_lists()) names.emplace(list.name);
  for (const TableInfo& table : tables()) names.emplace(table.name);
  return names;
}

bool is_type(std::string_view type, const std::set<std::string>& names) {
  if (names.contains(std::string(type)) || type.starts_with('"')) return true;
  for (const std::string_view many : {"list of ", "table of "}) {
    if (!type.starts_with(many)) continue;
    for (const auto& part : alternatives(type.substr(many.size()), "/")) {
      if (!is_type(part, names)) return false;
    }
    return true;
  }
  return false;
}

bool is_described(const KeyInfo& key) {
  const std::set<std::string> names = names_of_types();
  return std::ranges::all_of(
      alternatives(key.type),
      [&](const std::string& type) { return is_type(type, names); });
}

TEST(Language, NamesOnlyTypesThatAreDescribed) {
  for (const TableInfo& table : tables()) {
    for (const KeyInfo& key : table.keys) {
      EXPECT_TRUE(is_described(key)) << table.name << '.' << key.name;
    }
  }
}

TEST(Language, HasNoTwoTypesOfOneName) {
  const size_t count =
      value_types().size() + word_lists().size() + tables().size();
  EXPECT_EQ(names_of_types().size(), count);
}

TEST(Language, SaysOfEveryKeyWhatItMeansWithAnExample) {
  for (const TableInfo& table : tables()) {
    std::set<std::string_view> seen;
    for (const KeyInfo& key : table.keys) {
      EXPECT_TRUE(seen.insert(key.name).second) << key.name;
      EXPECT_FALSE(key.meaning.empty()) << table.name << '.' << key.name;
      if (table.name == "file") continue;
      const std::string line =
          std::string(key.name) + " = " + std::string(key.example);
      EXPECT_NO_THROW(static_cast<void>(toml::parse(std::string_view(line))))
          << line;
    }
  }
}

TEST(JsonSchema, FindsAllItRefersTo) {
  const Json schema = Json::parse(json_schema());
  const std::string text = schema.dump();
  const std::string mark = "\"#/$defs/";
  for (size_t at = text.find(mark); at != std::string::npos;
       at = text.find(mark, at)) {
    at += mark.size();
    const std::string name = text.substr(at, text.find('"', at) - at);
    EXPECT_TRUE(schema["$defs"].contains(name)) << name;
  }
}

TEST(JsonSchema, AdmitsEveryShippedScenario) {
  const Json schema = Json::parse(json_schema());
  size_t count = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(kRoot / "scenarios")) {
    if (entry.path().extension() != ".toml") continue;
    std::ostringstream json;
    const toml::table table = toml::parse_file(entry.path().string());
    json << toml::json_formatter(table);
    EXPECT_EQ(SchemaChecker(schema).mistake_in(Json::parse(json.str())), "")
        << entry.path();
    ++count;
  }
  EXPECT_GE(count, 1u);
}

TEST(JsonSchema, RefusesUnknownKeysWordsAndMissingUnits) {
  const Json schema = Json::parse(json_schema());
  const SchemaChecker checker(schema);
  EXPECT_EQ(checker.mistake_in({{"servce", Json::object()}}),
            "/servce: unknown key");
  const auto with_service = [](Json service) {
    return Json{{"service", {{"shop", std::move(service)}}}};
  };
  EXPECT_EQ(checker.mistake_in(with_service({{"kind", "product"}})), "");
  EXPECT_EQ(checker.mistake_in(with_service({{"kind", "prodct"}})),
            "/service/shop/kind: no alternative fits");
  EXPECT_EQ(checker.mistake_in(with_service({{"head_room", "15"}})),
            "/service/shop/head_room: wrong form");
  EXPECT_EQ(checker.mistake_in(with_service({{"head_room", 15}})),
            "/service/shop/head_room: wrong type");
  EXPECT_EQ(checker.mistake_in({{"remedy", {{"repair", {{"first", "1 h"}}}}}}),
            "/remedy/repair: for is missing");
}

TEST(ReferencePage, OpensWithAScenarioThatLoads) {
  const std::string page = read_all(kRoot / "docs/scenario-language.md");
  const size_t begins = page.find("```toml\n") + 8;
  const std::string path = write(
      "page.toml", page.substr(begins, page.find("```", begins) - begins));
  EXPECT_EQ(load_scenario(path).services.size(), 2u);
}

// OUTAGESIM_ACCEPT=1 writes the page anew: read the difference.
TEST(ReferencePage, IsWhatTheLoaderReads) {
  const fs::path path = kRoot / "docs/scenario-language.md";
  const std::string page = read_all(path);
  const size_t begins = page.find("## Types of values");
  ASSERT_NE(begins, std::string::npos);
  if (std::getenv("OUTAGESIM_ACCEPT")) {
    std::ofstream(path) << page.substr(0, begins) << language_reference();
  }
  EXPECT_EQ(read_all(path).substr(begins), language_reference());
}

}  // namespace
}  // namespace outagesim
