#include "viz/story.h"

#include <gtest/gtest.h>

#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

TEST(Story, TellsTimesAsAClock) {
  EXPECT_EQ(clock_text(Seconds{0}), "0:00:00");
  EXPECT_EQ(clock_text(Seconds{510.4}), "0:08:30");
  EXPECT_EQ(clock_text(Seconds{-240}), "-0:04:00");
  EXPECT_EQ(clock_text(Seconds{3 * 86400 + 3661}), "3 d 1:01:01");
}

TEST(Story, TellsWhatHappenedAndWhatItCameTo) {
  const Model model = testing::small_model();
  Replication replication = testing::quiet_replication(model);
  replication.outages = {testing::outage(0, 0, 3600)};
  const Trace trace{{{Seconds{0}, "db goes down", "fault power"},
                     {Seconds{3600}, "db works", "repaired"}}};
  EXPECT_EQ(story_text(model, trace, replication, {}),
            "     time  what          why\n"
            "  0:00:00  db goes down  fault power\n"
            "  1:00:00  db works      repaired\n"
            "\n"
            "  outage of    onset  noticed  half back      end  in full  "
            "lasted  at worst\n"
            "  Chat       0:00:00  0:01:00    0:30:00  1:00:00  2:00:00  "
            "60 min       0 %\n");
}

TEST(Story, SaysWhenNothingHappened) {
  const Model model = testing::small_model();
  EXPECT_EQ(story_text(model, {}, testing::quiet_replication(model), {}),
            "  time  what  why\n\nNo product had an outage.\n");
}

}  // namespace
}  // namespace outagesim
