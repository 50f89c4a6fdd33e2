// What the program prints on a real terminal of a given width and language.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "models/base/text.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Surroundings {
  unsigned short width = 80;
  const char* language = "C.UTF-8";
  std::vector<std::pair<const char*, const char*>> more{};
};

void become(const std::vector<std::string>& words, const Surroundings& there) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "COLUMNS", "NO_COLOR"}) {
    ::unsetenv(name);
  }
  ::setenv("LANG", there.language, 1);
  ::setenv("TERM", "xterm", 1);
  for (const auto& [name, value] : there.more) ::setenv(name, value, 1);
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

// Everything that reaches the terminal, standard error included.
std::string on_terminal(std::vector<std::string> words,
                        const Surroundings& there) {
  words.insert(words.begin(), program_path().string());
  winsize size{};
  size.ws_row = 40;
  size.ws_col = there.width;
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) become(words, there);
  std::string text;
  char bytes[4096];
  for (ssize_t n = 0; (n = ::read(terminal, bytes, sizeof bytes)) > 0;) {
    text.append(bytes, static_cast<std::size_t>(n));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  EXPECT_EQ(status, 0) << text;
  std::erase(text, '\r');
  return text;
}

// A bare chroot may have none; what needs one is then not tested.
bool has_terminals() {
  int terminal = -1, program = -1;
  if (::openpty(&terminal, &program, nullptr, nullptr, nullptr) != 0) {
    return false;
  }
  ::close(terminal);
  ::close(program);
  return true;
}

class Terminal : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!has_terminals()) {
      GTEST_SKIP() << "no pseudo terminal can be opened here (is /dev/pts "
                      "mounted?)";
    }
  }
};

std::string incident() {
  return source_tree() / "scenarios/openai-2024-12-26-supplier-power.toml";
}

std::vector<std::string> quick_run(const std::string& command) {
  return {command, incident(), "--replications", "300", "--quiet"};
}

std::string without_colour(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.compare(at, 2, "\x1b[") == 0)
      at = text.find('m', at);
    else
      out += text[at];
  }
  return out;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    widest = std::max(widest, display_width(text.substr(at, end - at)));
    at = end + 1;
  }
  return widest;
}

TEST_F(Terminal, NothingRunsOverAtAnyWidth) {
  for (const int width : {40, 60, 80, 120}) {
    for (const char* command : {"run", "compare", "slo"}) {
      for (const char* language : {"C.UTF-8", "C"}) {
        const std::string text = without_colour(
            on_terminal(quick_run(command),
                        {static_cast<unsigned short>(width), language}));
        EXPECT_LE(widest_line(text), static_cast<std::size_t>(width))
            << command << ' ' << language;
      }
    }
  }
}

TEST_F(Terminal, ShowsOnlyAsciiWhereTheLanguageKnowsNoMore) {
  for (const char* command : {"run", "compare"}) {
    const std::string text = on_terminal(quick_run(command), {80, "C"});
    for (const char c : text) EXPECT_GE(c, 0) << text;
  }
  EXPECT_THAT(on_terminal(quick_run("run"), {80, "C.UTF-8"}), HasSubstr("█"));
}

TEST_F(Terminal, UsesColourUnlessRefused) {
  EXPECT_THAT(on_terminal(quick_run("run"), {}), HasSubstr("\x1b[1m"));
  const std::vector<std::pair<const char*, const char*>> refused{
      {"NO_COLOR", "1"}};
  EXPECT_THAT(on_terminal(quick_run("run"), {80, "C.UTF-8", refused}),
              Not(HasSubstr("\x1b[")));
}

TEST_F(Terminal, NeverSpellsTheCodesOfColours) {
  const std::string gates = source_tree() / "scenarios/three-tier.toml";
  const std::string text =
      on_terminal({"slo", gates, "--replications", "500", "--quiet"}, {100});
  EXPECT_THAT(text, HasSubstr("passed"));
  EXPECT_THAT(text, Not(HasSubstr("\\x1B")));
}

TEST_F(Terminal, TakesTheWidthThatColumnsSays) {
  const std::vector<std::pair<const char*, const char*>> narrow{
      {"COLUMNS", "50"}};
  const std::string text =
      on_terminal(quick_run("run"), {120, "C.UTF-8", narrow});
  EXPECT_LE(widest_line(without_colour(text)), 50u);
}

TEST_F(Terminal, TellsOfProgressWithWhatIsKnownSoFar) {
  const std::string text = on_terminal(
      {"run", incident(), "--replications", "40000", "--threads", "1"},
      {100, "C.UTF-8"});
  EXPECT_THAT(text, ::testing::ContainsRegex(
                        "of 40000 runs, [0-9]+ %, .* left; user-minutes lost "
                        "[0-9.]+ ± [0-9.]+ [MG]"));
}

}  // namespace
}  // namespace outagesim
