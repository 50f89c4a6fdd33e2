// outagesim belief: what chance does, and what not knowing does.
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/sim_options.h"
#include "cli/table_answer.h"
#include "cli/terminal.h"
#include "cli/wall_clock.h"
#include "models/base/error.h"
#include "models/base/text.h"
#include "models/parts/distribution_text.h"
#include "models/scenario/uncertain.h"
#include "sim/experiment/belief.h"
#include "viz/belief_report.h"

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
  TableAnswer answer(options, "belief.csv");
  const WallClock clock;
  BeliefResult result;
  {
    ProgressLine progress(options.quiet);
    result = run_belief(as_written, model_of(text, inputs), how,
                        {interrupt.token(), progress.shower()});
  }
  if (result.partial) return interrupt.exit_code();
  RunInfo info =
      describe_runs(arguments, options, text.scenario(), result.runs);
  info.wall_time = clock.passed();
  const BeliefStory story{result, how, sentences, info.wall_time};
  answer.give(info, {[&] { return belief_csv(story); },
                     [&] { return belief_json(info, story); },
                     [&] { return belief_report(story, output_style()); }});
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
           "runs of each draw, and as many in all of the scenario as written",
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
