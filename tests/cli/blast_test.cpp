// outagesim blast as a user meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/cli/program.h"

namespace outagesim {
namespace {

using ::testing::HasSubstr;
using testing::Ran;
using testing::run;
using testing::Scratch;

// Each service needs the one before it.
std::string chain_of(const Scratch& scratch, int services) {
  const std::string path = scratch.path() / "chain.toml";
  std::ofstream file(path);
  file << "format = 1\n[scenario]\nstart = 2025-03-03T10:00:00Z\n"
          "horizon = \"24 h\"\n[service.s0]\n";
  for (int i = 1; i < services; ++i) {
    file << "[service.s" << i << "]\nneeds.s" << i - 1 << " = \"hard\"\n";
  }
  return path;
}

TEST(BlastCommand, NamesWhatFallsWithEachService) {
  const Scratch scratch;
  const Ran ran = run({"blast", chain_of(scratch, 3)});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("s1"));
  EXPECT_EQ(ran.err, "");
}

TEST(BlastCommand, CountsWhereTheListsWouldHoldMillionsOfNames) {
  const Scratch scratch;
  const std::string chain = chain_of(scratch, 4000);  // 16 million names
  const Ran ran = run({"blast", chain});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("counted instead, as with --all; name a "
                                 "service for its list"));
  EXPECT_THAT(ran.out, HasSubstr("3999"));
  EXPECT_EQ(run({"blast", chain, "--format", "json"}).code, 1);
  const Ran one = run({"blast", chain, "s3998"});
  EXPECT_EQ(one.code, 0);
  EXPECT_EQ(one.err, "");
}

}  // namespace
}  // namespace outagesim
