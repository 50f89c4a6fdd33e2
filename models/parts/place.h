// Where something acts: a service, one of its cells, or a choice among its
// cells. Names are kept as written, with their position, so that a name that
// does not exist is reported where it stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/base/source.h"
#include "models/base/units.h"

namespace outagesim {

// A name as the author typed it, and where.
struct Reference {
  std::string name;
  SourcePosition at;
};

// Which cells of a service, when not all of them.
struct CellChoice {
  enum class How : std::uint8_t {
    kAll,
    kNamed,       // these cells, by name or by number from 1
    kNumber,      // this many, at random without replacement
    kShare,       // this share of the cells, at random, rounded to nearest
    kLargerThan,  // cells whose size exceeds `size`
    kSmallerThan  // cells whose size is below `size`
  };
  How how = How::kAll;
  std::uint32_t number = 0;
  std::vector<Reference> named;
  Fraction share{1};
  double size = 0;  // in the unit the cell sizes were given in
};

// "scus", "scus.c", or { service = "control-plane", cells = "size > 1000" }.
struct Place {
  Reference service;
  CellChoice cells;
};

}  // namespace outagesim
