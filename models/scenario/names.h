// All names of a scenario, found in O(1), each with the place of its
// definition; and the mistake for a name that is not among them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/error.h"
#include "models/base/name_table.h"
#include "models/parts/place.h"
#include "models/scenario/scenario.h"

namespace outagesim {

// The names of one kind of thing. Views into the scenario, which must outlive
// it.
class NameIndex {
 public:
  // `noun` with its article left out: "service".
  explicit NameIndex(std::string_view noun) : noun_(noun) {}

  // Adds a mistake if the name is taken.
  void add(std::string_view name, const SourcePosition& at, size_t index,
           Mistakes& mistakes);

  // Its index, or nothing.
  const size_t* find(std::string_view name) const;
  bool contains(std::string_view name) const {
    return table_.find(name) != NameTable::kNoName;
  }

  // Whether the name is known; a mistake at the reference if not.
  bool check(const Reference& reference, Mistakes& mistakes) const;
  // `did you mean "checkout" (line 12)?`, or nothing. O(names), so only the
  // first unknown names of a large scenario get one.
  std::string suggestion(const Reference& reference) const;

 private:
  struct Entry {
    SourcePosition at;
    size_t index;
  };
  std::string_view noun_;
  NameTable table_;
  std::vector<Entry> entries_;  // by number in the table
  mutable size_t searched_ = 0;
  mutable std::vector<std::string_view> sorted_;  // for suggestions
};

struct Names {
  const Scenario& scenario;
  Mistakes& mistakes;
  NameIndex services{"service"};
  NameIndex needs{"need"};  // of all services; the first of a name
  NameIndex limits{"start-up limit"};
  NameIndex faults{"fault"};  // faults, changes and common causes
  NameIndex teams{"team"};
  NameIndex remedies{"remedy"};
  NameIndex profiles{"profile"};
};

Names collect_names(const Scenario& scenario, Mistakes& mistakes);

// Adds a mistake that underlines the word or quoted text at `at`.
void mistake_at(const SourcePosition& at, std::string message, std::string hint,
                Mistakes& mistakes);

}  // namespace outagesim
