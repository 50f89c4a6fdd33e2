// The manifest of docs/cluster.md: that it is an indexed Job whose parts agree
// and one that merges, and what their pods do, each with its index, without a
// Kubernetes. Skipped where Python has no reader of YAML.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cluster/processes.h"

namespace outagesim {
namespace {

using Json = nlohmann::json;
using testing::file_text;
using testing::find_program;
using ::testing::HasSubstr;
using testing::Scratch;
using testing::start_program;
using testing::wait_for;
namespace fs = std::filesystem;

constexpr const char* kManifest = "scripts/outagesim-job.yaml";
constexpr const char* kScenario = "tests/cli/two-products.toml";
constexpr const char* kReadYaml =
    "import json, sys, yaml\n"
    "print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))\n";

std::string replaced(std::string text, const std::string& what,
                     const std::string& by) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  for (auto i = at; i != std::string::npos; i = text.find(what, i)) {
    text.replace(i, what.size(), by);
    i += by.size();
  }
  return text;
}

class KubernetesJob : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto python = find_program("python3");
    if (!python || shell(*python + " -c 'import yaml'") != 0) {
      GTEST_SKIP() << "no Python with yaml here";
    }
    std::ofstream(at("read.py")) << kReadYaml;
    ASSERT_EQ(shell(*python + " " + at("read.py") + " " + kManifest), 0)
        << file_text(at("err"));
    const Json documents = Json::parse(file_text(at("out")));
    ASSERT_EQ(documents.size(), 2);
    job_ = documents[0];
    merging_ = documents[1];
    pod_ = pod_of(job_);
    fs::create_directory(at("bin"));
    fs::create_symlink(program_path(), at("bin/outagesim"));
  }

  std::string at(const std::string& name) const {
    return (scratch_.path() / name).string();
  }
  int shell(const std::string& command) const {
    return wait_for(begin(command, "shell"));
  }
  pid_t begin(const std::string& command, const std::string& name) const {
    const bool shell = name == "shell";
    return start_program({"/bin/sh", "-c", command},
                         at(shell ? "out" : name + ".out"),
                         at(shell ? "err" : name + ".err"));
  }
  static const Json& pod_of(const Json& job) {
    return job.at("spec").at("template").at("spec");
  }
  static const Json& container_of(const Json& job) {
    return pod_of(job).at("containers").at(0);
  }
  const Json& container() const { return container_of(job_); }

  // As it would run in a pod, with a scenario and a size of our own.
  std::string here(const Json& job, const std::string& size) const {
    std::string command = container_of(job).at("args").at(0);
    for (const auto& [what, by] :
         {std::pair<std::string, std::string>{"/data", at("data")},
          {"/scenarios/my.toml", kScenario},
          {"1e6", size},
          {"sleep 10", "sleep 0.05"}}) {
      if (command.find(what) != std::string::npos) {
        command = replaced(command, what, by);
      }
    }
    return "PATH=" + at("bin") + ":$PATH; export PATH; " + command;
  }
  static std::string of_index(unsigned index, const std::string& command) {
    return "JOB_COMPLETION_INDEX=" + std::to_string(index) +
           "; export JOB_COMPLETION_INDEX; " + command;
  }

  void expect_bytes_of_one_process(const std::string& replications) const {
    ASSERT_EQ(testing::run({"run", kScenario, "--replications", replications,
                            "--each", "--quiet", "--out", at("alone")})
                  .code,
              0);
    for (const char* file :
         {"summary.csv", "outages.csv", "replications.csv"}) {
      EXPECT_FALSE(file_text(at("alone/") + file).empty()) << file;
      EXPECT_TRUE(file_text(at("alone/") + file) ==
                  file_text(at("data/results/") + file))
          << file;
    }
  }

  Json job_, merging_, pod_;

 private:
  Scratch scratch_;
};

TEST_F(KubernetesJob, HasTheFieldsOfAnIndexedJob) {
  EXPECT_EQ(job_.at("apiVersion"), "batch/v1");
  EXPECT_EQ(job_.at("kind"), "Job");
  EXPECT_EQ(job_.at("metadata").at("name"), "outagesim");
  const Json& spec = job_.at("spec");
  EXPECT_EQ(spec.at("completionMode"), "Indexed");
  EXPECT_TRUE(spec.at("completions").is_number_integer());
  EXPECT_LE(spec.at("parallelism"), spec.at("completions"));
  EXPECT_EQ(pod_.at("restartPolicy"), "Never");
  EXPECT_EQ(pod_.at("containers").size(), 1);
  EXPECT_TRUE(container().at("image").is_string());
  EXPECT_EQ(container().at("command"), Json({"/bin/sh", "-c"}));
}

TEST_F(KubernetesJob, MountsTheVolumeThatItsCommandWritesTo) {
  const Json& mount = container().at("volumeMounts").at(0);
  EXPECT_EQ(mount.at("name"), pod_.at("volumes").at(0).at("name"));
  EXPECT_TRUE(pod_.at("volumes").at(0).contains("persistentVolumeClaim"));
  EXPECT_THAT(container().at("args").at(0).get<std::string>(),
              HasSubstr(mount.at("mountPath").get<std::string>() + "/parts/"));
}

// The API server refuses both policies with any other restartPolicy, and counts
// of an index without completionMode Indexed.
TEST_F(KubernetesJob, LetsEachIndexFailOftenAndWrongInputOnce) {
  const Json& spec = job_.at("spec");
  EXPECT_GE(spec.at("backoffLimitPerIndex"), 10);
  EXPECT_FALSE(spec.contains("backoffLimit"));
  EXPECT_EQ(spec.at("podReplacementPolicy"), "Failed");
  const Json& rules = spec.at("podFailurePolicy").at("rules");
  ASSERT_EQ(rules.size(), 2);
  EXPECT_EQ(rules[0].at("action"), "Ignore");
  EXPECT_EQ(rules[0].at("onPodConditions").at(0).at("type"),
            "DisruptionTarget");
  EXPECT_EQ(rules[1].at("action"), "FailJob");
  EXPECT_EQ(rules[1].at("onExitCodes").at("containerName"),
            container().at("name"));
  EXPECT_EQ(rules[1].at("onExitCodes").at("values"), Json({1, 2}));
}

TEST_F(KubernetesJob, MergesInASecondJobOnTheSameVolume) {
  EXPECT_EQ(merging_.at("kind"), "Job");
  EXPECT_NE(merging_.at("metadata").at("name"), job_.at("metadata").at("name"));
  EXPECT_FALSE(merging_.at("spec").contains("completionMode"));
  EXPECT_GT(merging_.at("spec").at("activeDeadlineSeconds"), 24 * 3600);
  EXPECT_EQ(pod_of(merging_).at("volumes"), pod_.at("volumes"));
  EXPECT_EQ(container_of(merging_).at("volumeMounts"),
            container().at("volumeMounts"));
  EXPECT_EQ(container_of(merging_).at("image"), container().at("image"));
}

TEST_F(KubernetesJob, GivesTheBytesOfOneProcess) {
  const pid_t merging = begin(here(merging_, ""), "merging");
  const auto pods = job_.at("spec").at("completions").get<unsigned>();
  for (unsigned i = 0; i < pods; ++i) {
    EXPECT_FALSE(fs::exists(at("data/results"))) << "merged too early";
    ASSERT_EQ(shell(of_index(i, here(job_, "4000 --each"))), 0)
        << file_text(at("err"));
  }
  ASSERT_EQ(wait_for(merging), 0) << file_text(at("merging.err"));
  expect_bytes_of_one_process("4000");
}

TEST_F(KubernetesJob, GoesOnWhereAPodWasEvicted) {
  const std::string command = replaced(
      here(job_, "60000 --each --checkpoint-every 20ms"), "INDEX/8", "INDEX/2");
  const std::string kept = at("data/parts/1.ckpt");
  const pid_t pod = begin(of_index(1, command), "pod");
  ASSERT_TRUE(testing::becomes_true([&] { return fs::exists(kept); },
                                    std::chrono::seconds(20)));
  ::kill(pod, SIGTERM);
  ASSERT_EQ(wait_for(pod), 128 + SIGTERM);
  ASSERT_EQ(shell(of_index(0, command)), 0) << file_text(at("err"));
  const pid_t merging = begin(here(merging_, ""), "merging");
  ASSERT_EQ(shell(of_index(1, command)), 0) << file_text(at("err"));
  ASSERT_EQ(wait_for(merging), 0);
  EXPECT_THAT(file_text(at("merging.err")),
              HasSubstr("1.ckpt\" is not finished: "));
  expect_bytes_of_one_process("60000");
}

}  // namespace
}  // namespace outagesim
