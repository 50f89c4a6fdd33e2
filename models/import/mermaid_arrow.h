// The arrows of a Mermaid flowchart, and its texts.
#pragma once

#include <string>
#include <string_view>

#include "models/import/graph_text.h"

namespace outagesim {

struct MermaidArrow {
  bool seen = true;  // "~~~" only places
  std::string text;  // "hard" of -->|hard| or -- hard -->
};

// Goes past the arrow here and its text. Throws InputError at what is no arrow,
// has no head, or two.
MermaidArrow take_arrow(GraphText& text);

// As it is read: entities such as "#quot;" resolved, ends of lines as spaces.
std::string mermaid_label(std::string_view label);

}  // namespace outagesim
