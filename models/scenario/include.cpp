// The scenario's file and the system files it names, read into one document.
#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "models/base/text.h"
#include "models/scenario/document.h"
#include "models/scenario/text_file.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;

struct Inclusion {
  Document& document;
  Mistakes& mistakes;
  fs::path tree;               // the folder of the scenario, resolved
  std::vector<fs::path> open;  // the files being read, outermost first
  std::vector<fs::path> done{};
};

void include_file(Inclusion& in, const std::string& path,
                  const toml::node* named);

Mistake mistake_at(const Inclusion& in, const toml::node& node,
                   std::string message, std::string hint = {}) {
  const SourcePosition at = position_in(in.document, node.source());
  return {at, columns_until(at, node.source().end.column), std::move(message),
          std::move(hint)};
}

bool is_within(const fs::path& file, const fs::path& tree) {
  const auto [end, _] =
      std::mismatch(tree.begin(), tree.end(), file.begin(), file.end());
  return end == tree.end();
}

// The path of the file named by `node`, as shown to people; empty and a
// mistake if it may not be included.
std::string allowed_path(Inclusion& in, const toml::node& node,
                         const fs::path& folder) {
  const auto text = node.value<std::string>();
  if (!node.is_string() || text->empty()) {
    in.mistakes.add(mistake_at(in, node, "expected the path of a system file",
                               R"(for example system = "systems/shop.toml")"));
    return {};
  }
  const fs::path named(*text);
  if (named.is_absolute() ||
      std::ranges::find(named, fs::path("..")) != named.end()) {
    in.mistakes.add(mistake_at(
        in, node, "a system file must lie in the scenario's folder tree",
        R"(write its path relative to this file, without "..")"));
    return {};
  }
  const fs::path shown = folder / named;
  std::error_code error;
  const fs::path real = fs::weakly_canonical(fs::absolute(shown), error);
  if (!error && !is_within(real, in.tree)) {
    in.mistakes.add(mistake_at(
        in, node, "a system file must lie in the scenario's folder tree",
        "a link leads out of it"));
    return {};
  }
  if (fs::is_other(fs::status(real, error))) {  // a pipe may never speak
    in.mistakes.add(
        mistake_at(in, node, "a system file must be a plain file",
                   "this is a pipe or a device: keep what it says in a file"));
    return {};
  }
  if (std::ranges::find(in.open, real) != in.open.end()) {
    in.mistakes.add(mistake_at(
        in, node,
        real == in.open.back() ? "the file includes itself"
                               : "the files include each other in a circle"));
    return {};
  }
  return shown.string();
}

void include_named(Inclusion& in, const toml::node& named,
                   const fs::path& folder) {
  if (const toml::array* list = named.as_array()) {
    for (const toml::node& one : *list) include_named(in, one, folder);
    return;
  }
  const std::string path = allowed_path(in, named, folder);
  if (!path.empty()) include_file(in, path, &named);
}

// What a system file must not say, for the scenario says it.
void refuse_scenario_keys(Inclusion& in, toml::table& table) {
  const auto scenario = table.find("scenario");
  if (scenario != table.end()) {
    const SourcePosition at =
        position_in(in.document, scenario->first.source());
    in.mistakes.add({at, 8, "a system file has no [scenario] table",
                     "say it in the file that names this one"});
    table.erase("scenario");
  }
  if (const toml::node* format = table.get("format")) {
    if (format->value<int64_t>() != 1) {
      in.mistakes.add(mistake_at(in, *format, "format must be 1"));
    }
    table.erase("format");
  }
}

// `named` is where another file names this one, if one does.
void include_file(Inclusion& in, const std::string& path,
                  const toml::node* named) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  if (std::ranges::find(in.done, real) != in.done.end()) return;
  Parsed<std::string> text = read_text_file(path);
  if (!text) {
    in.mistakes.add(
        named ? mistake_at(in, *named,
                           "cannot read \"" + path + "\": " + text.error)
              : Mistake{{make_source_file(path, {}), 0, 0}, 1, text.error, {}});
    return;
  }
  std::optional<toml::table> table =
      parse_into(in.document, path, std::move(*text.value), in.mistakes);
  if (!table) return;
  if (named) refuse_scenario_keys(in, *table);
  const toml::node* system = table->get("system");
  in.open.push_back(real);
  if (system) include_named(in, *system, fs::path(path).parent_path());
  in.open.pop_back();
  in.done.push_back(real);
  table->erase("system");
  merge_tables(in.document, std::move(*table), in.mistakes);
}

void read_into(Document& document, const std::string& path,
               Mistakes& mistakes) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  Inclusion in{document, mistakes, real.parent_path(), {}};
  include_file(in, path, nullptr);
}

// Whether something of the table names a path that may lead into a service.
bool names_paths(const toml::table& root) {
  const toml::node* settings = root.get("scenario");
  const toml::table* table = settings ? settings->as_table() : nullptr;
  return root.contains("strategy") || root.contains("belief") ||
         (table && table->contains("from_incident"));
}

bool has_one_of(const toml::node* services,
                const std::unordered_set<std::string_view>& names) {
  const toml::table* table = services ? services->as_table() : nullptr;
  return table && std::ranges::any_of(*table, [&](const auto& entry) {
           return names.contains(entry.first.str());
         });
}

}  // namespace

Document read_document(const std::string& path, Mistakes& mistakes) {
  Document document;
  read_into(document, path, mistakes);
  return document;
}

std::optional<Document> read_plain_document(const std::string& path) {
  std::optional<Document> document(std::in_place);
  document->plain = std::make_shared<PlainServices>();
  Mistakes mistakes;
  read_into(*document, path, mistakes);
  const PlainServices& plain = *document->plain;
  if (!mistakes.empty() || plain.clash || names_paths(document->root) ||
      has_one_of(document->root.get("service"), plain.names)) {
    return std::nullopt;
  }
  return document;
}

}  // namespace outagesim
