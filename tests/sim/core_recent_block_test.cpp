// A block that is kept gives the draws that the stream gives.
#include "sim/core/recent_block.h"

#include <gtest/gtest.h>

namespace outagesim {
namespace {

TEST(RecentBlock, GivesTheDrawsOfTheStreamInAnyOrder) {
  const StreamKey key{.seed = 3, .replication = 5, .entity = 7, .purpose = 2};
  const Stream stream(key);
  RecentBlock recent;
  for (const std::uint64_t index : {0, 1, 2, 3, 4, 9, 8, 1, 400}) {
    EXPECT_EQ(uniform_at(key, index, recent), stream.at(index)) << index;
  }
}

}  // namespace
}  // namespace outagesim
