#include "models/scenario/key_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace outagesim {
namespace {

TEST(KeyTexts, NameEveryValueByItsPath) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("key-texts-" + std::to_string(::getpid()) + ".toml");
  std::ofstream(path) << "format = 1\n"
                         "[service.\"a b\"]\n"
                         "cells = { number = 4, size = 0.8 }\n"
                         "needs = [\"x\", \"y\"]\n"
                         "[[observed]]\n"
                         "at = \"5 min\"\n";
  const auto texts =
      key_texts(path.string(), {.set = {"scenario.horizon=1 h"}});
  std::filesystem::remove(path);
  EXPECT_THAT(texts,
              ::testing::ElementsAre(
                  KeyText{"format", "1"}, KeyText{"observed[1].at", "5 min"},
                  KeyText{"scenario.horizon", "1 h"},
                  KeyText{"service.\"a b\".cells.number", "4"},
                  KeyText{"service.\"a b\".cells.size", "0.8"},
                  KeyText{"service.\"a b\".needs", "[\"x\", \"y\"]"}));
}

}  // namespace
}  // namespace outagesim
