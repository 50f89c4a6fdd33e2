// Places as values of the language: "svc", "svc.cell", a table with a choice
// of cells; and that choice: "all", names, a number, a share, a size.
#include <string>
#include <utility>

#include "models/base/quantity_text.h"
#include "models/scenario/key.h"
#include "models/scenario/sections.h"
#include "models/scenario/value.h"

namespace outagesim {
namespace {

constexpr std::string_view kCells =
    R"("all", a list of cells, a number of them, a share such as "30 %", )"
    R"("size > 1000" or "size < 1000")";

constexpr Key<Place> kPlaceKeys[] = {
    {{"service", "name", kRequired, "the service", "\"db\""},
     into<&Place::service>},
    {{"cells", "cells", "\"all\"", "which of its cells", "\"size > 1000\""},
     into<&Place::cells>},
};
constexpr TableType<Place> kPlaceTable = {
    "place table", "{ service = …, cells = … }",
    "A service, or some of its cells.", kPlaceKeys};

// "size > 1000"
bool read_size(const Value& value, std::string_view text, CellChoice& out) {
  text.remove_prefix(std::string_view("size").size());
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (!text.starts_with('>') && !text.starts_with('<')) {
    return expected(value, kCells);
  }
  const Parsed<double> size = parse_number(text.substr(1));
  if (!size || *size < 0) return expected(value, kCells);
  out.how = text[0] == '>' ? CellChoice::How::kLargerThan
                           : CellChoice::How::kSmallerThan;
  out.size = *size;
  return true;
}

bool read_cell_text(const Value& value, const std::string& text,
                    CellChoice& out) {
  if (text == "all") {
    out.how = CellChoice::How::kAll;
    return true;
  }
  if (text.starts_with("size")) return read_size(value, text, out);
  if (text.find('%') == std::string::npos) return expected(value, kCells);
  Probability share;
  if (!read_value(value, share)) return false;
  out.how = CellChoice::How::kShare;
  out.share = {share.value};
  return true;
}

// Cells that were given by number only are named "1", "2", …
bool read_cell_names(const Value& value, CellChoice& out) {
  out.how = CellChoice::How::kNamed;
  for (const toml::node& node : *value.node->as_array()) {
    const Value cell{value.in, &node};
    if (const auto* number = node.as_integer()) {
      out.named.push_back({std::to_string(number->get()), position_of(cell)});
    } else if (!read_value(cell, out.named.emplace_back())) {
      return false;
    }
  }
  if (!out.named.empty()) return true;
  wrong(value, "this list names no cell");
  return false;
}

}  // namespace

// Cuts "svc.cell" at the first dot behind which a cell can stand: the text
// before it names a service. An unknown service is left to name checks.
void split_place(const Reading& in, const std::string& text, Place& out) {
  out.service.name = text;
  // A name is never empty: a dot at the beginning parts nothing.
  const size_t first = text.find('.', 1);
  if (first == std::string::npos || in.services.contains(text)) return;
  size_t cut = first;
  for (size_t dot = first; dot != std::string::npos;
       dot = text.find('.', dot + 1)) {
    if (in.services.contains(std::string_view(text).substr(0, dot))) cut = dot;
  }
  out.service.name = text.substr(0, cut);
  out.cells.how = CellChoice::How::kNamed;
  out.cells.named.push_back({text.substr(cut + 1), out.service.at});
}

bool read_value(const Value& value, CellChoice& out) {
  if (const std::optional<std::string> text = text_of(value)) {
    return read_cell_text(value, *text, out);
  }
  if (value.node->is_array()) return read_cell_names(value, out);
  out.how = CellChoice::How::kNumber;
  if (value.node->is_integer()) return read_value(value, out.number);
  return expected(value, kCells);
}

bool read_value(const Value& value, Place& out) {
  if (value.node->is_table()) return read_table(value, kPlaceTable, out);
  const std::optional<std::string> text = text_of(value);
  if (!text || text->empty()) {
    return expected(value, R"(a place such as "db", "db.cell" or )"
                           R"({ service = "db", cells = "30 %" })");
  }
  out.service.at = position_of(value);
  split_place(*value.in, *text, out);
  return true;
}

std::vector<TableInfo> place_tables() { return {describe(kPlaceTable)}; }

}  // namespace outagesim
