#include "models/import/mermaid.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <vector>

#include "models/import/graph_text.h"
#include "models/import/mermaid_arrow.h"

namespace outagesim {
namespace {

using Nodes = std::vector<std::size_t>;

bool in_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         c == '.' || c == '/' || static_cast<unsigned char>(c) >= 0x80;
}

// After a dash, a dot may belong to an arrow.
bool goes_on(char c) { return in_name(c) && c != '.' && c != '/'; }

// How shapes open, the longest first, and how they close.
struct Shape {
  std::string_view open, close;
};
constexpr std::array<Shape, 13> kShapes{{{"(((", ")))"},
                                         {"((", "))"},
                                         {"([", "])"},
                                         {"[[", "]]"},
                                         {"[(", ")]"},
                                         {"[/", "]"},
                                         {"[\\", "]"},
                                         {"{{", "}}"},
                                         {"{", "}"},
                                         {"(", ")"},
                                         {"[", "]"},
                                         {">", "]"},
                                         {"", ""}}};

constexpr std::array<std::string_view, 4> kServiceKinds{
    "supplier", "infrastructure", "service", "product"};

class MermaidReader {
 public:
  explicit MermaidReader(const std::string& path) : text_(path) {}

  DrawnSystem read() {
    front_matter();
    blank();
    const std::size_t at = text_.at();
    const std::string first = word();
    if (first != "flowchart" && first != "graph") {
      text_.refuse("expected flowchart, found \"" + first + "\"", at);
    }
    text_.advance(first.size());
    spaces();
    text_.advance(word().size());  // which way it is drawn
    for (blank(); !text_.ended(); blank()) statement();
    if (drawing_.empty()) text_.refuse("there is no node in it", at);
    refuse_arrows_to_subgraphs();
    return drawing_.finished();
  }

 private:
  void spaces() {
    while (text_.next() == ' ' || text_.next() == '\t') text_.advance(1);
  }

  // Ends of lines, semicolons and comments.
  void blank() {
    for (;;) {
      spaces();
      const char c = text_.next();
      if (c == '\n' || c == '\r' || c == ';') {
        text_.advance(1);
      } else if (text_.starts("%%")) {
        text_.skip_line();
      } else {
        return;
      }
    }
  }

  void front_matter() {
    if (!text_.starts("---")) return;
    text_.skip_line();
    while (!text_.starts("---")) {
      if (text_.ended()) text_.refuse("expected --- to end the settings");
      text_.skip_line();
    }
    text_.skip_line();
  }

  // A name may hold a dash, unless an arrow begins with it.
  std::string word() const {
    std::string name;
    for (std::size_t i = 0;; ++i) {
      const char c = text_.next(i);
      const bool dash = c == '-' && !name.empty() && goes_on(text_.next(i + 1));
      if (!in_name(c) && !dash) return name;
      name += c;
    }
  }

  void statement() {
    const std::string first = word();
    static constexpr std::array<std::string_view, 7> kPassed{
        "style",     "linkStyle", "classDef", "click",
        "direction", "accTitle",  "accDescr"};
    if (first == "accDescr" && described()) return;
    if (std::ranges::find(kPassed, first) != kPassed.end()) {
      text_.skip_line();
    } else if (first == "subgraph") {
      subgraph();
    } else if (first == "class") {
      classes();
    } else if (first == "end") {
      text_.advance(first.size());
    } else {
      chain();
    }
  }

  // accDescr { several lines }; false at the form of one line.
  bool described() {
    const std::string_view rest = text_.rest();
    const std::size_t mark = rest.find_first_of(":{\n");
    if (mark == std::string_view::npos || rest[mark] != '{') return false;
    text_.until("}", "the description");
    return true;
  }

  // Its name alone: what stands in it is read as if it stood outside.
  void subgraph() {
    text_.advance(std::string_view("subgraph").size());
    spaces();
    subgraphs_.insert(word());
    text_.skip_line();
  }

  // class a,b product
  void classes() {
    text_.advance(std::string_view("class").size());
    Nodes nodes;
    do {
      spaces();
      const std::string name = word();
      if (name.empty()) text_.refuse("expected a node");
      text_.advance(name.size());
      nodes.push_back(drawing_.node(name));
    } while (text_.skip(","));
    spaces();
    const std::string kind = word();
    text_.skip_line();
    for (const std::size_t node : nodes) set_kind(node, kind);
  }

  void set_kind(std::size_t node, const std::string& kind) {
    const bool known =
        std::ranges::find(kServiceKinds, kind) != kServiceKinds.end();
    if (known) drawing_.service(node).kind = kind;
  }

  void chain() {
    Nodes from = nodes();
    for (;;) {
      spaces();
      const std::size_t at = text_.at();
      if (text_.ended() || std::string_view("\n\r;").find(text_.next()) !=
                               std::string_view::npos) {
        return;
      }
      const MermaidArrow arrow = take_arrow(text_);
      spaces();
      Nodes to = nodes();
      if (arrow.seen && !drawing_.connect(from, to, arrow.text)) {
        text_.refuse(kTooManyArrows, at);
      }
      from = std::move(to);
    }
  }

  Nodes nodes() {
    Nodes all{node()};
    for (spaces(); text_.skip("&"); spaces()) {
      spaces();
      all.push_back(node());
    }
    return all;
  }

  std::size_t node() {
    const std::string name = word();
    if (name.empty()) text_.refuse("expected a node");
    places_.try_emplace(name, text_.at());
    text_.advance(name.size());
    const std::size_t index = drawing_.node(name);
    DrawnService& service = drawing_.service(index);
    const auto shape = std::ranges::find_if(
        kShapes, [&](const Shape& one) { return text_.starts(one.open); });
    if (text_.skip("@{")) {
      text_.until("}", "the shape of a node");
    } else if (!shape->open.empty()) {
      text_.advance(shape->open.size());
      service.label = mermaid_label(content(*shape));
      if (service.label == name) service.label.clear();
    }
    if (text_.skip(":::")) {
      const std::string kind = word();
      text_.advance(kind.size());
      set_kind(index, kind);
    }
    return index;
  }

  std::string content(const Shape& shape) {
    spaces();
    std::string label;
    if (text_.skip("\"")) {
      label = text_.until("\"", "the text of a node");
      text_.until(shape.close, "a node");
    } else {
      label = text_.until(shape.close, "a node");
      const bool slanted = shape.open == "[/" || shape.open == "[\\";
      if (slanted && !label.empty()) label.pop_back();
    }
    return label;
  }

  void refuse_arrows_to_subgraphs() const {
    for (const std::string& name : subgraphs_) {
      if (const auto found = places_.find(name); found != places_.end()) {
        text_.refuse("\"" + name + "\" is a subgraph, which needs nothing",
                     found->second, "name the nodes that do");
      }
    }
  }

  GraphText text_;
  Drawing drawing_;
  std::set<std::string> subgraphs_;
  std::map<std::string, std::size_t> places_;  // where first named
};

}  // namespace

DrawnSystem read_mermaid(const std::string& path) {
  return MermaidReader(path).read();
}

}  // namespace outagesim
