#include "tests/support/source_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace outagesim {
namespace {

// A table: from the heading row to the first line that is no row.
std::string with_table(const std::string& page, const std::string& table) {
  const std::string heading = table.substr(0, table.find('\n') + 1);
  const size_t begin = page.find(heading);
  if (begin == std::string::npos) return page;
  size_t end = begin;
  while (end < page.size() && page[end] == '|') {
    end = std::min(page.find('\n', end), page.size() - 1) + 1;
  }
  return page.substr(0, begin) + table + page.substr(end);
}

}  // namespace

std::filesystem::path source_tree() { return OUTAGESIM_SOURCE_DIR; }
std::filesystem::path program_path() { return OUTAGESIM_BINARY; }

std::filesystem::path scratch_folder() {
  struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() /
                                 ("outagesim-test-" + std::to_string(getpid()));
    Folder() { std::filesystem::create_directories(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
    }
  };
  static const Folder kFolder;
  return kFolder.path;
}

std::string source_text(std::string_view path) {
  std::ostringstream text;
  text << std::ifstream(source_tree() / path, std::ios::binary).rdbuf();
  return text.str();
}

void expect_in_page(std::string_view page, const std::string& generated) {
  if (std::getenv("OUTAGESIM_ACCEPT") != nullptr) {
    const std::string renewed = with_table(source_text(page), generated);
    std::ofstream(source_tree() / page, std::ios::binary) << renewed;
  }
  EXPECT_THAT(source_text(page), ::testing::HasSubstr(generated))
      << "renew the page with OUTAGESIM_ACCEPT=1";
}

}  // namespace outagesim
