// What pairing gains in the scenarios of December 2024 where little changes.
#include <gtest/gtest.h>

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

const std::vector<std::string> kStages{"detect", "diagnose", "mitigate",
                                       "restore"};

TEST(Pairing, GainsFiveAndMoreInTheSuppliersPowerFailure) {
  Small small("openai-2024-12-26-supplier-power.toml", 1000);
  for (const std::string& stage : kStages)
    small.ask("faster:" + stage + ":1.25");
  small.expect_gains(5);
}

TEST(Pairing, GainsFiveAndMoreInTheTelemetryOutage) {
  Small small("openai-2024-12-11-telemetry.toml", 40);
  for (const std::string& stage : kStages)
    small.ask("faster:" + stage + ":1.25");
  small.ask("set:service.dns.needs.control-plane.life=24 min");
  small.expect_gains(5);
}

}  // namespace
}  // namespace outagesim
