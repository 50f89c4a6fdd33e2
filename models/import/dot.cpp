#include "models/import/dot.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

#include "models/import/dot_words.h"

namespace outagesim {
namespace {

constexpr int kDeepest = 100;
constexpr std::size_t kLongestDefault = 100;  // bytes: each node gets a copy

using Attributes = std::map<std::string, std::string>;
using Nodes = std::vector<std::size_t>;

std::string lower(std::string text) {
  for (char& c : text) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

// A label's own escapes: ends of lines, and the name of its node.
std::string label_text(const std::string& label, const std::string& name) {
  std::string text;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const char c = label[i];
    const char next = i + 1 < label.size() ? label[i + 1] : '\0';
    if (c != '\\' || next == '\0') {
      text += c;
      continue;
    }
    ++i;
    if (next == 'N') {
      text += name;
    } else {
      text += next == 'n' || next == 'l' || next == 'r' ? ' ' : next;
    }
  }
  return text;
}

// Two backslashes in a name stand for one; before anything else it is itself.
std::string plain_name(const std::string& id) {
  std::string name;
  for (std::size_t i = 0; i < id.size(); ++i) {
    name += id[i];
    if (id[i] == '\\' && i + 1 < id.size() && id[i + 1] == '\\') ++i;
  }
  return name;
}

class DotReader {
 public:
  explicit DotReader(const std::string& path)
      : words_(path), text_(words_.text()) {}

  DrawnSystem read() {
    words_.space();
    if (lower(std::string(words_.word())) == "strict") words_.take_id();
    const std::size_t at = text_.at();
    const std::string first = lower(std::string(words_.word()));
    if (first == "graph") {
      text_.refuse("the graph has no directions", at,
                   "arrows lead from a service to what it needs: digraph");
    }
    if (first != "digraph") text_.refuse("expected digraph", at);
    words_.take_id();
    if (text_.next() != '{') words_.take_id();  // its name
    words_.expect('{');
    statements({}, 0);
    words_.space();
    if (!text_.ended()) text_.refuse("expected the end, after the digraph");
    if (drawing_.empty()) text_.refuse("there is no node in it", at);
    return drawing_.finished();
  }

 private:
  struct Defaults {
    Attributes node, edge;
  };

  // --- statements ---

  // Up to and with the closing brace; all nodes named in them.
  Nodes statements(Defaults defaults, int depth) {
    std::set<std::size_t> seen;
    while (text_.next() != '}') {
      if (text_.ended()) text_.refuse("expected } to end the graph");
      if (text_.next() == ';') {
        words_.expect(';');
        continue;
      }
      const Nodes named = statement(defaults, depth);
      seen.insert(named.begin(), named.end());
    }
    words_.expect('}');
    return {seen.begin(), seen.end()};
  }

  Nodes statement(Defaults& defaults, int depth) {
    const std::string first = lower(std::string(words_.word()));
    if (first == "node" || first == "edge" || first == "graph") {
      words_.take_id();
      Attributes more = attributes();
      std::erase_if(more, [](const auto& one) {
        return one.second.size() > kLongestDefault;
      });
      if (first != "graph") {
        merge(more, first == "node" ? defaults.node : defaults.edge);
      }
      return {};
    }
    const std::size_t at = text_.at();
    Ends ends = end(defaults, depth);
    if (ends.one && text_.next() == '=') {  // an attribute of the graph
      words_.expect('=');
      words_.take_id();
      return {};
    }
    if (ends.one) ends.nodes = {node(ends.name, defaults)};
    if (text_.starts("->") || text_.starts("--")) {
      return chain(std::move(ends.nodes), defaults, depth);
    }
    if (ends.one) {
      describe(ends.nodes.front(), attributes());
    } else if (text_.next() == '[') {
      text_.refuse("a subgraph takes no attributes here", at);
    }
    return ends.nodes;
  }

  // What an arrow leads from or to: a node not yet made, or many.
  struct Ends {
    bool one = false;
    std::string name;
    Nodes nodes;
  };

  Ends end(const Defaults& defaults, int depth) {
    const bool named = lower(std::string(words_.word())) == "subgraph";
    if (named) {
      words_.take_id();
      if (text_.next() != '{') words_.take_id();
    }
    if (named || text_.next() == '{') {
      if (depth >= kDeepest) {
        text_.refuse("subgraphs nest deeper than " + std::to_string(kDeepest));
      }
      words_.expect('{');
      return {false, {}, statements(defaults, depth + 1)};
    }
    if (!words_.at_id()) text_.refuse("expected a node, a subgraph or }");
    Ends ends{true, plain_name(words_.take_id()), {}};
    for (int part = 0; part < 2 && text_.next() == ':'; ++part) {
      words_.expect(':');  // a port, and its side
      words_.take_id();
    }
    return ends;
  }

  std::size_t node(const std::string& name, const Defaults& defaults) {
    const std::size_t before = drawing_.size();
    const std::size_t index = drawing_.node(name);
    if (drawing_.size() > before) describe(index, defaults.node);
    return index;
  }

  Nodes chain(Nodes from, const Defaults& defaults, int depth) {
    Nodes all = from;
    std::vector<Nodes> stops{std::move(from)};
    const std::size_t at = text_.at();
    while (text_.starts("->") || text_.starts("--")) {
      if (text_.starts("--")) {
        text_.refuse("this edge has no direction", text_.at(),
                     "arrows lead from a service to what it needs: ->");
      }
      text_.advance(2);
      words_.space();
      Ends ends = end(defaults, depth);
      if (ends.one) ends.nodes = {node(ends.name, defaults)};
      all.insert(all.end(), ends.nodes.begin(), ends.nodes.end());
      stops.push_back(std::move(ends.nodes));
    }
    Attributes data = defaults.edge;
    merge(attributes(), data);
    for (std::size_t i = 1; i < stops.size(); ++i) {
      connect(stops[i - 1], stops[i], data, at);
    }
    return all;
  }

  void connect(const Nodes& owners, const Nodes& targets,
               const Attributes& data, std::size_t at) {
    const auto label = data.find("label");
    const bool fits = drawing_.connect(
        owners, targets, label == data.end() ? std::string{} : label->second);
    if (!fits) text_.refuse(kTooManyArrows, at);
  }

  void describe(std::size_t index, const Attributes& data) {
    DrawnService& service = drawing_.service(index);
    if (const auto label = data.find("label"); label != data.end()) {
      service.label = label_text(label->second, service.name);
      if (service.label == service.name) service.label.clear();
    }
    if (const auto kind = data.find("kind"); kind != data.end()) {
      service.kind = kind->second;
    }
  }

  static bool means(const std::string& key) {
    return key == "label" || key == "kind";
  }

  // Those that mean something here.
  Attributes attributes() {
    Attributes all;
    while (text_.next() == '[') {
      words_.expect('[');
      while (text_.next() != ']') attribute(all);
      words_.expect(']');
    }
    return all;
  }

  void attribute(Attributes& all) {
    const std::string key = words_.take_id();
    std::string value = "true";
    if (text_.next() == '=') {
      words_.expect('=');
      value = words_.take_id();
    }
    if (means(key)) all[key] = value;
    const char mark = text_.next();
    if (mark == ',' || mark == ';') words_.expect(mark);
  }

  static void merge(const Attributes& more, Attributes& all) {
    for (const auto& [key, value] : more) all[key] = value;
  }

  DotWords words_;
  GraphText& text_;
  Drawing drawing_;
};

}  // namespace

DrawnSystem read_dot(const std::string& path) { return DotReader(path).read(); }

}  // namespace outagesim
