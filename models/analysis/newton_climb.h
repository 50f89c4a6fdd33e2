// To the top of a log-likelihood of two parameters, by Newton's method with a
// step that is halved where it leads down. It ends where the next step promises
// less than the rounding of the sum, which for a million terms is reached long
// before the step is 0.
#pragma once

#include <functional>

namespace outagesim {

// The log-likelihood at two parameters, its gradient and second derivatives.
struct Hill {
  double value = 0;
  double g1 = 0, g2 = 0;
  double h11 = 0, h12 = 0, h22 = 0;

  double determinant() const { return h11 * h22 - h12 * h12; }
  bool concave() const { return h11 < 0 && determinant() > 0; }
};

struct Point {
  double a = 0, b = 0;
};
using Landscape = std::function<Hill(Point)>;

struct Summit {
  Point at;
  Hill hill;
  bool converged = false;
};

// At most 100 steps, seldom more than ten; each looks at the landscape once.
Summit climb(const Landscape& landscape, Point from);

}  // namespace outagesim
