#include "models/scenario/strategy_apply.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "models/base/text.h"
#include "models/scenario/read_scenario.h"
#include "models/scenario/strategy_patch.h"
#include "models/scenario/strategy_text.h"
#include "models/scenario/validate.h"

namespace outagesim {
namespace {

// All strategies of a document, with what they share while they are read.
struct Strategies {
  Reading in;
  std::vector<StrategyText> texts;

  Strategies(const Document& document, Mistakes& mistakes)
      : in{document, mistakes}, texts(read_strategies(in)) {}
  Strategies(const Strategies&) = delete;
  Strategies& operator=(const Strategies&) = delete;
};

const StrategyText* find(const Strategies& all, std::string_view name) {
  const auto found = std::ranges::find(all.texts, name, &StrategyText::name);
  return found == all.texts.end() ? nullptr : &*found;
}

using Chosen = std::vector<const StrategyText*>;

// The strategy with those that it combines, in the order of their patches,
// each once. Precondition: they exist, and not in a circle.
void flatten(const Strategies& all, const StrategyText& text, Chosen& out) {
  if (std::ranges::find(out, &text) != out.end()) return;
  for (const Reference& part : text.combines) {
    flatten(all, *find(all, part.name), out);
  }
  out.push_back(&text);
}

// Those whose prices make up the text's: itself, or if it is a combination
// without one its parts.
void collect_payers(const Strategies& all, const StrategyText& text,
                    Chosen& out) {
  if (text.has_price || text.combines.empty()) {
    if (std::ranges::find(out, &text) == out.end()) out.push_back(&text);
    return;
  }
  for (const Reference& part : text.combines) {
    collect_payers(all, *find(all, part.name), out);
  }
}

Strategy described(const Strategies& all, const Chosen& parts) {
  Strategy strategy = parts.front()->strategy;
  for (size_t i = 1; i < parts.size(); ++i) {
    strategy.name += kStrategyPlus;
    strategy.name += parts[i]->name;
    strategy.why += "; " + parts[i]->strategy.why;
  }
  Chosen payers;
  for (const StrategyText* part : parts) collect_payers(all, *part, payers);
  strategy.priced = true;
  strategy.price_once = strategy.price_per_year = {0};
  for (const StrategyText* part : payers) {
    strategy.priced = strategy.priced && part->has_price;
    strategy.price_once += part->strategy.price_once;
    strategy.price_per_year += part->strategy.price_per_year;
  }
  if (parts.size() > 1) {
    strategy.combines.clear();
    strategy.combines.reserve(parts.size());
    for (const StrategyText* part : parts) {
      strategy.combines.push_back(part->name);
    }
  }
  return strategy;
}

// Says whose mistakes they are, and each once: a value that a pattern put in
// many places is wrong in all of them.
void add_mistakes_of(const std::string& name, const Mistakes& found,
                     Mistakes& mistakes) {
  std::set<std::pair<std::string, std::string>> said;
  for (Mistake mistake : found.kept()) {
    if (!said.emplace(to_text(mistake.at), mistake.message).second) continue;
    mistake.message = "in strategy \"" + name + "\": " + mistake.message;
    mistakes.add(std::move(mistake));
  }
}

std::optional<Scenario> read_patched(const Document& document,
                                     const Chosen& patches, Mistakes& found) {
  Document patched = copy_of(document);
  patched.root.erase("strategy");
  patched.root.erase("belief");  // it is of the baseline
  spell_out_needs(patched);
  for (const StrategyText* text : patches) apply_patch(*text, patched);
  drop_lost_marks(patched);
  if (!found.empty()) return std::nullopt;
  Scenario scenario = read_scenario(patched, found);
  validate(scenario, found);
  return scenario;
}

bool is_any_in(const Chosen& these, const Chosen& those) {
  return std::ranges::any_of(these, [&](const StrategyText* text) {
    return std::ranges::find(those, text) != those.end();
  });
}

// `broken` are patches whose mistakes were told: no combination repeats them.
StrategyScenario apply(Strategies& all, const Chosen& parts, Chosen& broken,
                       Mistakes& mistakes) {
  StrategyScenario result;
  result.strategy = described(all, parts);
  Chosen patches;
  for (const StrategyText* part : parts) flatten(all, *part, patches);
  if (is_any_in(patches, broken)) return result;
  // The values of the patches report to the reading they belong to.
  Mistakes& found = all.in.mistakes;
  found = {};
  if (auto scenario = read_patched(all.in.document, patches, found)) {
    result.scenario = std::move(*scenario);
  }
  if (!found.empty() && patches.size() == 1) broken.push_back(patches.front());
  add_mistakes_of(result.strategy.name, found, mistakes);
  return result;
}

std::vector<std::string> names_in(const Strategies& all) {
  std::vector<std::string> names;
  names.reserve(all.texts.size());
  for (const StrategyText& text : all.texts) names.push_back(text.name);
  return names;
}

const StrategyText& known(const Strategies& all, const std::string& name) {
  if (const StrategyText* text = find(all, name)) return *text;
  const std::vector<std::string> names = names_in(all);
  const auto match = closest_match(name, names);
  std::string way_out = names.empty() ? "; the scenario has none" : "; known:";
  for (const std::string& one : names) {
    way_out += (&one == &names.front() ? " " : ", ") + one;
  }
  if (match) way_out = "; did you mean \"" + *match + "\"?";
  throw UsageError("no strategy is named \"" + name + '"' + way_out);
}

// "a", or the parts of "a + b".
Chosen chosen(const Strategies& all, const std::string& name) {
  if (const StrategyText* text = find(all, name)) return {text};
  Chosen parts;
  for (size_t from = 0; from != std::string::npos;) {
    const size_t plus = name.find(kStrategyPlus, from);
    parts.push_back(&known(all, name.substr(from, plus - from)));
    from = plus == std::string::npos ? plus : plus + kStrategyPlus.size();
  }
  return parts;
}

// How many combinations of two up to `size` of n there are; stops counting
// above kMostCombinations.
std::size_t count_combinations(std::size_t n, std::size_t size) {
  double all = 0, of_size = static_cast<double>(n);
  for (std::size_t k = 2; k <= std::min(size, n); ++k) {
    of_size *= static_cast<double>(n - k + 1) / static_cast<double>(k);
    all += of_size;
    if (all > kMostCombinations) break;
  }
  return static_cast<std::size_t>(all + 0.5);
}

// What is combined when nothing is named: combinations are so already.
std::vector<std::string> single_names(const Strategies& all) {
  std::vector<std::string> names;
  for (const StrategyText& text : all.texts) {
    if (text.combines.empty()) names.push_back(text.name);
  }
  return names;
}

void refuse_too_many(std::size_t single, std::size_t made) {
  if (single + made <= kMostCombinations) return;
  throw UsageError("these are more than " + std::to_string(kMostCombinations) +
                   " strategies and combinations; combine fewer at a time, or "
                   "name fewer");
}

void apply_combinations(Strategies& all, const StrategyRequest& request,
                        StrategySet& set) {
  const std::vector<std::string> names =
      request.names.empty() ? single_names(all) : request.names;
  refuse_too_many(set.strategies.size(),
                  count_combinations(names.size(), request.together));
  for (const std::string& name : combine(names, request.together)) {
    Mistakes contradictions;
    Chosen broken;
    StrategyScenario one =
        apply(all, chosen(all, name), broken, contradictions);
    if (contradictions.empty()) {
      set.strategies.push_back(std::move(one));
    } else {
      set.left_out.push_back(name);
    }
  }
}

}  // namespace

void apply_strategies(const Document& document, const StrategyRequest& request,
                      Mistakes& mistakes, StrategySet& set) {
  Mistakes own;
  Strategies all(document, own);
  for (const Mistake& mistake : own.kept()) mistakes.add(mistake);
  if (!mistakes.empty()) return;
  Chosen broken;
  for (const std::string& name :
       request.names.empty() ? names_in(all) : request.names) {
    set.strategies.push_back(apply(all, chosen(all, name), broken, mistakes));
  }
  if (request.together > 1 && mistakes.empty()) {
    apply_combinations(all, request, set);
  }
}

std::size_t check_strategies(const Document& document, Mistakes& mistakes) {
  return Strategies(document, mistakes).texts.size();
}

}  // namespace outagesim
