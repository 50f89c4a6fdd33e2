// outagesim sensitivity: which guessed input the answer hangs on.
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
#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "models/scenario/uncertain.h"
#include "sim/experiment/sensitivity.h"
#include "viz/sensitivity_report.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kReplications = 500;
constexpr std::string_view kReplicationsText = "500";
constexpr std::uint64_t kMostRows = 1'000'000;

Fraction read_span(const Arguments& arguments) {
  const std::string text = arguments.value("span").value_or("20 %");
  const auto span = parse_fraction(text);
  if (!span || span->value <= 0 || span->value >= 1) {
    throw UsageError(
        "--span: expected a share above 0 % and below 100 %, found \"" +
        printable(text) + "\"");
  }
  return *span;
}

std::vector<UncertainInput> inputs_of(const ScenarioText& text,
                                      const Arguments& arguments) {
  std::vector<UncertainInput> inputs;
  for (const std::string& typed : arguments.values("input")) {
    inputs.push_back(parse_input(text, typed));
  }
  if (inputs.empty() && !arguments.has("span")) inputs = believed_inputs(text);
  if (inputs.empty()) inputs = all_inputs(text, read_span(arguments));
  if (inputs.empty()) throw UsageError("the scenario has no number to vary");
  return inputs;
}

std::string where_from(const ScenarioText& text, const Arguments& arguments) {
  if (arguments.has("input")) {
    return "Inputs and their ranges: as given by --input, every value between "
           "the ends alike.";
  }
  if (!text.scenario().beliefs.empty() && !arguments.has("span")) {
    return "Inputs: what the scenario says is not known ([belief.NAME]); the "
           "ends are those of a range, or hold 90 % of the belief.";
  }
  return "Inputs: every number of the scenario, " +
         arguments.value("span").value_or("20 %") +
         " to either side of what is written (of a law its times, as x; and "
         "its shape). Such ranges say what the model is sensitive to, not "
         "what is unknown: give those with --input.";
}

ToldInput told_input(const UncertainInput& input) {
  const ScenarioNumber& number = input.numbers.front();
  return {input.name, number.written,
          told(number, value_at(input, lower_end(input))),
          told(number, value_at(input, upper_end(input)))};
}

UncertainModel model_of(const ScenarioText& text,
                        const std::vector<UncertainInput>& inputs) {
  UncertainModel model;
  for (const UncertainInput& input : inputs) {
    model.inputs.push_back({lower_end(input), upper_end(input)});
  }
  model.at = [&](const InputPoint& point) -> std::unique_ptr<const Model> {
    std::vector<NumberChange> changes;
    for (std::size_t i = 0; i < point.size(); ++i) {
      if (point[i]) add_changes(inputs[i], *point[i], changes);
    }
    Mistakes mistakes;
    const auto scenario = text.with(settings_of(changes), mistakes);
    if (!scenario) return nullptr;
    return std::make_unique<const Model>(compile(*scenario));
  };
  return model;
}

SensitivityOptions sensitivity_options(const Arguments& arguments,
                                       const SimOptions& options) {
  SensitivityOptions how;
  how.replications = options.monte_carlo.replications;
  how.seed = options.monte_carlo.seed;
  how.threads = options.monte_carlo.threads;
  if (const auto text = arguments.value("top")) {
    how.most_inputs = whole_number("top", *text, 0, 1000);
  }
  if (const auto text = arguments.value("rows")) {
    how.rows = whole_number("rows", *text, 8, kMostRows);
  }
  if (const auto text = arguments.value("each")) {
    how.each = (whole_number("each", *text, 4, kMostRows) + 1) / 2 * 2;
  }
  return how;
}

int run_sensitivity(const Arguments& arguments) {
  const SimOptions options = read_sim_options(arguments, kReplications);
  const ScenarioText text(arguments.operands().front(), {.set = options.set});
  const Model base = compile(text.scenario());
  const auto metric = arguments.value("metric");
  const Outcome outcome =
      metric ? outcome_named(base, *metric, "--metric") : usual_outcome(base);
  const std::vector<UncertainInput> inputs = inputs_of(text, arguments);
  std::vector<ToldInput> told;
  for (const UncertainInput& input : inputs) told.push_back(told_input(input));
  const SensitivityOptions how = sensitivity_options(arguments, options);
  const Interrupt interrupt;
  TableAnswer answer(options, "sensitivity.csv");
  const WallClock clock;
  Sensitivity result;
  {
    ProgressLine progress(options.quiet);
    result = analyse_sensitivity(model_of(text, inputs), outcome, how,
                                 {interrupt.token(), progress.shower()});
  }
  RunInfo info =
      describe_runs(arguments, options, text.scenario(), result.runs);
  info.partial = result.partial;
  info.wall_time = clock.passed();
  const SensitivityStory story{result, told, outcome, how,
                               where_from(text, arguments)};
  answer.give(info,
              {[&] { return sensitivity_csv(story); },
               [&] { return sensitivity_json(info, story); },
               [&] { return sensitivity_report(story, output_style()); }});
  return interrupt.exit_code();
}

}  // namespace

Command sensitivity_command() {
  return {
      {.name = "sensitivity",
       .operands = "SCENARIO",
       .summary = "Find the guessed input that the answer hangs on",
       .details =
           "A tornado table: each input at its low and high end, all else as "
           "written, on the same random numbers; then Sobol's first and total "
           "indices of the inputs that moved most. A path is written as for "
           "--set; of a law, PATH is all its times and PATH.sigma a parameter.",
       .example =
           "outagesim sensitivity scenarios/openai-2024-12-26-supplier-power"
           ".toml --top 4\n"
           "outagesim sensitivity my.toml --input 'fault.power.ends=x0.5:x2' "
           "--input 'population.users.reports=0.1 %:1 %'",
       .options = with_few_replications(
           kReplicationsText, "runs as written and at each end of an input",
           {{.name = "input",
             .value = "PATH=LOW:HIGH",
             .meaning = "vary this one; PATH=x0.5:x2, PATH=20 %; may be "
                        "repeated",
             .repeatable = true},
            {"span", "SHARE", "without --input: each number by this much",
             "20 %"},
            {"metric", "[NAME:]METRIC",
             "one number a replication: chatgpt:downtime", "user_minutes_lost"},
            {"top", "N", "inputs to tell Sobol's indices of; 0: none", "8"},
            {"rows", "N", "random input vectors for these", "256"},
            {"each", "N", "replications at each vector", "32"}}),
       .least = 1,
       .most = 1},
      run_sensitivity};
}

}  // namespace outagesim
