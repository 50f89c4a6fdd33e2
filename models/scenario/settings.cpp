// Settings of the command line: "path=value" over the merged table. The text
// of each is parsed as a TOML document of its own, named as the option, so that
// its mistakes have a place like any other.
#include <array>
#include <string>
#include <utility>

#include "models/base/suggest.h"
#include "models/base/text.h"
#include "models/scenario/document.h"

namespace outagesim {
namespace {

// The first '=' that stands outside quotes; npos if there is none.
size_t equals_sign(std::string_view setting) {
  char quote = 0;
  for (size_t i = 0; i < setting.size(); ++i) {
    const char c = setting[i];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '=') {
      return i;
    }
  }
  return std::string_view::npos;
}

// The value as a TOML string: what follows '=' was typed without quotes.
std::string with_quotes(const std::string& setting, size_t equals) {
  std::string text = setting.substr(0, equals + 1) + '"';
  for (const char c : setting.substr(equals + 1)) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::optional<toml::table> parse_setting(Document& document,
                                         const std::string& option,
                                         const std::string& setting,
                                         Mistakes& mistakes) {
  const size_t equals = equals_sign(setting);
  if (equals == std::string::npos) {
    mistakes.add({{make_source_file(option, setting), 1, 1},
                  display_width(setting),
                  "a setting is written path=value",
                  R"(for example --set scenario.horizon="48 h")"});
    return std::nullopt;
  }
  Mistakes as_typed;
  if (auto table = parse_into(document, option, setting, as_typed)) {
    return table;
  }
  auto table =
      parse_into(document, option, with_quotes(setting, equals), mistakes);
  if (table) {
    // People see what they typed. The columns stay right: a quote stands where
    // the text began.
    document.files.back().source = make_source_file(option, setting);
  }
  return table;
}

struct Setting {
  Document& document;
  Mistakes& mistakes;
};

void refuse(const Setting& in, const toml::key& key, std::string message,
            std::string hint = {}) {
  const SourcePosition at = position_in(in.document, key.source());
  in.mistakes.add({at, columns_until(at, key.source().end.column),
                   std::move(message), std::move(hint)});
}

// Named things are made by files; a setting that reaches into one that is not
// there is a misspelling.
bool is_missing_name(const toml::table& into, const toml::key& key,
                     const toml::node& node, int depth) {
  return depth == 1 && node.is_table() && !node.as_table()->is_inline() &&
         !into.contains(key);
}

std::string suggestion(const toml::table& among, std::string_view word) {
  std::vector<std::string> names;
  for (const auto& [key, _] : among) names.emplace_back(key.str());
  return did_you_mean(word, names);
}

void set_in(const Setting& in, toml::table& into, toml::table& from,
            int depth) {
  for (auto&& [key, node] : from) {
    toml::node* old = into.get(key);
    toml::table* inner = node.as_table();
    const bool descends = inner && !inner->is_inline();
    if (depth == 0 && key.str() == "system") {
      refuse(in, key, "a setting cannot name another system file",
             "write it in the scenario, or in a copy of it");
    } else if (descends && old && old->is_table()) {
      set_in(in, *old->as_table(), *inner, depth + 1);
    } else if (descends && old) {
      refuse(in, key, '"' + std::string(key.str()) + "\" is not a table",
             "set the whole of it");
    } else if (is_missing_name(into, key, node, depth)) {
      refuse(in, key, "nothing is named \"" + std::string(key.str()) + '"',
             suggestion(into, key.str()));
    } else {
      into.insert_or_assign(key, std::move(node));
    }
  }
}

}  // namespace

void apply_settings(Document& document, std::span<const std::string> settings,
                    Mistakes& mistakes, const std::string& option) {
  for (const std::string& setting : settings) {
    if (auto table = parse_setting(document, option, setting, mistakes)) {
      set_in({document, mistakes}, document.root, *table, 0);
    }
  }
}

}  // namespace outagesim
