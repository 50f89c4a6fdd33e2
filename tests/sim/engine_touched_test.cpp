// What a replication costs hangs on what its incident touches, not on how much
// there is beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <numeric>

#include "tests/sim/engine_fixture.h"
#include "tests/support/touched_fleet.h"

namespace outagesim {
namespace {

// Of the quickest of nine; the first of an engine grows its memory.
double milliseconds_of_one(int services) {
  const Model model = model_of(touched_fleet(services));
  Engine engine(model);
  double least = 1e9;
  for (std::uint64_t i = 0; i < 9; ++i) {
    const std::clock_t before = std::clock();
    const Replication& replication = engine.run(1, i);
    const std::clock_t spent = std::clock() - before;
    least = std::min(least, 1e3 * static_cast<double>(spent) / CLOCKS_PER_SEC);
    EXPECT_EQ(
        std::accumulate(replication.fell.begin(), replication.fell.end(), 0),
        kTouchedServices);
  }
  return least;
}

TEST(OneIncident, CostsWhatItTouchesAlone) {
  const double alone = milliseconds_of_one(kTouchedServices);
  const double among_others = milliseconds_of_one(10 * kTouchedServices);
  RecordProperty("milliseconds_alone", std::to_string(alone));
  RecordProperty("milliseconds_among_others", std::to_string(among_others));
  // Ten times if all were looked at.
  EXPECT_LT(among_others / alone, 3) << alone << " ms, " << among_others;
  // 50 ms on a machine of its own; this one may be busy, and built to test.
  EXPECT_LT(among_others, 500);
}

}  // namespace
}  // namespace outagesim
