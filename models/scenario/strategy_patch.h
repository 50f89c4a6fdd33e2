// Applies a strategy's patch to a copy of the document it was written in.
// Mistakes stand at the strategy's own text. Internal to this folder.
#pragma once

#include <functional>
#include <string>

#include "models/scenario/strategy_path.h"
#include "models/scenario/strategy_text.h"

namespace outagesim {

// Writes lists of needs and bare kinds as tables, so that every need can be
// reached and patched in the same way; their order and places stay.
void spell_out_needs(Document& document);

// Applies the patch of `text`, without those that it combines, to `to`, a copy
// of the document that `text` is of.
void apply_patch(const StrategyText& text, Document& to);

// Puts the values of the table `set`, by path, into `root`, a table of `to`.
// `after` sees each copy.
using AfterPut = std::function<void(toml::node&)>;
void set_values(const Value& set, toml::table& root, Document& to,
                const AfterPut& after);

// Adds the named things of `add` to `to`; `rename` makes their names.
using Rename = std::function<std::string(std::string_view)>;
void add_things(const Value& add, Document& to, const Rename& rename,
                const AfterPut& after);

// A change by pattern.
void apply_change(const ChangeText& change, Document& to);

// Forgets marks in scenario.from_incident of what is no longer there.
void drop_lost_marks(Document& document);

}  // namespace outagesim
