#include "models/base/normal.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

namespace outagesim {
namespace {

using Coefficients = std::array<double, 8>;  // of x^0 to x^7

constexpr double polynomial(const Coefficients& c, double x) {
  double sum = c[7];
  for (size_t i = 7; i-- > 0;) sum = sum * x + c[i];
  return sum;
}

// Coefficients of AS 241, PPND16: |u - 1/2| <= 0.425. [Wichura88]
constexpr Coefficients kA = {3.3871328727963666080e0, 1.3314166789178437745e2,
                             1.9715909503065514427e3, 1.3731693765509461125e4,
                             4.5921953931549871457e4, 6.7265770927008700853e4,
                             3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr Coefficients kB = {1.0,
                             4.2313330701600911252e1,
                             6.8718700749205790830e2,
                             5.3941960214247511077e3,
                             2.1213794301586595867e4,
                             3.9307895800092710610e4,
                             2.8729085735721942674e4,
                             5.2264952788528545610e3};
// sqrt(-ln of the tail) <= 5.
constexpr Coefficients kC = {
    1.42343711074968357734e0,  4.63033784615654529590e0,
    5.76949722146069140550e0,  3.64784832476320460504e0,
    1.27045825245236838258e0,  2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr Coefficients kD = {1.0,
                             2.05319162663775882187e0,
                             1.67638483018380384940e0,
                             6.89767334985100004550e-1,
                             1.48103976427480074590e-1,
                             1.51986665636164571966e-2,
                             5.47593808499534494600e-4,
                             1.05075007164441684324e-9};
// Farther out.
constexpr Coefficients kE = {
    6.65790464350110377720e0,  5.46378491116411436990e0,
    1.78482653991729133580e0,  2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr Coefficients kF = {1.0,
                             5.99832206555887937690e-1,
                             1.36929880922735805310e-1,
                             1.48753612908506148525e-2,
                             7.86869131145613259100e-4,
                             1.84631831751005468180e-5,
                             1.42151175831644588870e-7,
                             2.04426310338993978564e-15};

double tail_quantile(double tail) {
  const double r = std::sqrt(-std::log(tail));
  if (r <= 5) return polynomial(kC, r - 1.6) / polynomial(kD, r - 1.6);
  return polynomial(kE, r - 5) / polynomial(kF, r - 5);
}

}  // namespace

double normal_quantile(Probability u) {
  assert(u.value > 0 && u.value < 1 && "a quantile needs 0 < u < 1");
  const double q = u.value - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kA, r) / polynomial(kB, r);
  }
  return q < 0 ? -tail_quantile(u.value) : tail_quantile(1 - u.value);
}

Probability normal_cdf(double z) {
  return {0.5 * std::erfc(-z / std::numbers::sqrt2)};
}

double normal_log_survival(double z) {
  if (z < 30) return std::log(0.5 * std::erfc(z / std::numbers::sqrt2));
  // Asymptotic series of Mills' ratio; the next term is below 2e-8 here.
  // [Abramowitz64, 26.2.12]
  const double w = 1 / (z * z);
  return -0.5 * z * z - std::log(z * std::sqrt(2 * std::numbers::pi)) +
         std::log1p(w * (-1 + w * (3 - 15 * w)));
}

Probability correlated_uniform(double z_shared, double z_own, double rho) {
  assert(rho >= 0 && rho <= 1 && "a correlation of this kind is a share");
  const double z = std::sqrt(rho) * z_shared + std::sqrt(1 - rho) * z_own;
  constexpr double kSmallest = 0x1p-1022;
  constexpr double kLargest = 1 - 0x1p-53;
  return {std::clamp(normal_cdf(z).value, kSmallest, kLargest)};
}

}  // namespace outagesim
