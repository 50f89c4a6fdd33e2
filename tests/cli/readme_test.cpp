// What the README shows of a run is what the program prints.
#include <gmock/gmock.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/program.h"
#include "tests/support/source_tree.h"

namespace outagesim::testing {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The block that begins with the command, without what is left out in brackets
// and the line that tells how long it took.
std::vector<std::string> shown(const std::string& command) {
  const std::string text = source_text("README.md");
  const std::string fence = "\n```\n";
  const std::size_t begin = text.find("$ ./outagesim " + command);
  if (begin == std::string::npos) return {};
  std::vector<std::string> lines;
  for (const std::string& line :
       lines_of(text.substr(begin, text.find(fence, begin) - begin))) {
    const bool said = !line.empty() && line.front() != '$' &&
                      line.front() != '[' &&
                      line.find("runs of 7 d") == std::string::npos;
    if (said) lines.push_back(line);
  }
  return lines;
}

// Expects every line of the block among those that the command prints.
std::vector<std::string> expect_printed(const std::vector<std::string>& words) {
  std::string command;
  for (const std::string& word : words) {
    command += (command.empty() ? "" : " ") + word;
  }
  const Ran ran = run(words);
  EXPECT_EQ(ran.code, 0) << ran.err;
  const std::vector<std::string> lines = lines_of(ran.out);
  const std::set<std::string> printed(lines.begin(), lines.end());
  const std::vector<std::string> block = shown(command);
  for (const std::string& line : block) {
    EXPECT_TRUE(printed.count(line)) << "not printed by the program: " << line;
  }
  return block;
}

TEST(Readme, ShowsWhatTheProgramPrintsAndNothingTwice) {
  const std::vector<std::string> block = expect_printed(
      {"run", "scenarios/openai-2024-12-26-supplier-power.toml"});
  ASSERT_GT(block.size(), 30U);
  std::size_t titles = 0;
  for (const std::string& line : block) {
    titles += line.find("time to recover (TTR)") != std::string::npos;
  }
  EXPECT_EQ(titles, 1U);
}

TEST(Readme, ShowsHowSurelyObjectivesAreMet) {
  EXPECT_GT(expect_printed(
                {"slo", "scenarios/openai-year.toml", "--replications", "1000"})
                .size(),
            10U);
}

}  // namespace
}  // namespace outagesim::testing
