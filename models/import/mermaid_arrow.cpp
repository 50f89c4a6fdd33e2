#include "models/import/mermaid_arrow.h"

#include <algorithm>

namespace outagesim {
namespace {

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n`";  // `: text in Markdown
  const std::size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  const std::size_t to = text.find_last_not_of(kSpace);
  return std::string(text.substr(from, to - from + 1));
}

// "#quot;", "#35;": what stands for a character that means something else.
std::string entity(const std::string& name) {
  if (name == "quot") return "\"";
  if (name == "lt") return "<";
  if (name == "gt") return ">";
  if (name == "amp") return "&";
  if (name == "35") return "#";
  return "#" + name + ";";
}

std::string unquoted(const std::string& text) {
  const bool quoted =
      text.size() > 1 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// Past dashes and dots; how many.
std::size_t line_length(GraphText& text, char line) {
  std::size_t size = 0;
  for (; text.next() == line || text.next() == '.'; ++size) text.advance(1);
  return size;
}

// A head: '>', or a circle or a cross.
bool headed(const GraphText& text) {
  const char c = text.next();
  return c == '>' || ((c == 'o' || c == 'x') && text.next(1) == ' ');
}

// Past the arrow itself, with the text that may stand within it.
std::string shaft(GraphText& text, std::size_t at) {
  const char line = text.next();
  const bool dotted = text.next(1) == '.';
  const bool begins =
      (line == '-' || line == '=') && (dotted || text.next(1) == line);
  if (!begins) {
    text.refuse("expected an arrow, such as -->", at,
                line == '<' ? "two heads do not say who needs whom" : "");
  }
  std::string within;
  if (line_length(text, line) == 2 && !headed(text)) {
    const std::string_view back = dotted ? ".-" : line == '=' ? "==" : "--";
    within = text.until(back, "the arrow");
    line_length(text, line);
  }
  if (!headed(text)) {
    text.refuse("this line has no direction", at,
                "arrows lead from a service to what it needs: -->");
  }
  text.advance(1);
  return within;
}

}  // namespace

MermaidArrow take_arrow(GraphText& text) {
  const std::size_t at = text.at();
  if (text.starts("~~~")) {
    while (text.skip("~")) {
    }
    return {false, {}};
  }
  MermaidArrow arrow;
  arrow.text = shaft(text, at);
  while (text.next() == ' ') text.advance(1);
  if (text.skip("|")) arrow.text = text.until("|", "the text of an arrow");
  arrow.text = mermaid_label(unquoted(trimmed(arrow.text)));
  return arrow;
}

std::string mermaid_label(std::string_view label) {
  std::string text;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const std::size_t end = label.substr(i, 8).find(';');
    if (label[i] == '#' && end != std::string_view::npos) {
      text += entity(std::string(label.substr(i + 1, end - 1)));
      i += end;
    } else if (label.substr(i).starts_with("<br")) {
      text += ' ';
      i = std::min(label.find('>', i), label.size() - 1);
    } else {
      text += label[i];
    }
  }
  return trimmed(text);
}

}  // namespace outagesim
