// Every broken scenario of tests/broken says exactly what is expected. After a
// change of wording, OUTAGESIM_ACCEPT=1 writes what is said now: read the
// difference before it is committed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "models/base/error.h"
#include "models/scenario/load.h"

#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = source_tree();

std::vector<std::string> broken_scenarios() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kRoot / "tests/broken")) {
    if (entry.path().extension() == ".toml") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Paths as somebody in the root folder would see them.
std::string from_root(std::string text) {
  const std::string root = kRoot.string() + "/";
  for (size_t at = text.find(root); at != std::string::npos;
       at = text.find(root, at)) {
    text.erase(at, root.size());
  }
  return text;
}

std::string what_is_said(const std::string& name) {
  try {
    load_scenario((kRoot / "tests/broken" / (name + ".toml")).string());
    return "";
  } catch (const InputError& error) {
    return from_root(error.what());
  }
}

class BrokenScenario : public testing::TestWithParam<std::string> {};

TEST_P(BrokenScenario, SaysWhatIsWrong) {
  const std::string said = what_is_said(GetParam());
  const fs::path expected = kRoot / "tests/broken" / (GetParam() + ".expected");
  if (std::getenv("OUTAGESIM_ACCEPT")) std::ofstream(expected) << said;
  EXPECT_EQ(said, read_all(expected));
  EXPECT_FALSE(said.empty());
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, BrokenScenario,
                         testing::ValuesIn(broken_scenarios()), test_name);

TEST(BrokenScenarios, AreAtLeastSixty) {
  EXPECT_GE(broken_scenarios().size(), 60u);
}

}  // namespace
}  // namespace outagesim
