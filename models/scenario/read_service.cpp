// [service.NAME] and [startup_limit.NAME].
#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "models/base/text.h"
#include "models/scenario/sections.h"

namespace outagesim {
namespace {

constexpr std::uint64_t kMostCells = 10'000'000;  // of a scenario

constexpr Key<Restart> kRestartKeys[] = {
    {{"takes", "law", "\"0 s\"", "time until the cell works again",
      "\"lognormal(median 20 min, sigma 1)\""},
     into<&Restart::takes>},
    {{"shape", "restart shape", "\"step\"", "how it grows meanwhile",
      "\"linear\""},
     into<&Restart::shape>},
    {{"limit", "name", "", "a start-up limit shared with others",
      "\"registry\""},
     into<&Restart::limit>},
};
constexpr TableType<Restart> kRestartTable = {
    "restart", "restart = { … }",
    "How a cell comes back once its fault has ended.", kRestartKeys};

void read_head_room(const Value& value, Service& out) {
  read_any_share(value, out.head_room);
}

void read_restart(const Value& value, Service& out) {
  read_table(value, kRestartTable, out.restart);
}

constexpr Key<Service> kServiceKeys[] = {
    {{"label", "text", "", "its name as people see it; default: NAME",
      "\"ChatGPT\""},
     into<&Service::label>},
    {{"kind", "service kind", "\"service\"", "what it is to us", "\"product\""},
     into<&Service::kind>},
    {{"cells", "name | cell numbers | table of number", "{ number = 1 }",
      "its cells: how many, or their names and sizes, or the service whose "
      "cells it shares (cell i then needs cell i)",
      "{ number = 20 }"},
     read_cells},
    {{"head_room", "share", "\"0 %\"",
      "spare capacity: with 15 %, 100 % of demand is served until less than "
      "1/1.15 of it works; may exceed 100 %",
      "\"15 %\""},
     read_head_room},
    {{"routing", "routing", "\"partitioned\"", "how a request finds a cell",
      "\"balanced\""},
     into<&Service::routing>},
    {{"sticky", "flag", "false",
      "its failing part is the same users on every path, so it counts once",
      "true"},
     into<&Service::sticky>},
    {{"restart", "restart", "", "how a cell comes back; default: at once",
      "{ takes = \"20 min\", limit = \"registry\" }"},
     read_restart},
    {{"fails", "background failure | list of background failure", "",
      "failures that happen over the years",
      "{ time_to_failure = \"exponential(mean 90 d)\", time_to_repair = "
      "\"2 h\" }"},
     [](const Value& v, Service& s) { read_failures(v, s.fails); }},
    {{"offers", "offers", "", "requests a second from outside",
      "{ rate = \"200 /s\", timeout = \"2 s\" }"},
     [](const Value& v, Service& s) { read_value(v, s.offers.emplace()); }},
    {{"serves", "serves", "", "how much it can take; default: whatever comes",
      "{ capacity = \"1000 /s\", queue = 500 }"},
     [](const Value& v, Service& s) { read_value(v, s.serves.emplace()); }},
    {{"needs", "list of place | table of need kind/need", "",
      "what it needs: a list (all hard), or by name",
      "{ db = \"hard\", cache = \"soft\" }"},
     read_needs},
};
constexpr TableType<Service> kServiceTable = {
    "service", "[service.NAME]",
    "A part of the system: a node of the dependency graph.", kServiceKeys};

constexpr Key<StartupLimit> kStartupLimitKeys[] = {
    {{"at_once", "count", "1", "how many cells may restart at the same time",
      "5"},
     into<&StartupLimit::at_once>},
};
constexpr TableType<StartupLimit> kStartupLimitTable = {
    "startup_limit", "[startup_limit.NAME]",
    "What restarting cells share; the others wait in order.",
    kStartupLimitKeys};

struct CellNumbers {
  std::uint32_t number = 1;
  std::optional<Distribution> size;
};
constexpr Key<CellNumbers> kCellKeys[] = {
    {{"number", "count", kRequired, "how many cells; named \"1\", \"2\", …",
      "20"},
     into<&CellNumbers::number>},
    {{"size", "law of sizes", "1",
      "their sizes: the law's quantiles at (i - 0.5) / number, rising",
      "\"lognormal(median 100, sigma 1.8)\""},
     [](const Value& v, CellNumbers& c) { read_sizes(v, c.size.emplace()); }},
};
constexpr TableType<CellNumbers> kCellTable = {
    "cell numbers", "cells = { number = … }",
    "Cells that have numbers for names.", kCellKeys};

bool too_many_cells(const Value& value, std::uint64_t more) {
  value.in->cells += more;
  if (value.in->cells <= kMostCells) return false;
  wrong(value, "a scenario has at most ten million cells");
  return true;
}

void read_numbered_cells(const Value& value, Service& out) {
  CellNumbers cells;
  read_table(value, kCellTable, cells);
  if (too_many_cells(value, cells.number)) return;
  out.cells.clear();
  out.cells.reserve(cells.number);
  for (std::uint32_t i = 0; i < cells.number; ++i) {
    const double u = (i + 0.5) / cells.number;
    out.cells.push_back(
        {std::to_string(i + 1), cells.size ? quantile(*cells.size, {u}) : 1});
  }
}

void read_named_cells(const Value& value, Service& out) {
  std::vector<Cell> cells;
  for (const Value& entry : entries_in_order(value)) {
    Cell& cell = cells.emplace_back();
    cell.name = std::string(entry.key->str());
    if (is_fit_name(entry)) read_value(entry, cell.size, kPositive);
  }
  if (cells.empty()) {
    wrong(value, "a service has at least one cell",
          "for example cells = { number = 3 } or { a = 1, b = 2 }");
    return;
  }
  if (!too_many_cells(value, cells.size())) out.cells = std::move(cells);
}

void split_targets(const Reading& in, Service& service) {
  for (Need& need : service.needs)
    split_place(in, need.name, need.targets.front());
}

// Puts the services that the table lacks between its own, in the order of the
// files and their lines.
void add_plain_services(Reading& in, std::vector<Service>& out) {
  std::vector<Service> all = std::move(in.document.plain->services);
  for (Service& service : all) split_targets(in, service);
  const auto place = [&](const Service& service) {
    const auto file = std::ranges::find(in.document.files, service.at.file,
                                        &Document::File::source);
    return std::tuple(file, service.at.line, service.at.column);
  };
  std::size_t plain = all.size(), own = out.size(), to = plain + own;
  all.resize(to);
  while (own > 0) {
    const bool own_last =
        plain == 0 || place(all[plain - 1]) < place(out[own - 1]);
    all[--to] = std::move(own_last ? out[--own] : all[--plain]);
  }
  out = std::move(all);
}

}  // namespace

void read_cells(const Value& value, Service& out) {
  const toml::table* table = value.node->as_table();
  if (table && table->contains("number")) {
    read_numbered_cells(value, out);
  } else if (table) {
    read_named_cells(value, out);
  } else if (value.node->is_string()) {
    read_value(value, out.cells_of);
  } else {
    expected(value,
             "cells such as { number = 20 } or { a = 1, b = 2 }, or the name "
             "of the service whose cells it shares");
  }
}

void read_services(const Value& section, Scenario& out) {
  read_named(section, kServiceTable, out.services);
  if (section.in->document.plain) {
    add_plain_services(*section.in, out.services);
  }
  if (section.node->is_table() && section.node->as_table()->empty()) {
    wrong_key(section, "a scenario has at least one service",
              "for example [service.shop]");
  }
}

void read_startup_limits(const Value& section, Scenario& out) {
  read_named(section, kStartupLimitTable, out.startup_limits);
}

std::vector<TableInfo> service_tables() {
  return {describe(kServiceTable), describe(kCellTable),
          describe(kRestartTable), describe(kStartupLimitTable)};
}

}  // namespace outagesim
