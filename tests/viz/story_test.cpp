#include "viz/story.h"

#include <gtest/gtest.h>

#include "tests/sim/engine_fixture.h"
#include "tests/sim/small_model.h"

namespace outagesim {
namespace {

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
            "  outage of    onset  noticed  half back      end  in full   "
            "lasted  at worst\n"
            "  Chat       0:00:00  0:01:00    0:30:00  1:00:00  2:00:00  "
            "1:00:00       0 %\n");
}

TEST(Story, TellsALengthOfTimeInOneWay) {
  const Model model = model_of(R"(
[scenario]
start = 2025-03-03T10:00:00Z
horizon = "24 h"
[service.shop]
kind = "product"
[fault.power]
at = "10 min"
where = "shop"
effect = "down"
ends = "11.5 h"
)");
  Trace trace;
  const Replication replication = Engine(model).run(1, 0, &trace);
  const std::string text = story_text(model, trace, replication, {});
  EXPECT_NE(text.find("OUTAGE of shop ends         it lasted 11:30:00\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  11:30:00       0 %\n"), std::string::npos) << text;
}

TEST(Story, TellsLinesInTheOrderOfTheirTimes) {
  const Model model = testing::small_model();
  const Trace trace{{{Seconds{9}, "later", ""}, {Seconds{3}, "earlier", ""}}};
  const std::string text =
      story_text(model, trace, testing::quiet_replication(model), {});
  EXPECT_LT(text.find("earlier"), text.find("later"));
}

TEST(Story, FoldsWhatBefallsManyCellsOfAService) {
  const Model model = model_of(R"(
[scenario]
start = 2025-03-03T10:00:00Z
horizon = "24 h"
[service.db]
cells = { number = 6 }
[service.chat]
kind = "product"
needs = ["db"]
)");
  const Replication replication = testing::quiet_replication(model);
  Trace trace;
  for (int cell = 1; cell <= 6; ++cell) {
    trace.lines.push_back({Seconds{60.0 * cell},
                           "db." + std::to_string(cell) + " is hit", "power"});
  }
  trace.lines.push_back({Seconds{400}, "db.3 is hit", "another reason"});
  EXPECT_EQ(story_text(model, trace, replication, {}, Folding::kCells),
            "     time  what                         why\n"
            "  0:01:00  db.1 is hit, the first of 6  power\n"
            "  0:06:00  db.6 is hit, the last of 6   power\n"
            "  0:06:40  db.3 is hit                  another reason\n"
            "\nNo product had an outage.\n");
}

TEST(Story, SaysWhenNothingHappened) {
  const Model model = testing::small_model();
  EXPECT_EQ(story_text(model, {}, testing::quiet_replication(model), {}),
            "  time  what  why\n\nNo product had an outage.\n");
}

}  // namespace
}  // namespace outagesim
