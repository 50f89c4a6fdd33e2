#include "tests/bench/instructions.h"

#include <gnu/libc-version.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "models/base/text.h"

namespace outagesim::bench {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kMostGrowth = 0.03;
constexpr const char* kScenarios[] = {"benchmark/repairable10.toml",
                                      "openai-2024-12-26-supplier-power.toml"};

std::string build_name(const std::string& build) {
  return build + ", glibc " + gnu_get_libc_version();
}

std::string without_commas(std::string text) {
  std::erase(text, ',');
  return text;
}

// Of a whole run. The C library chooses its logarithm by the processor; it is
// told to take the same everywhere.
double instructions_of(const Bench& bench, const std::string& scenario,
                       std::uint64_t replications) {
  const std::filesystem::path log = bench.scratch / "callgrind.log";
  Command command{"env",
                  "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,"
                  "-AVX2_Usable,-FMA_Usable,-FMA4_Usable",
                  "valgrind",
                  "--tool=callgrind",
                  "--callgrind-out-file=/dev/null",
                  "--log-file=" + log.string()};
  const Command run = run_command_of(bench, scenario, replications,
                                     {"--threads", "1", "--outages", "0"});
  command.insert(command.end(), run.begin(), run.end());
  run_command(command);
  std::ifstream file(log);
  for (std::string line; std::getline(file, line);) {
    const auto colon = line.find("refs:");
    if (colon == std::string::npos) continue;
    return std::stod(without_commas(line.substr(colon + 5)));
  }
  throw std::runtime_error("valgrind counted nothing");
}

// The difference of two runs, so that neither start nor end is in it.
double instructions_a_replication(const Bench& bench,
                                  const std::string& scenario) {
  constexpr std::uint64_t kFew = 256, kMany = 768;
  const double few = instructions_of(bench, scenario, kFew);
  const double many = instructions_of(bench, scenario, kMany);
  return (many - few) / double(kMany - kFew);
}

Json read_kept(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) return Json::object();
  return Json::parse(file);
}

std::string name_of(const std::string& scenario) {
  return std::filesystem::path(scenario).stem();
}

// Prints a line; whether the count is within bounds.
bool compare_count(const std::string& name, double count,
                   const Json& accepted) {
  std::cout << name << ": " << format_count(count)
            << " instructions a replication";
  if (!accepted.contains(name)) {
    std::cout << "\n";
    return true;
  }
  const double kept = accepted[name];
  const double growth = count / kept - 1;
  std::cout << ", accepted " << format_count(kept) << ": "
            << (growth < 0 ? "" : "+") << fixed_decimals(100 * growth, 2)
            << " %\n";
  if (growth < -kMostGrowth) {
    std::cout << "  faster: accept it, so that it stays so\n";
  }
  return growth <= kMostGrowth;
}

void keep(const InstructionOptions& options, Json& all, const Json& counts) {
  all[build_name(options.build)] = counts;
  std::ofstream file(options.kept);
  if (!(file << all.dump(2) << "\n").flush()) {
    throw std::runtime_error("cannot write " + options.kept.string());
  }
  std::cout << "accepted in " << options.kept.string() << "\n";
}

void tell_other_build(const std::string& build, const Json& all) {
  std::cout << "Nothing is accepted for this build, so nothing is compared:\n  "
            << build << "\n";
  for (const auto& [name, counts] : all.items()) {
    std::cout << "There are counts of " << name << "\n";
  }
  std::cout << "Keep its counts as well: ./bench --instructions --accept\n";
}

}  // namespace

bool check_instructions(const Bench& bench, const InstructionOptions& options) {
  Json all = read_kept(options.kept);
  const std::string build = build_name(options.build);
  const Json accepted = all.value(build, Json::object());
  Json counts;
  bool is_fine = true;
  for (const std::string scenario : kScenarios) {
    const double count = instructions_a_replication(bench, scenario);
    counts[name_of(scenario)] = std::llround(count);
    is_fine &= compare_count(name_of(scenario), count, accepted);
  }
  if (options.accept) {
    keep(options, all, counts);
    return true;
  }
  if (accepted.empty()) tell_other_build(build, all);
  if (!is_fine) {
    std::cout << "A replication takes over 3 % more instructions than was "
                 "accepted. Find the reason (valgrind\n--tool=callgrind), or "
                 "accept it: ./bench --instructions --accept\n";
  }
  return is_fine;
}

}  // namespace outagesim::bench
