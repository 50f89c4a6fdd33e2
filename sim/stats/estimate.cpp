#include "sim/stats/estimate.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace outagesim {

double normal_critical(double level) {
  const boost::math::normal standard;
  return quantile(complement(standard, (1 - level) / 2));
}

double student_critical(double level, double degrees_of_freedom) {
  const boost::math::students_t student(degrees_of_freedom);
  return quantile(complement(student, (1 - level) / 2));
}

}  // namespace outagesim
