#include "models/analysis/newton_climb.h"

#include <cmath>
#include <limits>

namespace outagesim {
namespace {

// Where the hill is not concave, straight up instead.
Point newton_step(const Hill& hill) {
  if (hill.concave()) {
    const double d = hill.determinant();
    return {-(hill.h22 * hill.g1 - hill.h12 * hill.g2) / d,
            -(hill.h11 * hill.g2 - hill.h12 * hill.g1) / d};
  }
  const double steep = std::abs(hill.h11) + std::abs(hill.h22) + 1e-300;
  return {hill.g1 / steep, hill.g2 / steep};
}

// How much higher the top is of the parabola that fits the hill.
double promised(const Hill& hill, Point step) {
  return (hill.g1 * step.a + hill.g2 * step.b) / 2;
}

// A promise of 1e-10 moves a parameter by 1e-5 of its standard error, and the
// step that is still made by the square of that.
double too_little(const Hill& hill) {
  return 1e-10 +
         8 * std::numeric_limits<double>::epsilon() * std::abs(hill.value);
}

Point moved(Point from, Point step, double part) {
  return {from.a + part * step.a, from.b + part * step.b};
}

// Whether a part of the step leads up.
bool step_up(const Landscape& landscape, Point step, Summit& summit) {
  constexpr int kHalvings = 30;  // then less than 1e-9 of it is left
  for (int halvings = 0; halvings < kHalvings; ++halvings) {
    const Point next = moved(summit.at, step, std::ldexp(1.0, -halvings));
    const Hill hill = landscape(next);
    if (!(hill.value >= summit.hill.value)) continue;
    summit.at = next;
    summit.hill = hill;
    return true;
  }
  return false;
}

}  // namespace

Summit climb(const Landscape& landscape, Point from) {
  constexpr int kMostSteps = 100;
  Summit summit{from, landscape(from), false};
  for (int i = 0; i < kMostSteps; ++i) {
    const Point step = newton_step(summit.hill);
    const bool near = summit.hill.concave() &&
                      promised(summit.hill, step) < too_little(summit.hill);
    if (near) {
      summit.at = moved(summit.at, step, 1);
      summit.hill = landscape(summit.at);
      summit.converged = true;
      break;
    }
    if (!step_up(landscape, step, summit)) break;
  }
  return summit;
}

}  // namespace outagesim
