// Every key such as [Fleming75] in a source or a page is found in
// docs/references.md.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Names with a year, as in "[Cox62, section 5.4]".
std::set<std::string> keys_of(const std::string& text) {
  static const std::regex key(R"(\[([A-Z][A-Za-z]+[0-9]{2}[a-z]?)[\],])");
  std::set<std::string> keys;
  for (std::sregex_iterator hit(text.begin(), text.end(), key), end; hit != end;
       ++hit) {
    keys.insert((*hit)[1]);
  }
  return keys;
}

std::set<std::string> keys_under(const fs::path& folder) {
  std::set<std::string> keys;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) keys.merge(keys_of(read_text(entry.path())));
  }
  return keys;
}

TEST(References, ResolveEveryKeyInSourcesAndPages) {
  const fs::path root = source_tree();
  const auto resolved = keys_of(read_text(root / "docs/references.md"));
  for (const auto* folder : {"models", "sim", "viz", "cli", "docs"}) {
    for (const auto& key : keys_under(root / folder)) {
      EXPECT_THAT(resolved, testing::Contains(key)) << "cited in " << folder;
    }
  }
}

TEST(References, StandOnceEach) {
  const std::string page = read_text(source_tree() / "docs/references.md");
  static const std::regex row(R"(\n\| \[([A-Za-z0-9]+)\])");
  std::set<std::string> seen;
  for (std::sregex_iterator hit(page.begin(), page.end(), row), end; hit != end;
       ++hit) {
    EXPECT_TRUE(seen.insert((*hit)[1]).second) << (*hit)[1];
  }
  EXPECT_GT(seen.size(), 50U);
}

TEST(References, AreFoundWithAndWithoutAPlaceInTheWork) {
  EXPECT_THAT(keys_of("x [Cox62, section 5.4] y [Neal15] [17] [FNV, z]"),
              testing::ElementsAre("Cox62", "Neal15"));
}

}  // namespace
}  // namespace outagesim
