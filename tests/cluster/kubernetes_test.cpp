// The manifest of docs/cluster.md: that it is an indexed Job whose parts agree,
// and what its pods do, each with its index, without a Kubernetes. Skipped
// where Python has no reader of YAML.
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
    ASSERT_EQ(documents.size(), 1);
    job_ = documents.front();
    pod_ = job_.at("spec").at("template").at("spec");
  }

  std::string at(const std::string& name) const {
    return (scratch_.path() / name).string();
  }
  int shell(const std::string& command) const {
    return wait_for(
        start_program({"/bin/sh", "-c", command}, at("out"), at("err")));
  }
  const Json& container() const { return pod_.at("containers").at(0); }

  // As it would run in a pod, with a scenario and a size of our own.
  std::string here(std::string command) const {
    command = replaced(command, "/data", at("data"));
    command = replaced(command, "/scenarios/my.toml", kScenario);
    return replaced(command, "1e6", "4000 --each");
  }

  Json job_, pod_;

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
  EXPECT_EQ(pod_.at("restartPolicy"), "OnFailure");
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

TEST_F(KubernetesJob, GivesTheBytesOfOneProcess) {
  fs::create_directory(at("bin"));
  fs::create_symlink(program_path(), at("bin/outagesim"));
  const std::string path = "PATH=" + at("bin") + ":$PATH; export PATH; ";
  const std::string command =
      here(container().at("args").at(0).get<std::string>());
  const auto pods = job_.at("spec").at("completions").get<unsigned>();
  for (unsigned i = 0; i < pods; ++i) {
    const std::string index = std::to_string(i);
    ASSERT_EQ(
        shell(path + "export JOB_COMPLETION_INDEX=" + index + "; " + command),
        0)
        << file_text(at("err"));
  }
  const std::string text = source_text(kManifest);
  const auto merge = text.find("outagesim merge /data");
  ASSERT_NE(merge, std::string::npos);
  const std::string line = text.substr(merge, text.find('\n', merge) - merge);
  ASSERT_EQ(shell(path + replaced(line, "/data", at("data"))), 0)
      << file_text(at("err"));
  ASSERT_EQ(testing::run({"run", kScenario, "--replications", "4000", "--each",
                          "--quiet", "--out", at("alone")})
                .code,
            0);
  for (const char* file : {"summary.csv", "outages.csv", "replications.csv"}) {
    EXPECT_FALSE(file_text(at("alone/") + file).empty()) << file;
    EXPECT_TRUE(file_text(at("alone/") + file) ==
                file_text(at("data/results/") + file))
        << file;
  }
}

}  // namespace
}  // namespace outagesim
