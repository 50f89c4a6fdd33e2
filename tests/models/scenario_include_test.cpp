// What a scenario may include, and what it is told of the rest.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "models/base/error.h"
#include "models/scenario/load.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;

class Include : public ::testing::Test {
 protected:
  Include() { fs::create_directories(folder_); }
  ~Include() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  // What is said of a scenario whose system is `system`, without the place.
  std::string complaint(const std::string& system) const {
    write("main.toml", "format = 1\nsystem = \"" + system +
                           "\"\n[scenario]\nstart = 2025-01-01T00:00:00Z\n"
                           "horizon = \"1 h\"\n");
    try {
      load_scenario((folder_ / "main.toml").string());
    } catch (const InputError& error) {
      const std::string text = error.what();
      const std::string mark = ": error: ";
      const std::size_t begin = text.find(mark) + mark.size();
      return text.substr(begin, text.find('\n', begin) - begin);
    }
    return "";
  }

  fs::path folder_ = scratch_folder() / "include";
};

TEST_F(Include, RefusesCirclesOfFiles) {
  write("two.toml", "format = 1\nsystem = \"main.toml\"\n[service.shop]\n");
  EXPECT_EQ(complaint("two.toml"), "the files include each other in a circle");
}

TEST_F(Include, RefusesLinksThatLeadOut) {
  fs::create_symlink(source_tree() / "scenarios/first-steps.toml",
                     folder_ / "link.toml");
  EXPECT_EQ(complaint("link.toml"),
            "a system file must lie in the scenario's folder tree");
  fs::create_symlink("round.toml", folder_ / "round.toml");
  EXPECT_NE(complaint("round.toml"), "");
}

TEST_F(Include, DoesNotWaitForAPipe) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(complaint("pipe"), "a system file must be a plain file");
}

}  // namespace
}  // namespace outagesim
