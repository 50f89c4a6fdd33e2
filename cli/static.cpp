// outagesim static: how likely each service is up, where there is no time.
#include <iostream>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "cli/wall_clock.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "sim/experiment/static_series.h"
#include "viz/static_report.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostTrials = 1'000'000'000'000'000;
constexpr std::uint64_t kMostThreads = 1024;

StaticOptions read_static_options(const Arguments& arguments) {
  StaticOptions options;
  if (const auto text = arguments.value("trials")) {
    options.trials = whole_number("trials", *text, 1, kMostTrials);
  }
  if (const auto text = arguments.value("seed")) {
    options.seed = whole_number("seed", *text, 0, std::uint64_t{1} << 53);
  }
  if (const auto text = arguments.value("threads")) {
    options.threads =
        static_cast<unsigned>(whole_number("threads", *text, 1, kMostThreads));
  }
  return options;
}

int answer_static(const Arguments& arguments) {
  const StaticOptions options = read_static_options(arguments);
  const OutputFormat format = read_format(arguments);
  const std::string& path = arguments.operands().front();
  const auto loaded = load(path, arguments.values("set"));
  const Parsed<StaticSystem> system = static_system(loaded->model);
  if (!system) {
    throw UsageError("\"" + printable(path) + "\" is not a static question: " +
                     system.error + "; \"outagesim run\" answers it");
  }
  const Interrupt interrupt;
  const WallClock clock;
  const StaticAnswer answer = run_static(*system, options, interrupt.token());
  const StaticStory story{loaded->model, answer, options.seed, clock.passed()};
  if (format == OutputFormat::kJson) {
    std::cout << static_json(story);
  } else {
    print(output_style().bold(printable(path)) + '\n' + static_report(story));
  }
  return interrupt.exit_code();
}

}  // namespace

Command static_command() {
  return {
      {.name = "static",
       .operands = "SCENARIO",
       .summary = "Say how likely each service is up at a random moment",
       .details =
           "For scenarios where all that fails does so by itself, in "
           "equilibrium (stationary = true), and nothing takes time: 64 "
           "trials at once, hundreds of millions a second. An `any` need "
           "is met by any of its alternatives.",
       .example = "outagesim static scenarios/benchmark/chain10-static.toml",
       .options = {{"trials", "N", "how many", "1e8"},
                   {"seed", "N", "of all random numbers", "1"},
                   {"threads", "N", "how many at once", "all cores"},
                   set_option(),
                   {"format", "table|json", "what to print", "table"}},
       .least = 1,
       .most = 1},
      answer_static};
}

}  // namespace outagesim
