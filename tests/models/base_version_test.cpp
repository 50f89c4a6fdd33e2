#include "models/base/version.h"

#include <gmock/gmock.h>

namespace outagesim {
namespace {

TEST(Version, IsThreeNumbers) {
  EXPECT_THAT(std::string(version()),
              testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

}  // namespace
}  // namespace outagesim
