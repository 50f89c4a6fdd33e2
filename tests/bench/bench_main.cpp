// outagesim beside the reference, as ./bench runs it: prints the table, writes
// JSON, counts instructions.
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/bench/docs_page.h"
#include "tests/bench/instructions.h"
#include "tests/bench/peers.h"
#include "tests/bench/questions.h"

namespace outagesim::bench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHelp =
    R"(bench [OPTIONS]: outagesim beside a loop written by hand, in turn

  --rounds N       of each question (default: 7)
  --only NAME      only this question; may be repeated
  --json FILE      also write what was found there
  --docs           also write it into docs/performance.md
  --short          only see that it runs, in a minute
  --micro          only the parts by themselves (Google Benchmark)
  --instructions   only count the instructions of a replication (Valgrind) and
                   compare with those accepted: 3 % more is a failure
  --accept         keep these counts as accepted; so does OUTAGESIM_ACCEPT=1
  --help           this text

A ratio is of processor time (user and system) unless it says otherwise; its
median and quartiles are over the rounds. A target in seconds is meant for a
machine on which the loop does 290,000 years a second, and is laid beside as
many years of the loop. Exit code 3: a target is missed,
or instructions have grown.
)";

struct Wishes {
  std::vector<std::string> only;
  std::string json;
  unsigned rounds = 7;
  bool docs = false;
  bool is_short = false;
  bool micro_alone = false;
  bool instructions_alone = false;
  bool accept = std::getenv("OUTAGESIM_ACCEPT") != nullptr;
  bool help = false;
};

std::string next_word(const std::vector<std::string>& words, std::size_t& i) {
  if (i + 1 < words.size()) return words[++i];
  throw std::invalid_argument(words[i] + " needs a value");
}

Wishes wishes_of(const std::vector<std::string>& words) {
  Wishes wishes;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--short") {
      wishes.is_short = true;
      wishes.rounds = 1;
    } else if (words[i] == "--docs") {
      wishes.docs = true;
    } else if (words[i] == "--micro") {
      wishes.micro_alone = true;
    } else if (words[i] == "--instructions") {
      wishes.instructions_alone = true;
    } else if (words[i] == "--accept") {
      wishes.accept = true;
    } else if (words[i] == "--help") {
      wishes.help = true;
    } else if (words[i] == "--json") {
      wishes.json = next_word(words, i);
    } else if (words[i] == "--only") {
      wishes.only.push_back(next_word(words, i));
    } else if (words[i] == "--rounds") {
      const int rounds = std::atoi(next_word(words, i).c_str());
      if (rounds < 1) throw std::invalid_argument("--rounds: a number from 1");
      wishes.rounds = static_cast<unsigned>(rounds);
    } else {
      throw std::invalid_argument("not known: " + words[i]);
    }
  }
  return wishes;
}

// A folder of its own, gone at the end.
class BenchScratch {
 public:
  BenchScratch() {
    std::string name = fs::temp_directory_path() / "outagesim-bench-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("cannot make " + name);
    }
    path_ = name;
  }
  ~BenchScratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  BenchScratch(const BenchScratch&) = delete;
  BenchScratch& operator=(const BenchScratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::vector<Question> questions_of(const Bench& bench, const Wishes& wishes) {
  std::vector<Question> all = speed_questions();
  for (const auto& more : {peer_questions(), scaling_questions(bench),
                           memory_questions(), fleet_questions()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  if (wishes.only.empty()) return all;
  std::vector<Question> wanted;
  for (const std::string& name : wishes.only) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&](auto& each) { return each.name == name; });
    if (found == all.end()) {
      std::string names;
      for (const auto& each : all) names += " " + each.name;
      throw std::invalid_argument("--only " + name + ": there are" + names);
    }
    wanted.push_back(*found);
  }
  return wanted;
}

struct Micro {
  std::string table, json;  // empty where Google Benchmark is missing
};

Micro run_micro(const fs::path& scratch, bool is_short) {
  const std::string program = OUTAGESIM_BENCH_MICRO;
  if (program.empty()) return {};
  const fs::path file = scratch / "micro.json";
  const Done done = run_command(
      {program, "--benchmark_out=" + file.string(),
       "--benchmark_out_format=json",
       std::string("--benchmark_min_time=") + (is_short ? "0.001" : "0.1")});
  std::cout << "\n" << done.output;
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return {done.output, text.str()};
}

int missed(const std::vector<Finding>& findings) {
  int count = 0;
  for (const Finding& finding : findings) {
    count += verdict_of(finding) == "misses" ? 1 : 0;
  }
  return count;
}

std::vector<Finding> answer(const Bench& bench, const Wishes& wishes) {
  std::vector<Finding> findings;
  for (const Question& question : questions_of(bench, wishes)) {
    findings.push_back(question.find(bench));
    findings.back().name = question.name;
    if (bench.is_short) findings.back().target.reset();
    std::cout << table_row(findings.back()) << std::flush;
  }
  return findings;
}

bool count_instructions(const Bench& bench, const Wishes& wishes) {
  const fs::path kept =
      fs::path(OUTAGESIM_SOURCE_DIR) / "tests/bench/instructions.json";
  return check_instructions(bench, {OUTAGESIM_BUILD, kept, wishes.accept});
}

std::string docs_text(const Setting& setting,
                      const std::vector<Finding>& findings,
                      const Micro& micro) {
  std::string text = heading(setting) + table_heading();
  for (const Finding& finding : findings) text += table_row(finding);
  text += missing_peers().empty() ? "" : "\n" + missing_peers();
  if (micro.table.empty()) return text;
  return text + "\n```\n" + micro.table + "```\n";
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  if (!(file << text).flush()) throw std::runtime_error("cannot write " + path);
}

int run_bench(const Bench& bench, const Wishes& wishes) {
  const Setting setting{OUTAGESIM_BUILD, std::thread::hardware_concurrency(),
                        wishes.rounds, wishes.is_short};
  std::vector<Finding> findings;
  if (!wishes.micro_alone) {
    std::cout << check_answers(bench) << "\n"
              << heading(setting) << table_heading() << std::flush;
    findings = answer(bench, wishes);
    if (wishes.only.empty()) std::cout << "\n" << missing_peers();
  }
  Micro micro;
  if (wishes.only.empty()) micro = run_micro(bench.scratch, wishes.is_short);
  if (!wishes.json.empty()) {
    write_file(wishes.json, to_json(setting, findings, micro.json));
  }
  if (wishes.docs) {
    write_measured(fs::path(OUTAGESIM_SOURCE_DIR) / "docs/performance.md",
                   docs_text(setting, findings, micro));
  }
  return missed(findings) > 0 ? 3 : 0;
}

int answer_wishes(const Wishes& wishes) {
  const BenchScratch scratch;
  const Bench bench{OUTAGESIM_BINARY,
                    OUTAGESIM_BENCH_REFERENCE,
                    OUTAGESIM_BENCH_PROBE,
                    OUTAGESIM_MPIRUN,
                    fs::path(OUTAGESIM_SOURCE_DIR) / "scenarios",
                    scratch.path(),
                    wishes.rounds,
                    wishes.is_short};
  if (!wishes.instructions_alone) return run_bench(bench, wishes);
  return count_instructions(bench, wishes) ? 0 : 3;
}

}  // namespace
}  // namespace outagesim::bench

int main(int argc, char** argv) {
  using namespace outagesim::bench;
  try {
    const Wishes wishes = wishes_of({argv + 1, argv + argc});
    if (wishes.help) {
      std::cout << kHelp;
      return 0;
    }
    return answer_wishes(wishes);
  } catch (const std::invalid_argument& error) {
    std::cerr << "bench: " << error.what() << "\nTry: ./bench --help\n";
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "bench: " << error.what() << "\n";
    return 2;
  }
}
