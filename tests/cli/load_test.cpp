// outagesim load and metastable as a user meets them: the tables word by word,
// what is wrong and a way out, exit codes, and the files they write.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/cli/asking.h"

namespace outagesim {
namespace {

using testing::file_text;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Ran;
using testing::run;
using testing::run_with;
using testing::Scratch;
using ::testing::StartsWith;

constexpr const char* kStorm = "scenarios/retry-storm.toml";

Ran load(const std::vector<std::string>& more) {
  return run_with({"load", kStorm}, more);
}

TEST(LoadCommand, ShowsStationsAndWhoAsksFromOutside) {
  const Ran ran = load({"--to", "20 min"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, R"(scenarios/retry-storm.toml
One replication, seed 1, from 0 s to 20 min, by flow

  station   capacity  in use  latency   99 %  most queued  longest wait
  database    1 k /s  60.0 %    16 ms  74 ms        483 k       8.1 min

  from outside      offered  served  least  below half for
  requests to shop   600 /s  50.0 %  0.0 %          10 min
)");
}

TEST(LoadCommand, LeavesOutWhatComesAfterItsWindow) {
  EXPECT_THAT(load({"--to", "2 min"}).out,
              HasSubstr("74 ms            0         16 ms\n"));
}

TEST(LoadCommand, PutsRequestsBesideTheFlowAndSaysWhereItIsToBeTrusted) {
  const Ran ran = load({"--fidelity", "request", "--from", "9 min", "--to",
                        "11 min", "--bin", "2 s", "--scale", "0.5"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("scenarios/retry-storm.toml\nOne replication,"
                                  " seed 1, from 9 min to 11 min, by flow and "
                                  "request by request\n"));
  EXPECT_THAT(
      ran.out,
      HasSubstr(
          "  from outside        flow  requests  difference  below half: "
          "flow         requests  latency: mean   50 %   99 %\n"
          "  requests to shop  50.0 %    49.9 %       0.1 %   10 min … 11 "
          "min  10 min … 11 min          16 ms  12 ms  74 ms\n\n"
          "  database: n0 = mT(1 - rho) = 200 of 500 requests a time-out;"
          " the flow is in its range\n"));
  EXPECT_THAT(ran.out, HasSubstr("  38.9 k requests from outside in "));
}

TEST(LoadCommand, SaysWhereTheFlowIsOutOfItsRange) {
  const Ran ran =
      load({"--fidelity", "request", "--to", "10 s", "--scale", "0.01"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out,
              HasSubstr("  database: n0 = mT(1 - rho) = 4 of 10 requests a "
                        "time-out; the flow is out of its range: a trigger's "
                        "threshold is a band of ±47.4 %, and it may collapse "
                        "without any trigger\n"));
  const Ran herd = run({"load", "scenarios/thundering-herd.toml", "--set",
                        "service.messenger.offers.timeout=\"30 s\"",
                        "--fidelity", "request", "--to", "10 s"});
  EXPECT_THAT(
      herd.out,
      HasSubstr("  requests to messenger: patience of 30 s, but what is "
                "called for them may take 4 min; the flow is out of "
                "its range: it lets them wait\n"));
}

TEST(LoadCommand, WritesBinsOfBothFidelities) {
  const Scratch scratch;
  const auto out = scratch.path() / "out";
  const Ran ran = load({"--fidelity", "request", "--to", "10 s", "--bin", "5 s",
                        "--scale", "0.1", "--out", out});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(file_text(out / "load.csv"),
              StartsWith("stream,t_s,offered_flow,served_share_flow,"
                         "offered_requests,served_share_requests,"
                         "latency_mean_s\nrequests to shop,0,3000,1,"));
}

TEST(LoadCommand, RefusesAWindowThatWouldTakeHours) {
  const Ran ran =
      run({"load", kStorm, "--set", "service.shop.offers.rate=\"1e9 /s\"",
           "--fidelity", "request", "--to", "1 min"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err,
              StartsWith("outagesim load: error: --fidelity request: the "
                         "window holds "));
  EXPECT_THAT(ran.err, HasSubstr(" calls, more than 2 G; make it shorter, or "
                                 "say --scale 0.00"));
}

TEST(LoadCommand, RefusesWhatServesNothingAndTurnsTooFast) {
  const Ran nothing =
      load({"--set", "service.database.serves.capacity=\"0 /s\""});
  EXPECT_EQ(nothing.code, 1);
  EXPECT_THAT(nothing.err,
              HasSubstr("error: a service that serves nothing is down\n"));
  const Ran fast =
      load({"--set",
            "service.checkout.needs.database.breaker={ window = \"1 ms\" }"});
  EXPECT_EQ(fast.code, 1);
  EXPECT_THAT(fast.err, HasSubstr("error: expected a duration of at least "
                                  "10 ms, found \"1 ms\"\n"));
}

struct Wrong {
  std::vector<std::string> words;
  const char* says;
};

void expect_wrong(const std::string& command, const std::string& scenario,
                  const Wrong& wrong) {
  std::vector<std::string> words{command, scenario};
  words.insert(words.end(), wrong.words.begin(), wrong.words.end());
  const Ran ran = run(words);
  EXPECT_EQ(ran.code, 1) << wrong.says;
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "outagesim " + command + ": error: " + wrong.says +
                         "\nTry \"outagesim " + command + " --help\".\n");
}

TEST(LoadCommand, SaysWhatIsWrongWithItsWindow) {
  for (const Wrong& wrong : std::vector<Wrong>{
           {{"--fidelity", "fast"},
            "--fidelity: expected flow or request, found \"fast\""},
           {{"--from", "20 min", "--to", "10 min"},
            "--to: expected a time after --from"},
           {{"--scale", "0"},
            "--scale: expected a number above 0 and up to 1000, found 0"},
           {{"--bin", "0 s"}, "--bin: expected a duration above 0 s"},
           {{"--bin", "1 ms"}, "--bin: expected at most 100,000 in the window"},
           {{"--bin", "soon"},
            "--bin: expected a duration such as \"30 s\" or \"5 min\", found "
            "\"soon\": it does not begin with a number"}}) {
    expect_wrong("load", kStorm, wrong);
  }
}

TEST(LoadCommand, NeedsAScenarioWithLoad) {
  for (const std::string command : {"load", "metastable"}) {
    expect_wrong(command, "scenarios/first-steps.toml",
                 {{},
                  "scenarios/first-steps.toml says nothing of load; give a "
                  "service for example serves = { capacity = \"1000 /s\" }"});
  }
  const Ran ran = run({"load"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err,
            "outagesim load: error: what is missing: outagesim load SCENARIO\n"
            "Try \"outagesim load --help\".\n");
}

TEST(MetastableCommand, SaysInPlainWordsWhichLoadsOutliveTheirTrigger) {
  const Scratch scratch;
  const auto out = scratch.path() / "out";
  const Ran ran = run({"metastable", kStorm, "--out", out});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith(R"(scenarios/retry-storm.toml

database, in use 60 %: vulnerable: it serves well, but a collapse would sustain itself
  A collapse sustains itself above 33 % of capacity: while it lasts, a request is called for up to 3 times.
  Above 33 % of capacity a stall of 30 s does not heal by itself.
  At its usual load a stall must last 1.3 s (1.35 time-outs, ± 5 %) to leave a collapse.
  After a stall half as long all is served again 1 s after its end.
  What ends a collapse: less than 33 % of capacity in demand, shedding or a breaker to that; a restart does too.
  n0 = mT(1 - rho) = 400: it does not collapse by itself in any time that matters

  Metastable from which length of a trigger on, by load and by the capacity left:
  load  stalled  to 25 %  to 50 %
  20 %    heals    heals    heals
  40 %    1.9 s    3.8 s    heals
  60 %    1.3 s    2.2 s    6.7 s
  80 %    1.1 s    1.5 s    2.8 s
  95 %      1 s    1.4 s    2.1 s
)"));
  EXPECT_THAT(
      ran.out,
      HasSubstr(
          "  in flight a time-out  spectral gap   escape  recovery  collapsed\n"
          "  5                        0.0243 /s     30 s   9.6 min     93.4 "
          "%\n"));
  EXPECT_THAT(file_text(out / "sweep.csv"), HasSubstr("\n"));
  EXPECT_THAT(file_text(out / "sweep.svg"),
              HasSubstr("Served, as the load on database rises and falls"));
  EXPECT_THAT(file_text(out / "metastable.csv"), HasSubstr("database"));
}

// Fifty control planes that differ in their load alone: one in full.
TEST(MetastableCommand, TellsOneOfManyCellsInFull) {
  const Ran ran = run({"metastable", "scenarios/phased-rollout.toml"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\ncontrol-plane.50, in use 31 %: stable"));
  EXPECT_THAT(
      ran.out,
      HasSubstr(
          "  other cells       in use  regime  shortest stall  recovery     "
          "n0\n"
          "  control-plane.49    20 %  stable           heals      39 s    4 k"
          "\n"));
  EXPECT_THAT(ran.out, HasSubstr("  … and 19 more in less use\n"));
}

TEST(MetastableCommand, SaysWhyAShortQueueCannotCollapseAndWhatItsCacheHides) {
  const Ran ran = run({"metastable", "scenarios/cold-cache.toml"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr(R"(
database, in use 33 %: stable: every collapse heals by itself
  No stall leaves a lasting collapse at any load below capacity.
  After a stall of 20 time-outs all is served again 1 s after its end.
  It takes no more than its callers wait for, so that it never works for those who have given up.
  With its callers' caches cold it would be in use 667 %: losing one is a trigger that lasts until it has filled.
)"));
  EXPECT_THAT(ran.out, Not(HasSubstr("Markov")));
  EXPECT_EQ(run({"metastable", "scenarios/telemetry-blind.toml"}).code, 0);
}

// Nothing asked, and more than can be served.
TEST(MetastableCommand, SaysLittleWhereThereIsLittleToSay) {
  const Scratch scratch;
  const Ran idle =
      run({"metastable", kStorm, "--set", "service.shop.offers.rate=\"0 /s\"",
           "--out", scratch.path() / "out"});
  EXPECT_EQ(idle.code, 0) << idle.err;
  EXPECT_THAT(idle.out, HasSubstr("database, in use 0 %: stable"));
  const Ran over = run(
      {"metastable", kStorm, "--set", "service.shop.offers.rate=\"2000 /s\""});
  EXPECT_EQ(over.code, 0) << over.err;
  EXPECT_THAT(over.out,
              HasSubstr("\ndatabase, in use 200 %: overloaded: more is asked "
                        "than it can serve\n  A collapse sustains itself above "
                        "33 % of capacity"));
  EXPECT_THAT(over.out, Not(HasSubstr("n0")));
}

TEST(MetastableCommand, SaysWhatIsWrongWithItsTrigger) {
  expect_wrong("metastable", kStorm,
               {{"--trigger", "x"},
                "--trigger: expected a duration such as \"30 s\" or \"5 min\", "
                "found \"x\": it does not begin with a number"});
}

}  // namespace
}  // namespace outagesim
