#include "viz/output_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "models/base/error.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;

class OutputFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() /
             ("outagesim-output-" + std::to_string(::getpid()));
    fs::remove_all(folder);
  }
  void TearDown() override { fs::remove_all(folder); }

  std::size_t entries() const {
    const fs::directory_iterator all(folder);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
  std::string text_of(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder / name).rdbuf();
    return text.str();
  }

  fs::path folder;
};

TEST_F(OutputFilesTest, AppearTogetherWhenCommitted) {
  OutputFiles files(folder / "deep");
  files.add("a.csv", "1\n");
  const std::size_t b = files.open("b.csv");
  EXPECT_TRUE(files.append(b, "2\n"));
  EXPECT_TRUE(files.append(b, "3\n"));
  EXPECT_FALSE(fs::exists(folder / "deep" / "a.csv"));
  files.commit();
  EXPECT_EQ(text_of("deep/a.csv"), "1\n");
  EXPECT_EQ(text_of("deep/b.csv"), "2\n3\n");
}

TEST_F(OutputFilesTest, LeaveNothingWhenNotCommitted) {
  {
    OutputFiles files(folder);
    files.add("a.csv", "1\n");
  }
  EXPECT_EQ(entries(), 0);
}

TEST_F(OutputFilesTest, ReplaceOlderFilesOnlyAtTheEnd) {
  fs::create_directories(folder);
  std::ofstream(folder / "a.csv") << "old\n";
  OutputFiles files(folder);
  files.add("a.csv", "new\n");
  EXPECT_EQ(text_of("a.csv"), "old\n");
  files.commit();
  EXPECT_EQ(text_of("a.csv"), "new\n");
}

TEST_F(OutputFilesTest, RefuseAFolderThatCannotBe) {
  std::ofstream{folder} << "a file";
  try {
    OutputFiles files(folder / "below");
    FAIL() << "expected an error";
  } catch (const SurroundingsError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("cannot make the folder " +
                                                   folder.string()));
  }
}

TEST_F(OutputFilesTest, RefuseToReplaceAFolder) {
  fs::create_directories(folder / "a.csv");
  OutputFiles files(folder);
  EXPECT_THROW(files.add("a.csv", "1\n"), SurroundingsError);
}

// A disk that is full is played by a limit on the size of a file.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

TEST_F(OutputFilesTest, LeaveNothingWhenOneCannotBeWrittenWhole) {
  {
    const FileSizeLimit limit(10'000);
    OutputFiles files(folder);
    files.add("small.csv", "1\n");
    const std::size_t large = files.open("large.csv");
    files.append(large, std::string(100'000, 'x'));
    EXPECT_FALSE(files.append(large, std::string(100'000, 'x')));
    try {
      files.commit();
      FAIL() << "expected an error";
    } catch (const SurroundingsError& error) {
      EXPECT_EQ(std::string(error.what()), "cannot write " +
                                               (folder / "large.csv").string() +
                                               ": File too large");
    }
  }
  EXPECT_EQ(entries(), 0);
}

}  // namespace
}  // namespace outagesim
