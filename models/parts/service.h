// A service: a node of the dependency graph, made of one or more cells that
// fail, are changed and are restored one by one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/base/boxed.h"
#include "models/base/source.h"
#include "models/base/units.h"
#include "models/parts/background.h"
#include "models/parts/distribution.h"
#include "models/parts/load.h"
#include "models/parts/need.h"
#include "models/parts/place.h"

namespace outagesim {

enum class ServiceKind : std::uint8_t {
  kSupplier,        // outside our control
  kInfrastructure,  // what services stand on
  kService,
  kProduct  // what people use; outages are counted here
};

struct Cell {
  std::string name;  // "1", "2", … where the author gave only a number
  double size = 1;   // relative weight; shares of a service follow from it
};

// How a request finds a cell of a service that has several.
enum class Routing : std::uint8_t {
  kPartitioned,  // a request belongs to a cell (its data are there)
  kBalanced      // any working cell serves, up to its head-room
};

// How a cell comes back once its fault has ended.
struct Restart {
  enum class Shape : std::uint8_t { kStep, kLinear, kExponential };
  Boxed<Distribution> takes;   // s; absent: at once
  Shape shape = Shape::kStep;  // step: nothing works before the end
  Boxed<Reference> limit;      // a start-up limit shared with others
};

// `at_once` cells may restart at the same time; the others wait in order.
struct StartupLimit {
  std::string name;
  SourcePosition at;
  std::uint32_t at_once = 1;
};

struct Service {
  std::string name;
  SourcePosition at;
  std::string label;  // for people; empty: the name
  ServiceKind kind = ServiceKind::kService;
  std::vector<Cell> cells{Cell{"1", 1}};
  Boxed<Reference> cells_of;  // shares its cells with this service
  Fraction head_room{0};      // spare capacity: 0.15 = serves 1.15 of demand
  Routing routing = Routing::kPartitioned;
  bool sticky = false;  // its failing part is the same users on every path
  Restart restart;
  std::vector<Need> needs;
  std::vector<BackgroundFailure> fails;
  Boxed<Offers> offers;  // absent: no requests from outside
  Boxed<Serves> serves;  // absent: takes whatever comes
};

}  // namespace outagesim
