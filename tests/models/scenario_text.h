// Scenarios written in a test: each a file of its own, with the frame that
// every scenario needs.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "models/scenario/load.h"
#include "tests/support/source_tree.h"

namespace outagesim {

inline constexpr std::string_view kFrame = R"toml(format = 1
[scenario]
start = 2024-12-26T18:40:00Z
horizon = "48 h"
)toml";

inline std::string write(const std::string& name, std::string_view text) {
  const std::filesystem::path path = scratch_folder() / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
  return path.string();
}

inline Scenario load(std::string_view rest, const LoadOptions& options = {}) {
  const std::string name =
      testing::UnitTest::GetInstance()->current_test_info()->name();
  return load_scenario(
      write(name + ".toml", std::string(kFrame) + std::string(rest)), options);
}

}  // namespace outagesim
