// What the README shows of a run is what the program prints.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
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

// The blocks of "Your own scenario in ten minutes", one below the other.
std::string scenario_of_the_readme() {
  std::string scenario;
  bool inside = false;
  for (const std::string& line : lines_of(source_text("README.md"))) {
    if (line == "   ```toml") {
      inside = true;
    } else if (line == "   ```") {
      inside = false;
    } else if (inside) {
      scenario += line.substr(std::min<std::size_t>(line.size(), 3)) + '\n';
    }
  }
  return scenario;
}

// Words of a command line, quoted ones whole.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words;
  std::istringstream stream(command);
  for (std::string word; (stream >> std::ws).good();) {
    if (stream.peek() == '\'') {
      stream.get();
      std::getline(stream, word, '\'');
    } else {
      stream >> word;
    }
    words.push_back(word);
  }
  return words;
}

// The first command in each row of the table "What else it answers".
std::vector<std::string> commands_of_the_table() {
  std::vector<std::string> commands;
  const std::string mark = "| `./outagesim ";
  for (const std::string& line : lines_of(source_text("README.md"))) {
    const std::size_t begin = line.find(mark);
    if (begin == std::string::npos) continue;
    const std::size_t first = begin + mark.size();
    commands.push_back(line.substr(first, line.find('`', first) - first));
  }
  return commands;
}

TEST(Readme, ItsOwnScenarioAnswersWhatTheTableAsks) {
  const Scratch scratch;
  const std::string mine = scratch.path() / "my.toml";
  std::ofstream(mine) << scenario_of_the_readme();
  EXPECT_EQ(run({"validate", mine}).code, 0) << run({"validate", mine}).err;
  const std::vector<std::string> commands = commands_of_the_table();
  EXPECT_GE(commands.size(), 13U);
  for (const std::string& command : commands) {
    std::vector<std::string> words = words_of(command);
    const auto place = std::ranges::find(words, "my.toml");
    if (place == words.end()) continue;
    *place = mine;
    // Enough for `check` to judge.
    words.insert(words.end(), {"--replications", "200"});
    const Ran ran = run(words);
    EXPECT_EQ(ran.code, 0) << command << '\n' << ran.err;
    EXPECT_GT(ran.out.size(), 100U) << command;
  }
}

}  // namespace
}  // namespace outagesim::testing
