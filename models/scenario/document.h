// The text of a scenario as one TOML table: its file, the system files it
// names and the settings of the command line, merged. Every node still knows
// where it was written. A patch of a strategy is merged here too, before the
// table is read.
#pragma once

#include <toml++/toml.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/base/error.h"
#include "models/base/source.h"
#include "models/scenario/plain_services.h"

namespace outagesim {

struct Document {
  struct File {
    toml::source_path_ptr id;  // what the file's nodes carry
    std::shared_ptr<const SourceFile> source;
  };
  toml::table root;
  std::vector<File> files;  // the scenario's own first
  // A copied node of toml++ forgets where it was written; this remembers. And
  // where a node stands among its neighbours, if not where its key says.
  std::unordered_map<const toml::node*, toml::source_region> written;
  std::unordered_map<const toml::node*, toml::source_region> order;
  // Services that the table lacks; null: it has all. read_scenario() takes
  // them away.
  std::shared_ptr<PlainServices> plain;
};

// A copy whose nodes know where they were written. O(document).
Document copy_of(const Document& original);

// Where the node was written, and where it stands among its neighbours: in
// the place of what it replaced, or last if a patch added it.
const toml::source_region& region_of(const Document& document,
                                     const toml::node& node);
const toml::source_region& order_of(const Document& document,
                                    const toml::key& key,
                                    const toml::node& node);

// Puts a copy of `node`, which is of the document `from`, into a table of
// `to`, over what is there. Returns the copy. O(node).
toml::node& put_copy(Document& to, toml::table& into, const toml::key& key,
                     const Document& from, const toml::node& node);

// Where the region begins; nowhere if its file is not of this document.
SourcePosition position_in(const Document& document,
                           const toml::source_region& region);

// Adds a file's text to the document and returns its table; adds a mistake
// and returns nothing if it is not TOML. The table is not yet merged.
std::optional<toml::table> parse_into(Document& document,
                                      const std::string& path, std::string text,
                                      Mistakes& mistakes);

// Moves the tables of `from` into `into`, name by name; a name that both
// define is a mistake at the later one. Lists are joined.
void merge_tables(Document& document, toml::table from, Mistakes& mistakes);

// Reads the scenario file at `path` and the system files it names. Each must
// lie in the folder tree of the first; each is read once. Adds mistakes.
Document read_document(const std::string& path, Mistakes& mistakes);

// The same for a scenario that is nothing but read, its plain services beside
// the table: a fifth of the time and a tenth of the memory. Nothing where that
// would not do: there are mistakes, or something names a path in the table.
std::optional<Document> read_plain_document(const std::string& path);

// Applies settings "fault.power.ends=30 min", in order: each sets or replaces
// one value. A value that is not TOML is taken as text. Mistakes are placed in
// a file named as the option they came by.
void apply_settings(Document& document, std::span<const std::string> settings,
                    Mistakes& mistakes, const std::string& option = "--set");

// The parts of a dotted TOML path: `service."a.b".label`; nothing if it is
// none.
std::optional<std::vector<std::string>> split_path(std::string_view path);

// The node at the path, or nothing.
const toml::node* node_at(const toml::table& root,
                          std::span<const std::string> path);

}  // namespace outagesim
