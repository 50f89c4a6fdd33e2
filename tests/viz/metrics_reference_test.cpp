#include "viz/metrics_reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace outagesim {
namespace {

// What is between the markers of the page is this text, to the letter.
TEST(MetricsReference, StandsInTheDocs) {
  std::ostringstream page;
  page << std::ifstream(OUTAGESIM_SOURCE_DIR "/docs/results.md").rdbuf();
  EXPECT_THAT(page.str(), ::testing::HasSubstr(metrics_reference()));
}

}  // namespace
}  // namespace outagesim
