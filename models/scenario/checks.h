// The checks that make up validate(), one file a subject. Each adds a mistake
// for everything that is wrong with its subject. Internal to this folder.
#pragma once

#include <string_view>
#include <vector>

#include "models/scenario/names.h"

namespace outagesim {

void check_services(const Names& names);   // cells, needs, restart
void check_failures(const Names& names);   // background, common cause
void check_faults(const Names& names);     // faults and changes
void check_responses(const Names& names);  // and teams
void check_remedies(const Names& names);
void check_endings(const Names& names);  // that every fault can end
void check_load(const Names& names);     // offers, serves, caches of calls
void check_people(const Names& names);   // populations, observed, communication
void check_objectives(const Names& names);

// The service exists and is a product.
void check_product(const Names& names, const Reference& product);

// The service exists, and so do the chosen cells.
bool check_place(const Names& names, const Place& place);
// The chosen cells exist in at least one of the services.
void check_cells(const Names& names, const CellChoice& cells,
                 const std::vector<const Service*>& services,
                 const SourcePosition& at);
// The cells a service has: its own, or those it shares. Null if the sharing
// leads nowhere.
const std::vector<Cell>* cells_of(const Names& names, const Service& service);

// More events than this in one replication are a slip of the pen.
inline constexpr double kMostEvents = 1e7;
void check_event_count(double expected, std::string_view what,
                       const SourcePosition& at, Mistakes& mistakes);

// Reports each of `things` whose chain of successors comes back to it.
// `next(i)` is the index of i's successor, or SIZE_MAX.
template <class Next>
std::vector<size_t> starts_of_circles(size_t count, Next next) {
  enum class Seen : unsigned char { kNo, kNow, kDone };
  std::vector<Seen> seen(count, Seen::kNo);
  std::vector<size_t> circles;
  for (size_t start = 0; start < count; ++start) {
    size_t i = start;
    while (i != SIZE_MAX && seen[i] == Seen::kNo) {
      seen[i] = Seen::kNow;
      i = next(i);
    }
    if (i != SIZE_MAX && seen[i] == Seen::kNow) circles.push_back(i);
    for (i = start; i != SIZE_MAX && seen[i] == Seen::kNow; i = next(i)) {
      seen[i] = Seen::kDone;
    }
  }
  return circles;
}

}  // namespace outagesim
