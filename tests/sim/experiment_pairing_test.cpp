// What pairing gains in the scenarios of December 2024 where little changes.
#include <gtest/gtest.h>

#include <atomic>
#include <deque>

#include "models/scenario/load.h"
#include "models/scenario/what_if.h"
#include "sim/experiment/compare.h"
#include "tests/support/source_tree.h"

namespace outagesim {
namespace {

std::string shipped(const std::string& name) {
  return (source_tree() / "scenarios" / name).string();
}

// Small changes to a scenario, on as many replications each.
class Small {
 public:
  Small(const std::string& name, std::uint64_t replications)
      : path_(shipped(name)),
        baseline_(load_scenario(path_)),
        replications_(replications) {
    models_.push_back({"(baseline)", compile(baseline_)});
  }

  void ask(const std::string& question) {
    models_.push_back(
        {question,
         compile(what_if(baseline_, question, {path_, {}}).scenario)});
  }

  // In the metric that ranks.
  void expect_gains(double least) const {
    std::vector<Candidate> candidates;
    for (const auto& [name, model] : models_) {
      candidates.push_back({name, &model});
    }
    const CompareResult result =
        run_comparison(candidates, {replications_, 1, 2});
    const auto effects =
        result.comparison.differences(result.comparison.ranking_metric());
    for (std::size_t i = 1; i < models_.size(); ++i) {
      EXPECT_GE(effects[i].variance_ratio, least) << models_[i].first;
    }
  }

 private:
  std::string path_;
  Scenario baseline_;
  std::uint64_t replications_;
  std::deque<std::pair<std::string, Model>> models_;
};

// In what is served when, the outages, and what people meet.
void expect_same(const Replication& a, const Replication& b) {
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t i = 0; i < a.steps.size(); ++i) {
    EXPECT_EQ(a.steps[i].t, b.steps[i].t);
    EXPECT_EQ(a.steps[i].served, b.steps[i].served);
  }
  ASSERT_EQ(a.outages.size(), b.outages.size());
  for (std::size_t i = 0; i < a.outages.size(); ++i) {
    EXPECT_EQ(a.outages[i].onset, b.outages[i].onset);
    EXPECT_EQ(a.outages[i].end, b.outages[i].end);
  }
  ASSERT_EQ(a.populations.size(), b.populations.size());
  for (std::size_t i = 0; i < a.populations.size(); ++i) {
    EXPECT_EQ(a.populations[i].users_affected, b.populations[i].users_affected);
    EXPECT_EQ(a.populations[i].reports_total, b.populations[i].reports_total);
  }
}

TEST(Pairing, OfWhatChangesNothingIsZeroInEveryReplication) {
  // As the scenarios have it already.
  for (const auto& [name, nothing] :
       {std::pair<std::string, std::string>{
            "openai-2024-12-26-supplier-power.toml",
            "team.openai.responders=6"},
        {"openai-2024-12-11-telemetry.toml", "team.openai.responders=8"}}) {
    const std::string path = shipped(name);
    const Scenario baseline = load_scenario(path);
    const Model as_it_is = compile(baseline);
    const Model same =
        compile(what_if(baseline, "set:" + nothing, {path, {}}).scenario);
    std::atomic<int> seen = 0;
    CompareWatch watch;
    watch.look = [&](const std::vector<const Replication*>& both) {
      expect_same(*both[0], *both[1]);
      ++seen;
    };
    run_comparison({{"(baseline)", &as_it_is}, {"nothing", &same}}, {20, 1, 2},
                   watch);
    EXPECT_EQ(seen, 20);
  }
}

const std::vector<std::string> kStages{"detect", "diagnose", "mitigate",
                                       "restore"};

TEST(Pairing, GainsFiveAndMoreInTheSuppliersPowerFailure) {
  Small small("openai-2024-12-26-supplier-power.toml", 1000);
  for (const std::string& stage : kStages)
    small.ask("faster:" + stage + ":1.2");
  small.ask("set:service.dns.needs.control-plane.life=24 min");
  small.expect_gains(5);
}

TEST(Pairing, GainsFiveAndMoreInTheTelemetryOutage) {
  Small small("openai-2024-12-11-telemetry.toml", 40);
  for (const std::string& stage : kStages)
    small.ask("faster:" + stage + ":1.2");
  small.ask("set:service.dns.needs.control-plane.life=24 min");
  small.expect_gains(5);
}

}  // namespace
}  // namespace outagesim
