#include "sim/stats/moments.h"

#include <algorithm>

namespace outagesim {
namespace {

// Adds factor * sum to total, to about 106 bits of the sum.
void add_scaled(ExactSum& total, double factor, const ExactSum& sum) {
  const double high = sum.value();
  ExactSum rest = sum;
  rest.add(-high);
  total.add_product(factor, high);
  total.add_product(factor, rest.value());
}

// How far n times a rounded mean misses the sum.
double shortfall(const ExactSum& sum, double mean, double n) {
  ExactSum rest = sum;
  rest.add_product(-mean, n);
  return rest.value();
}

}  // namespace

double centred_product(const ExactSum& ab, const ExactSum& a, const ExactSum& b,
                       std::uint64_t n) {
  const auto count = static_cast<double>(n);
  const double mean_a = a.value() / count;
  const double mean_b = b.value() / count;
  // Sum of (a - mean_a)(b - mean_b) multiplied out, with the means as rounded.
  ExactSum total = ab;
  add_scaled(total, -mean_b, a);
  add_scaled(total, -mean_a, b);
  ExactSum product_of_means;
  product_of_means.add_product(mean_a, mean_b);
  add_scaled(total, count, product_of_means);
  return total.value() -
         shortfall(a, mean_a, count) * shortfall(b, mean_b, count) / count;
}

void Mean::add(double x) {
  ++n;
  sum.add(x);
  squares.add_product(x, x);
}

void Mean::merge(const Mean& other) {
  n += other.n;
  sum.merge(other.sum);
  squares.merge(other.squares);
}

double Mean::mean() const {
  return n == 0 ? kUndefined : sum.value() / static_cast<double>(n);
}

double Mean::variance() const {
  if (n < 2) return kUndefined;
  return std::max(0.0, centred_product(squares, sum, sum, n)) /
         static_cast<double>(n - 1);
}

Estimate Mean::estimate(double level) const {
  if (n == 0) return {};
  const double m = mean();
  if (n == 1) return {.value = m, .n = n};
  const double half = student_critical(level, static_cast<double>(n - 1)) *
                      std::sqrt(variance() / static_cast<double>(n));
  return {.value = m, .low = m - half, .high = m + half, .n = n};
}

void PairMoments::add(double x, double y) {
  a.add(x);
  b.add(y);
  products.add_product(x, y);
}

void PairMoments::merge(const PairMoments& other) {
  a.merge(other.a);
  b.merge(other.b);
  products.merge(other.products);
}

double PairMoments::covariance() const {
  if (a.n < 2) return kUndefined;
  return centred_product(products, a.sum, b.sum, a.n) /
         static_cast<double>(a.n - 1);
}

double PairMoments::correlation() const {
  const double scale = std::sqrt(a.variance() * b.variance());
  return scale > 0 ? covariance() / scale : kUndefined;
}

}  // namespace outagesim
