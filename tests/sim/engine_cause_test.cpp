// An outage belongs to the fault that began it, whatever else strikes at the
// same instant, whatever it is called and wherever it stands in the file.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "tests/sim/engine_fixture.h"

namespace outagesim {
namespace {

struct Simultaneous {
  const char* need;   // of the shop, of `db` by any kind of need
  const char* where;  // what the true fault strikes
};

constexpr std::array kNeeds = {
    Simultaneous{"db = \"hard\"\n", "db"},
    Simultaneous{"db = \"hard\"\ncache = \"soft\"\n", "db"},
    Simultaneous{"db = { kind = \"cached\", life = \"20 min\" }\n", "db"},
    Simultaneous{"db = { kind = \"any\", of = [\"db\", \"spare\"], switch = "
                 "\"automatic\", detection = \"1 min\" }\n",
                 "db"},
    Simultaneous{"db = \"hard\"\nplace = { kind = \"any\", of = [\"cache\", "
                 "\"spare\"], switch = \"automatic\" }\n",
                 "db"},
    Simultaneous{"db = { kind = \"quorum\", of = [\"db\", \"spare\", "
                 "\"third\"], at_least = 3 }\n",
                 "db"},
    Simultaneous{"db = \"hard\"\nthree = { kind = \"quorum\", of = [\"cache\", "
                 "\"spare\", \"third\"], at_least = 2 }\n",
                 "db"},
};

struct Struck {
  std::string name, where, ends, detect;
};

std::string text_of(const Struck& fault) {
  return "[fault." + fault.name + "]\nat = \"10 min\"\nwhere = \"" +
         fault.where + "\"\neffect = \"down\"\nends = \"" + fault.ends +
         "\"\n[response." + fault.name + "]\ndetect = \"" + fault.detect +
         "\"\n";
}

std::string scenario_of(const Simultaneous& of,
                        const std::vector<Struck>& all) {
  std::string text =
      "[scenario]\nstart = 2025-03-03T10:00:00Z\nhorizon = \"24 h\"\n"
      "[service.db]\n[service.cache]\n[service.spare]\n[service.third]\n"
      "[service.unrelated]\n[service.shop]\nkind = \"product\"\n"
      "[service.shop.needs]\n" +
      std::string(of.need);
  for (const Struck& fault : all) text += text_of(fault);
  return text;
}

void expect_cause(const Simultaneous& of, const std::vector<Struck>& all,
                  const std::string& known) {
  const std::string text = scenario_of(of, all);
  const Model model = model_of(text);
  Engine engine(model);
  const Replication& result = engine.run(1, 0);
  ASSERT_FALSE(result.outages.empty()) << text;
  const OutageRecord& outage = result.outages.front();
  EXPECT_EQ(model.plan.faults[outage.cause].name, known) << text;
  EXPECT_FALSE(outage.shared) << text;
  EXPECT_EQ(outage.detected, 660) << text;
}

// All names for the three, and all orders in the file.
void expect_cause_however_written(const Simultaneous& of) {
  std::array<std::string, 3> names = {"aa", "bb", "cc"};
  do {
    const std::array<Struck, 3> struck = {
        Struck{names[0], of.where, "3 h", "1 min"},
        Struck{names[1], "cache", "2 h", "2 h"},
        Struck{names[2], "unrelated", "8 h", "5 h"}};
    std::array<std::size_t, 3> order = {0, 1, 2};
    do {
      expect_cause(of, {struck[order[0]], struck[order[1]], struck[order[2]]},
                   names[0]);
    } while (std::ranges::next_permutation(order).found);
  } while (std::ranges::next_permutation(names).found);
}

TEST(Cause, OfAnOutageIsTheFaultThatBeganItAmongSimultaneousOnes) {
  for (const Simultaneous& of : kNeeds) expect_cause_however_written(of);
}

TEST(Cause, OfTwoFaultsThatBothLowerAnOutageIsShared) {
  for (const char* unrelated : {"aa", "zz"}) {
    const Model model = model_of(
        scenario_of({"db = \"hard\"\ncache = { kind = \"hard\", share = \"50 "
                     "%\" }\n",
                     "db"},
                    {{"mm", "cache", "3 h", "1 min"},
                     {"nn", "db", "3 h", "2 min"},
                     {unrelated, "unrelated", "1 h", "3 min"}}));
    Engine engine(model);
    const Replication& result = engine.run(1, 0);
    ASSERT_EQ(result.outages.size(), 1U);
    EXPECT_EQ(model.plan.faults[result.outages.front().cause].name, "mm");
    EXPECT_TRUE(result.outages.front().shared);
  }
}

TEST(Cause, OfAnOpenOutageStaysAndAnUnrelatedFaultDoesNotShareIt) {
  for (const char* other : {"unrelated", "cache"}) {
    std::string text = scenario_of(
        {"db = { kind = \"hard\", share = \"50 %\" }\ncache = { kind = "
         "\"hard\", share = \"50 %\" }\n",
         "db"},
        {{"aa", "db", "3 h", "1 min"}});
    text += "[fault.bb]\nat = \"1 h\"\nwhere = \"" + std::string(other) +
            "\"\nends = \"1 h\"\n";
    text += "[fault.cc]\nat = \"1 h\"\nwhere = \"unrelated\"\nends = \"1 h\"\n";
    const Model model = model_of(text);
    Engine engine(model);
    const Replication& result = engine.run(1, 0);
    ASSERT_EQ(result.outages.size(), 1U);
    EXPECT_EQ(result.outages.front().cause, 0U);
    EXPECT_EQ(result.outages.front().shared, other == std::string("cache"));
  }
}

// What is down at the beginning, in the long way and the short one.
TEST(Cause, OfAnOutageAtTheBeginningIsWhatWasFoundDown) {
  const std::string fails =
      "fails = { time_to_failure = \"exponential(mean 10 h)\", "
      "time_to_repair = \"exponential(mean 10 h)\", stationary = true }\n";
  const std::string text =
      "[scenario]\nstart = 2025-03-03T10:00:00Z\nhorizon = \"365 d\"\n"
      "[service.db]\n" +
      fails + "[service.unrelated]\n" + fails +
      "[service.shop]\nkind = \"product\"\nneeds = [\"db\"]\n";
  const Model model = model_of(text);
  Engine engine(model);
  Trace trace;
  int at_start = 0;
  for (std::uint64_t i = 0; i < 40; ++i) {
    for (Trace* told : {&trace, static_cast<Trace*>(nullptr)}) {
      for (const OutageRecord& outage : engine.run(3, i, told).outages) {
        at_start += outage.onset == 0 ? 1 : 0;
        EXPECT_NE(cause_name(model.plan, outage.cause).find("db"),
                  std::string::npos);
      }
    }
  }
  EXPECT_GT(at_start, 20);
}

TEST(Cause, OfTheSuppliersPowerFailureIsThePowerWithASecondSupplier) {
  const std::string path =
      (source_tree() / "scenarios/openai-2024-12-26-supplier-power.toml")
          .string();
  const Model model =
      compile(load_scenario(path, {.set = {}, .strategy = "second-supplier"}));
  Engine engine(model);
  int both = 0, outages = 0, noticed = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    const Replication& result = engine.run(1, i);
    both += result.incidents.size() > 1 ? 1 : 0;
    for (const OutageRecord& outage : result.outages) {
      EXPECT_EQ(model.plan.faults[outage.cause].name, "power");
      // Those of the fault with a response; some are over before.
      noticed += std::isnan(outage.detected) ? 0 : 1;
      ++outages;
    }
  }
  EXPECT_GT(both, 3);
  EXPECT_GT(noticed, outages * 9 / 10);
}

}  // namespace
}  // namespace outagesim
