// The scenario language described by the loader's own tables: for editors, for
// people, and for `outagesim list`. What is not in these tables is not read.
#pragma once

#include <string>

#include "models/scenario/types.h"

namespace outagesim {

// A JSON Schema (draft 2020-12) of a scenario file, two spaces indented. It
// knows shapes and words; names and sums are validate()'s.
std::string json_schema();

// The reference of every table, key, type and word, as Markdown.
std::string language_reference();

}  // namespace outagesim
