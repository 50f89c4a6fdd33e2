#include "models/scenario/load.h"

#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

#include "models/base/error.h"
#include "models/base/text.h"
#include "models/scenario/document.h"
#include "models/scenario/overrides.h"
#include "models/scenario/read_scenario.h"
#include "models/scenario/strategy.h"
#include "models/scenario/strategy_apply.h"
#include "models/scenario/text_file.h"
#include "models/scenario/validate.h"

namespace outagesim {
namespace {

// Tells two inputs apart, wherever their files lie.
std::uint64_t hash_of(const Document& document, const LoadOptions& options) {
  std::string hashes;
  for (const Document::File& file : document.files) {
    hashes += std::to_string(name_hash(file.source->text)) + ' ';
  }
  for (const std::string& setting : options.set) {
    hashes += std::to_string(name_hash(setting)) + ' ';
  }
  return name_hash(hashes);
}

// Strategies and nothing else.
bool is_library(const Document& document) {
  const toml::table& root = document.root;
  return root.contains("strategy") &&
         root.size() == (root.contains("format") ? 2U : 1U);
}

void check_format(const Document& document, Mistakes& mistakes) {
  const toml::node* format = document.root.get("format");
  if (!format || format->value<std::int64_t>() == 1) return;
  const SourcePosition at = position_in(document, format->source());
  mistakes.add({at, 1, "this version reads format 1", "write format = 1"});
}

constexpr std::uintmax_t kLarge = 1 << 20;  // bytes, where it begins to matter

// A setting may say something about any service.
bool is_only_read(const std::string& path, const LoadOptions& options) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  return !error && size >= kLarge && options.set.empty();
}

// A file that has a service is no library: to be known before all of a large
// one is read for that. Of one that may quote such a line, nothing is known.
bool has_service(const std::string& path) {
  const Parsed<std::string> text = read_text_file(path);
  return text && text->find("\n[service.") != std::string::npos &&
         text->find("\"\"\"") == std::string::npos &&
         text->find("'''") == std::string::npos;
}

Document document_for(const std::string& path, const LoadOptions& options,
                      Mistakes& mistakes) {
  if (is_only_read(path, options)) {
    if (auto document = read_plain_document(path)) return std::move(*document);
  }
  return read_document(path, mistakes);
}

// The scenario with its settings, and its text where there are strategies.
// Throws an InputError if the text is no TOML; adds all other mistakes.
StrategySet read_baseline(const std::string& path, const LoadOptions& options,
                          Document& document, Mistakes& mistakes) {
  document = document_for(path, options, mistakes);
  mistakes.throw_if_any();  // half a text would only bring forth more
  const std::uint64_t hash = hash_of(document, options);
  apply_overrides(document, options.set, mistakes, options.notes);
  StrategySet set;
  set.baseline = read_scenario(document, mistakes);
  set.baseline.text_hash = hash;
  if (!document.root.contains("strategy")) {
    document = {};  // it is several times its text
  }
  validate(set.baseline, mistakes);
  return set;
}

// Precondition: the text is TOML.
bool fits_as_written(const std::string& path, const StrategyRequest& request) {
  Mistakes found;
  Document document;
  StrategySet set = read_baseline(path, {}, document, found);
  apply_strategies(document, request, found, set);
  return found.empty();
}

// The same mistakes, which are the settings' doing.
Mistakes blamed_on_settings(const Mistakes& found) {
  Mistakes blamed;
  for (Mistake mistake : found.kept()) {
    if (!mistake.hint.empty()) mistake.hint += "; ";
    mistake.hint +=
        "it fits the file as written: leave out the --set that replaces this, "
        "or ask for other strategies with --strategy";
    blamed.add(std::move(mistake));
  }
  return blamed;
}

// Checks the strategies nobody asked for. Precondition: the baseline is sound.
void check_unasked(const std::string& path, const LoadOptions& options,
                   const Document& document) {
  Mistakes found;
  StrategySet unused;
  apply_strategies(document, {}, found, unused);
  if (found.empty()) return;
  if (options.set.empty() || !fits_as_written(path, {})) found.throw_if_any();
  if (!options.notes) return;
  for (const Mistake& mistake : found.kept()) {
    options.notes->push_back(
        "left out, for --set has replaced what it "
        "changes: " +
        mistake.message);
  }
}

Scenario load_baseline(const std::string& path, const LoadOptions& options) {
  Mistakes mistakes;
  Document document;
  StrategySet set = read_baseline(path, options, document, mistakes);
  if (mistakes.empty()) {
    check_unasked(path, options, document);
  } else {
    check_strategies(document, mistakes);
  }
  mistakes.throw_if_any();
  return std::move(set.baseline);
}

}  // namespace

StrategySet load_with_combinations(const std::string& path,
                                   const LoadOptions& options,
                                   const StrategyRequest& request) {
  Mistakes mistakes;
  Document document;
  StrategySet set = read_baseline(path, options, document, mistakes);
  const bool sound = mistakes.empty();
  apply_strategies(document, request, mistakes, set);
  const bool only_set = sound && !mistakes.empty() && !options.set.empty();
  if (only_set && fits_as_written(path, request)) {
    mistakes = blamed_on_settings(mistakes);
  }
  mistakes.throw_if_any();
  return set;
}

std::vector<std::string> combinable(const std::string& path,
                                    const LoadOptions& options,
                                    const std::vector<std::string>& names) {
  Mistakes mistakes;
  Document document = read_document(path, mistakes);
  apply_overrides(document, options.set, mistakes);
  mistakes.throw_if_any();
  std::vector<std::string> fitting;
  for (const std::string& name : names) {
    fitting.push_back(name);
    Mistakes found;
    StrategySet scratch;
    apply_strategies(document, {{combined(fitting)}}, found, scratch);
    if (!found.empty()) fitting.pop_back();
  }
  return fitting;
}

StrategySet load_with_strategies(const std::string& path,
                                 const LoadOptions& options,
                                 const std::vector<std::string>& names) {
  return load_with_combinations(path, options, {names});
}

std::size_t load_library(const std::string& path) {
  if (is_only_read(path, {}) && has_service(path)) return 0;
  Mistakes mistakes;
  const Document document = document_for(path, {}, mistakes);
  mistakes.throw_if_any();
  if (!is_library(document)) return 0;
  check_format(document, mistakes);
  const std::size_t strategies = check_strategies(document, mistakes);
  mistakes.throw_if_any();
  return strategies;
}

Scenario load_scenario(const std::string& path, const LoadOptions& options) {
  if (!options.strategy) return load_baseline(path, options);
  StrategySet set = load_with_strategies(path, options, {*options.strategy});
  Scenario scenario = std::move(set.strategies.front().scenario);
  scenario.text_hash = name_hash(std::to_string(set.baseline.text_hash) + ' ' +
                                 *options.strategy);
  return scenario;
}

}  // namespace outagesim
