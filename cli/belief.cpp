// outagesim belief: what chance does, and what not knowing does.
#include <chrono>
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/sim_options.h"
#include "cli/terminal.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "models/parts/distribution_text.h"
#include "models/scenario/uncertain.h"
#include "sim/experiment/belief.h"
#include "sim/experiment/blocks.h"
#include "viz/belief_report.h"
#include "viz/output_files.h"
#include "viz/result_json.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kReplications = 50;
constexpr std::string_view kReplicationsText = "50";
constexpr std::uint64_t kMostDraws = 1'000'000;

std::vector<UncertainInput> inputs_of(const ScenarioText& text,
                                      const Arguments& arguments) {
  std::vector<UncertainInput> inputs = believed_inputs(text);
  for (const std::string& typed : arguments.values("input")) {
    inputs.push_back(parse_input(text, typed));
  }
  if (inputs.empty()) {
    throw UsageError("\"" + printable(arguments.operands().front()) +
                     "\" says of nothing that it is not known; add a table "
                     "[belief.NAME], or give --input PATH=LOW:HIGH");
  }
  return inputs;
}

std::string sentence(const ScenarioText& text, const UncertainInput& input) {
  const ScenarioNumber& number = input.numbers.front();
  std::string words = input.name + ": " + number.path +
                      (input.numbers.size() > 1 ? " and others with it" : "") +
                      ", 90 % from " + told(number, value_at(input, {0.05})) +
                      " to " + told(number, value_at(input, {0.95}));
  for (const Belief& belief : text.scenario().beliefs) {
    if (belief.name == input.name && !belief.why.empty()) {
      words += " (" + belief.why + ")";
    }
  }
  return words;
}

BelievedModel model_of(const ScenarioText& text,
                       const std::vector<UncertainInput>& inputs) {
  BelievedModel model;
  for (const UncertainInput& input : inputs) model.inputs.push_back(input.name);
  model.at =
      [&](const std::vector<Probability>& us) -> std::unique_ptr<const Model> {
    std::vector<NumberChange> changes;
    for (std::size_t i = 0; i < us.size(); ++i) {
      add_changes(inputs[i], us[i], changes);
    }
    Mistakes mistakes;
    const auto scenario = text.with(settings_of(changes), mistakes);
    if (!scenario) return nullptr;
    return std::make_unique<const Model>(compile(*scenario));
  };
  return model;
}

BeliefOptions belief_options(const Arguments& arguments,
                             const SimOptions& options) {
  BeliefOptions how;
  how.each = options.monte_carlo.replications;
  how.seed = options.monte_carlo.seed;
  how.threads = options.monte_carlo.threads;
  if (how.each < 2) throw UsageError("--replications: at least 2 a draw");
  if (const auto text = arguments.value("draws")) {
    how.draws = whole_number("draws", *text, 8, kMostDraws);
  }
  return how;
}

void tell(const BeliefStory& story, const RunInfo& info,
          const SimOptions& options) {
  if (options.out) {
    OutputFiles files(*options.out);
    files.add("belief.csv", belief_csv(story));
    files.add("run.json", run_json(info, {"belief.csv", "run.json"}));
    files.commit();
  }
  if (options.format == OutputFormat::kJson) {
    std::cout << belief_json(info, story);
  } else {
    std::cout << belief_report(story, output_style());
  }
}

RunInfo describe(const Arguments& arguments, const SimOptions& options,
                 const ScenarioText& text, const BeliefResult& result) {
  RunInfo info;
  info.command = arguments.command_text();
  info.set = options.set;
  info.scenario = arguments.operands().front();
  info.scenario_hash = text.scenario().text_hash;
  info.seed = options.monte_carlo.seed;
  info.asked = options.monte_carlo.replications;
  info.finished = result.runs;
  info.threads = thread_count(options.monte_carlo.threads, result.runs);
  return info;
}

int run_belief_command(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments, kReplications);
  const ScenarioText text(arguments.operands().front(), {.set = options.set});
  const std::vector<UncertainInput> inputs = inputs_of(text, arguments);
  std::vector<std::string> sentences;
  sentences.reserve(inputs.size());
  for (const UncertainInput& input : inputs) {
    sentences.push_back(sentence(text, input));
  }
  const Model as_written = compile(text.scenario());
  const BeliefOptions how = belief_options(arguments, options);
  const Interrupt interrupt;
  const auto began = std::chrono::steady_clock::now();
  BeliefResult result;
  {
    ProgressLine progress(options.quiet);
    result = run_belief(
        as_written, model_of(text, inputs), how,
        {interrupt.token(), [&](std::uint64_t finished, std::uint64_t of) {
           progress.show(finished, of);
         }});
  }
  if (result.partial) return interrupt.exit_code();
  const std::chrono::duration<double> spent =
      std::chrono::steady_clock::now() - began;
  RunInfo info = describe(arguments, options, text, result);
  info.wall_time = Seconds{spent.count()};
  tell({result, how, sentences, info.wall_time}, info, options);
  return interrupt.exit_code();
}

}  // namespace

Command belief_command() {
  return {
      {.name = "belief",
       .operands = "SCENARIO",
       .summary = "Tell apart what chance does and what not knowing does",
       .details =
           "Draws the numbers that the scenario says are not known "
           "([belief.NAME]) from what is believed, and simulates each draw "
           "with replications of its own: two phases, so that the variance "
           "from not knowing is told from that of chance.",
       .example =
           "outagesim belief scenarios/openai-2024-12-26-supplier-power.toml\n"
           "outagesim belief my.toml --draws 500 --input "
           "'fault.power.ends=x0.5:x2'",
       .options = with_few_replications(
           kReplicationsText,
           {{"draws", "N", "of what is believed", "200"},
            {.name = "input",
             .value = "PATH=LOW:HIGH",
             .meaning = "this is not known either; may be repeated",
             .repeatable = true}}),
       .least = 1,
       .most = 1},
      run_belief_command};
}

}  // namespace outagesim
