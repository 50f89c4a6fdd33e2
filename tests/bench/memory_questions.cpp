#include <string>

#include "tests/bench/questions.h"

namespace outagesim::bench {
namespace {

// Two sizes of one work; the difference of the peaks is the growth.
struct Growth {
  Command small, large;
  double units = 1;       // between the two
  double most_bytes = 1;  // a unit: the target
};

void measure(const Bench& bench, const Growth& growth, Finding& finding) {
  finding.unit = " B";
  finding.basis = Basis::kMemory;
  finding.how = shown(growth.large);
  finding.target = Target{false, 1};
  const unsigned rounds = bench.is_short ? 1 : 3;
  for (unsigned round = 0; round < rounds; ++round) {
    const double small = run_command(growth.small).spent.peak_bytes;
    const double large = run_command(growth.large).spent.peak_bytes;
    const double bytes = (large - small) / growth.units;
    finding.ours.push_back(bytes);
    finding.reference.push_back(growth.most_bytes);
    finding.ratios.push_back(bytes / growth.most_bytes);
  }
}

// All results are kept as counts, so none: a handful of pages is no growth. On
// one thread: of several one may be some thousand replications ahead, whose
// text then waits, more or less of it by chance.
Finding bytes_a_replication(const Bench& bench) {
  const std::uint64_t few = bench.scaled(20'000), many = bench.scaled(200'000);
  const char* scenario = "benchmark/repairable10.toml";
  Finding finding;
  finding.title = "memory a replication: no growth (at most 4 B)";
  measure(bench,
          {run_command_of(bench, scenario, few, {"--threads", "1"}),
           run_command_of(bench, scenario, many, {"--threads", "1"}),
           double(many - few), 4},
          finding);
  return finding;
}

// Five needs a service; a million in 3 GB is 3,000 B each.
Finding bytes_a_service(const Bench& bench) {
  const auto fleet = [&](std::uint64_t services) -> Command {
    const std::string path =
        bench.scratch / ("fleet-" + std::to_string(services) + ".toml");
    run_command(
        {bench.program, "generate", std::to_string(services), "--out", path});
    return {bench.program, "validate", path};
  };
  const std::uint64_t few = 1000, many = bench.is_short ? 5000 : 100'000;
  Finding finding;
  finding.title = "memory a service, compiled: 3,000 B";
  measure(bench, {fleet(few), fleet(many), double(many - few), 3000}, finding);
  return finding;
}

}  // namespace

std::vector<Question> memory_questions() {
  return {{"bytes-a-replication", bytes_a_replication},
          {"bytes-a-service", bytes_a_service}};
}

}  // namespace outagesim::bench
