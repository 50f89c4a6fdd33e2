#include "sim/stats/estimate.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace outagesim {
namespace {

// In double throughout: the default passes through long double, whose constants
// Valgrind cannot hold, and takes longer.
using InDouble =
    boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double normal_critical(double level) {
  const boost::math::normal_distribution<double, InDouble> standard;
  return quantile(complement(standard, (1 - level) / 2));
}

double student_critical(double level, double degrees_of_freedom) {
  const boost::math::students_t_distribution<double, InDouble> student(
      degrees_of_freedom);
  return quantile(complement(student, (1 - level) / 2));
}

}  // namespace outagesim
