#include "models/scenario/what_if.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "models/base/error.h"
#include "models/base/quantity_text.h"
#include "models/base/suggest.h"
#include "models/base/text.h"
#include "models/scenario/load_with.h"
#include "models/scenario/validate.h"
#include "models/scenario/what_if_parts.h"

namespace outagesim {
namespace {

struct Question {
  const std::string& text;
  std::vector<std::string> words;  // between the colons
  const BaselineFile& file;
};

[[noreturn]] void refuse(const Question& q, const std::string& why) {
  throw UsageError("--what-if " + q.text + ": " + why);
}

Question split(const std::string& text, const BaselineFile& file) {
  Question q{text, {}, file};
  for (size_t from = 0; from != std::string::npos;) {
    const size_t colon = text.find(':', from);
    q.words.push_back(text.substr(from, colon - from));
    from = colon == std::string::npos ? colon : colon + 1;
  }
  return q;
}

// `form` is what the question should look like.
void expect_words(const Question& q, size_t count, const std::string& form) {
  if (q.words.size() != count) refuse(q, "write " + form);
}

Service& service_of(const Question& q, Scenario& scenario) {
  const std::string& name = q.words[1];
  const auto found = std::ranges::find(scenario.services, name, &Service::name);
  if (found != scenario.services.end()) return *found;
  std::vector<std::string_view> names;
  names.reserve(scenario.services.size());
  for (const Service& one : scenario.services) names.push_back(one.name);
  refuse(q,
         "no service is named \"" + name + '"' + or_did_you_mean(name, names));
}

std::string ask_redundant(const Question& q, Scenario& scenario) {
  expect_words(q, 2, "redundant:SERVICE");
  const Service& service = service_of(q, scenario);
  if (service.kind == ServiceKind::kProduct) {
    refuse(q, "\"" + service.name +
                  "\" is a product: nothing could turn to its copy");
  }
  make_redundant(scenario, q.words[1]);
  return "a second, independent " + q.words[1];
}

std::string ask_remove(const Question& q, Scenario& scenario) {
  expect_words(q, 2, "remove:SERVICE");
  const Service& service = service_of(q, scenario);
  if (service.kind == ServiceKind::kProduct) {
    refuse(q, "\"" + service.name +
                  "\" is a product: there would be nothing to compare");
  }
  remove_service(scenario, q.words[1]);
  return "without " + q.words[1];
}

// "0.9999" or "99.99 %"; neither 0 nor 1.
Probability availability_of(const Question& q) {
  const std::string& text = q.words[3];
  const Parsed<Probability> share = parse_probability(text);
  const Parsed<double> number = parse_number(text);
  const double a = share ? share->value : number ? *number : -1;
  if (!(a > 0 && a < 1)) {
    refuse(q, "an availability lies between 0 and 1, such as 0.9999");
  }
  return {a};
}

std::string ask_improve(const Question& q, Scenario& scenario) {
  expect_words(q, 4, "improve:SERVICE:availability:0.9999");
  Service& service = service_of(q, scenario);
  if (q.words[2] != "availability") {
    refuse(q, "what can be improved is \"availability\"");
  }
  if (!improve_availability(service, availability_of(q))) {
    refuse(q, "\"" + service.name +
                  "\" has no failures of its own with a mean time to repair");
  }
  return service.name + " available " + q.words[3] + " of the time by itself";
}

constexpr std::array<std::string_view, 5> kStageWords = {
    "detect", "engage", "diagnose", "mitigate", "restore"};

std::string ask_faster(const Question& q, Scenario& scenario) {
  expect_words(q, 3, "faster:STAGE:FACTOR, for example faster:diagnose:2");
  const auto stage = std::ranges::find(kStageWords, q.words[1]);
  if (stage == kStageWords.end()) {
    refuse(q, "no stage is named \"" + q.words[1] + '"' +
                  or_did_you_mean(q.words[1], kStageWords));
  }
  const Parsed<double> factor = parse_number(q.words[2]);
  if (!factor || !(*factor > 1)) {
    refuse(q, "times are divided by the factor, which is a number above 1");
  }
  const auto which = static_cast<SpeedStage>(stage - kStageWords.begin());
  if (make_faster(scenario, which, *factor) == 0) {
    refuse(q, "nothing in this scenario takes time to " + std::string(*stage));
  }
  return std::string(*stage) + " " + q.words[2] + " times as fast";
}

std::string ask_set(const Question& q, Scenario& scenario) {
  const std::string setting = q.text.substr(q.text.find(':') + 1);
  if (q.words.size() < 2 || setting.find('=') == std::string::npos) {
    refuse(q, "write set:PATH=VALUE, for example set:fault.NAME.ends=2 h");
  }
  // As a strategy may not patch them: it would compare two questions.
  const std::string table = setting.substr(0, setting.find_first_of(".="));
  if (table == "scenario" || table == "objective" || table == "observed" ||
      table == "strategy") {
    refuse(q, "[" + table +
                  "] is what all are judged by, not what could be done; "
                  "outagesim sweep varies it");
  }
  scenario = load_with(q.file.path, q.file.options, {&setting, 1}, "--what-if");
  return setting;
}

struct Verb {
  std::string_view word;
  std::string (*ask)(const Question&, Scenario&);
};
constexpr std::array<Verb, 5> kVerbs = {{{"redundant", ask_redundant},
                                         {"remove", ask_remove},
                                         {"improve", ask_improve},
                                         {"faster", ask_faster},
                                         {"set", ask_set}}};

const Verb& verb_of(const Question& q) {
  const auto found = std::ranges::find(kVerbs, q.words[0], &Verb::word);
  if (found != kVerbs.end()) return *found;
  std::vector<std::string_view> words;
  words.reserve(kVerbs.size());
  for (const Verb& verb : kVerbs) words.push_back(verb.word);
  refuse(q, "expected redundant, remove, improve, faster or set, found \"" +
                q.words[0] + '"' + or_did_you_mean(q.words[0], words));
}

}  // namespace

StrategyScenario what_if(const Scenario& baseline, const std::string& question,
                         const BaselineFile& file) {
  const Question q = split(question, file);
  StrategyScenario result;
  result.scenario = baseline;
  result.strategy.why = verb_of(q).ask(q, result.scenario);
  result.strategy.name = question;
  Mistakes mistakes;
  validate(result.scenario, mistakes);
  if (!mistakes.empty()) {
    refuse(q, "the scenario would be wrong: " + mistakes.kept()[0].message);
  }
  return result;
}

}  // namespace outagesim
