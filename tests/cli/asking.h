// What tests of several commands share: their words put together, and the same
// bytes whatever the number of threads.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/cli/program.h"

namespace outagesim::testing {

inline constexpr const char* kPowerScenario =
    "scenarios/openai-2024-12-26-supplier-power.toml";

inline Ran run_with(std::vector<std::string> words,
                    const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return run(words);
}

// What the command writes to `file`, which is the same with one thread, with
// two and with eight.
inline std::string same_with_any_threads(const std::vector<std::string>& words,
                                         const std::string& file) {
  const Scratch scratch;
  std::vector<std::string> texts;
  for (const std::string threads : {"1", "2", "8"}) {
    const fs::path out = scratch.path() / threads;
    const Ran ran =
        run_with(words, {"--threads", threads, "--quiet", "--out", out});
    EXPECT_EQ(ran.code, 0) << ran.err;
    texts.push_back(file_text(out / file));
  }
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_EQ(texts[0], texts[2]);
  return texts[0];
}

}  // namespace outagesim::testing
