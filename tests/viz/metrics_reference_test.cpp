#include "viz/metrics_reference.h"

#include <gtest/gtest.h>

#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

TEST(MetricsReference, StandsInTheDocs) {
  expect_in_page("docs/results.md", metrics_reference());
}

}  // namespace
}  // namespace outagesim
