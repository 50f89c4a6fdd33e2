#include "cli/sim_options.h"

#include <algorithm>
#include <charconv>

#include "cli/load.h"
#include "cli/ranks.h"
#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "sim/experiment/blocks.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostReplications = 1'000'000'000'000;
constexpr std::uint64_t kMostThreads = 1024;

std::uint64_t read_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, seed);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) {
    throw UsageError("--seed: expected a whole number from 0 to " +
                     std::to_string(UINT64_MAX) + ", found \"" +
                     printable(text) + "\"");
  }
  return seed;
}

double read_precision(const std::string& text) {
  const Parsed<Fraction> fraction = parse_fraction(text);
  if (!fraction) throw UsageError("--precision: " + fraction.error);
  if (fraction->value <= 0 || fraction->value >= 1) {
    throw UsageError(
        "--precision: expected a share between 0 % and 100 %, "
        "found \"" +
        printable(text) + "\"");
  }
  return fraction->value;
}

// Rank 0 alone writes and speaks; those on one machine share its cores.
void divide_among_ranks(SimOptions& options) {
  const JobPlace place = job_place();
  if (place.size < 2) return;
  if (options.monte_carlo.threads == 0) {
    const unsigned cores = thread_count(0, kMostReplications);
    options.monte_carlo.threads = std::max(1U, cores / place.local_size);
  }
  if (place.rank == 0) return;
  options.out.reset();
  options.quiet = true;
}

}  // namespace

std::vector<OptionInfo> with_sim_options(std::vector<OptionInfo> own) {
  std::vector<OptionInfo> all{
      {"replications", "N", "how many runs to simulate, at most", "10000"},
      {"seed", "N", "of all random numbers", "1"},
      {"threads", "N", "how many at once; the result is the same", "all cores"},
      {"precision", "SHARE",
       "stop once the mean harm is known this well: \"1 %\""},
      set_option(),
      {"out", "DIR", "write CSV files and run.json there"},
      {"format", "table|json", "what to print", "table"},
      {"quiet", {}, "no progress line"},
  };
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

std::vector<OptionInfo> with_few_replications(std::string_view replications,
                                              std::string_view meaning,
                                              std::vector<OptionInfo> own) {
  std::vector<OptionInfo> all = with_sim_options(std::move(own));
  std::erase_if(all, [](const OptionInfo& o) { return o.name == "precision"; });
  for (OptionInfo& option : all) {
    if (option.name != "replications") continue;
    option.fallback = replications;
    option.meaning = meaning;
  }
  return all;
}

OutputFormat read_format(const Arguments& arguments) {
  const std::string format = arguments.value("format").value_or("table");
  if (format == "json") return OutputFormat::kJson;
  if (format == "table") return OutputFormat::kTable;
  throw UsageError("--format: expected table or json, found \"" +
                   printable(format) + "\"");
}

SimOptions read_sim_options(const Arguments& arguments,
                            std::uint64_t replications) {
  SimOptions options;
  MonteCarloOptions& run = options.monte_carlo;
  run.replications = replications;
  if (const auto text = arguments.value("replications")) {
    run.replications =
        whole_number("replications", *text, 1, kMostReplications);
  }
  if (const auto text = arguments.value("seed")) run.seed = read_seed(*text);
  if (const auto text = arguments.value("threads")) {
    run.threads =
        static_cast<unsigned>(whole_number("threads", *text, 1, kMostThreads));
  }
  if (const auto text = arguments.value("precision")) {
    run.precision = read_precision(*text);
  }
  options.set = arguments.values("set");
  options.out = arguments.value("out");
  if (options.out && options.out->empty()) {
    throw UsageError("--out: expected a folder, found \"\"");
  }
  options.format = read_format(arguments);
  options.quiet = arguments.has("quiet");
  divide_among_ranks(options);
  return options;
}

RunInfo describe_run(const Arguments& arguments, const SimOptions& options,
                     const Scenario& scenario) {
  const MonteCarloOptions& run = options.monte_carlo;
  RunInfo info;
  info.command = arguments.command_text();
  info.set = options.set;
  info.scenario = arguments.operands().front();
  info.scenario_hash = scenario.text_hash;
  info.seed = run.seed;
  info.asked = run.replications;
  info.threads = thread_count(run.threads, run.replications);
  return info;
}

RunInfo describe_runs(const Arguments& arguments, const SimOptions& options,
                      const Scenario& scenario, std::uint64_t runs) {
  RunInfo info = describe_run(arguments, options, scenario);
  info.finished = runs;
  info.threads = thread_count(options.monte_carlo.threads, runs);
  return info;
}

}  // namespace outagesim
