// What is no checkpoint, or no file, is refused at once; what is written goes
// where it should, or the command says that it did not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "tests/cli/program.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;
using testing::file_text;
using ::testing::HasSubstr;
using testing::Ran;
using testing::run;
using testing::Scratch;
using Words = std::vector<std::string>;

constexpr const char* kScenario = "tests/cli/two-products.toml";

class CheckpointFile : public ::testing::Test {
 protected:
  std::string at(const std::string& name) const {
    return (scratch_.path() / name).string();
  }
  std::string new_pipe(const std::string& name) const {
    EXPECT_EQ(::mkfifo(at(name).c_str(), 0600), 0);
    return at(name);
  }
  std::string kept() const {
    run({"run", kScenario, "--replications", "100", "--quiet", "--checkpoint",
         at("kept")});
    return file_text(at("kept"));
  }

 private:
  Scratch scratch_;
};

TEST_F(CheckpointFile, IsNoDeviceNoPipeAndNoFolder) {
  const std::string pipe = new_pipe("pipe");
  fs::create_directory(at("folder"));
  for (const std::string& path :
       {std::string("/dev/zero"), std::string("/dev/full"), pipe,
        at("folder")}) {
    for (const Words& words :
         {Words{"run", kScenario, "--checkpoint", path},
          Words{"run", kScenario, "--shard", "0/2", "--checkpoint", path},
          Words{"merge", path}}) {
      const Ran ran = run(words);
      EXPECT_EQ(ran.code, 1) << path;
      EXPECT_THAT(ran.err, HasSubstr("\"" + path +
                                     "\" is no file but a device, a pipe or "
                                     "a folder\n"));
    }
  }
}

// A stream that began rightly would once have been read until memory ended.
TEST_F(CheckpointFile, IsReadNoFurtherThanItSaysItself) {
  std::string bytes = kept();
  const Words words{"merge", at("kept")};
  constexpr const char* kCut =
      "\" is cut short or damaged: its size or its checksum does not fit\n";
  fs::resize_file(at("kept"), std::uintmax_t{1} << 40);  // with nothing in it
  EXPECT_THAT(run(words).err, HasSubstr(kCut));
  fs::resize_file(at("kept"), bytes.size() + 1);
  EXPECT_THAT(run(words).err, HasSubstr(kCut));
  fs::resize_file(at("kept"), 30);
  EXPECT_THAT(run(words).err, HasSubstr(kCut));
  std::ofstream(at("kept"), std::ios::binary) << bytes;
  EXPECT_EQ(run({"merge", at("kept"), "--out", at("out")}).code, 0);
}

TEST_F(CheckpointFile, OfASweepHasNoPartsToMerge) {
  ASSERT_EQ(run({"sweep", kScenario, "--over", "scenario.horizon=1 d,2 d",
                 "--replications", "50", "--quiet", "--checkpoint", at("kept")})
                .code,
            0);
  EXPECT_THAT(run({"merge", at("kept")}).err,
              HasSubstr("\" was kept by sweep, which is not divided into "
                        "parts; the same command goes on from it\n"));
}

TEST(WrittenFile, ThatFindsNoRoomIsTold) {
  const Ran ran = run({"generate", "100", "--out", "/dev/full"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_THAT(ran.err,
              HasSubstr("cannot write /dev/full: No space left on device\n"));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST(WrittenFile, GoesIntoAPipeThatStaysOne) {
  const Scratch scratch;
  const fs::path pipe = scratch.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::string read;
  std::jthread reader([&] { read = file_text(pipe); });
  const Ran ran = run({"generate", "100", "--out", pipe.string()});
  reader.join();
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(read, run({"generate", "100"}).out);
  EXPECT_TRUE(fs::is_fifo(pipe));
}

}  // namespace
}  // namespace outagesim
