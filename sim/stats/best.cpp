#include "sim/stats/best.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/base/normal.h"
#include "sim/core/random.h"

namespace outagesim {
namespace {

constexpr int kDraws = 20000;

// Lower triangular factor of a semidefinite matrix: what is zero up to rounding
// gets a column of zeros.
std::vector<double> cholesky(const std::vector<double>& a, std::size_t n) {
  std::vector<double> l(n * n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    double pivot = a[j * n + j];
    for (std::size_t k = 0; k < j; ++k) pivot -= l[j * n + k] * l[j * n + k];
    if (pivot <= 1e-12 * a[j * n + j]) continue;
    const double root = std::sqrt(pivot);
    l[j * n + j] = root;
    for (std::size_t i = j + 1; i < n; ++i) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= l[i * n + k] * l[j * n + k];
      l[i * n + j] = sum / root;
    }
  }
  return l;
}

// Gives one vote to the lowest, shared among those that are as low.
void vote(const std::vector<double>& drawn, double scale,
          std::vector<double>& votes) {
  const double lowest = std::ranges::min(drawn) + 1e-9 * scale;
  const auto count =
      std::ranges::count_if(drawn, [&](double x) { return x <= lowest; });
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    if (drawn[i] <= lowest) votes[i] += 1.0 / static_cast<double>(count);
  }
}

}  // namespace

std::vector<double> probability_lowest(const std::vector<double>& means,
                                       const std::vector<double>& covariance) {
  const std::size_t n = means.size();
  assert(covariance.size() == n * n);
  const std::vector<double> l = cholesky(covariance, n);
  double scale = 0;
  for (const double mean : means) scale = std::max(scale, std::abs(mean));
  std::vector<double> votes(n, 0.0), z(n), drawn(n);
  Stream stream({0x0be5, 0, 0, 0});
  for (int draw = 0; draw < kDraws; ++draw) {
    for (double& x : z) x = normal_quantile({stream.next()});
    for (std::size_t i = 0; i < n; ++i) {
      drawn[i] = means[i];
      for (std::size_t k = 0; k <= i; ++k) drawn[i] += l[i * n + k] * z[k];
    }
    vote(drawn, scale, votes);
  }
  for (double& share : votes) share /= kDraws;
  return votes;
}

}  // namespace outagesim
