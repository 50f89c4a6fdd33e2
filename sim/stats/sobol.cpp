#include "sim/stats/sobol.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/base/text.h"
#include "sim/core/random.h"
#include "sim/stats/moments.h"

namespace outagesim {
namespace {

constexpr std::size_t kBootstraps = 999;

// A row's part in each estimate; means of these, divided by that of the
// variance, are the indices. Of the first-order index there are two unbiased
// estimates: Saltelli's is good where the index is small, Jansen's where it is
// large.
struct RowTerms {
  double variance = 0;
  std::vector<double> first, jansen, total;
};

double product(const Twice& x, const Twice& y) {
  return (x[0] * y[1] + x[1] * y[0]) / 2;
}

Twice difference(const Twice& x, const Twice& y) {
  return {x[0] - y[0], x[1] - y[1]};
}

RowTerms terms_of(const SobolRow& row, double centre) {
  RowTerms terms;
  const Twice apart = difference(row.a, row.b);
  terms.variance = apart[0] * apart[1] / 2;
  const Twice b{row.b[0] - centre, row.b[1] - centre};
  for (const Twice& mixed : row.mixed) {
    const Twice moved = difference(mixed, row.a);
    terms.first.push_back(product(b, moved));
    const Twice kept = difference(row.b, mixed);
    terms.jansen.push_back(terms.variance - kept[0] * kept[1] / 2);
    terms.total.push_back(moved[0] * moved[1] / 2);
  }
  return terms;
}

// Sums over rows, and the indices they give.
struct Sums {
  double variance = 0;
  std::vector<double> first, total;

  explicit Sums(std::size_t inputs) : first(inputs), total(inputs) {}
  void add(const RowTerms& row) {
    variance += row.variance;
    for (std::size_t i = 0; i < first.size(); ++i) {
      first[i] += row.first[i];
      total[i] += row.total[i];
    }
  }
  // An index is not defined where nothing varies.
  double index(double sum) const {
    return variance > 0 ? sum / variance : kUndefined;
  }
};

// Takes the mean of the two estimates, weighted by how large the total is.
void mix(std::vector<RowTerms>& rows, const Sums& sums) {
  for (std::size_t i = 0; i < sums.total.size(); ++i) {
    const double total = sums.index(sums.total[i]);
    const double weight = std::isnan(total) ? 0 : std::clamp(total, 0.0, 1.0);
    for (RowTerms& row : rows) {
      row.first[i] += weight * (row.jansen[i] - row.first[i]);
    }
  }
}

Estimate with_interval(double value, std::vector<double>& samples,
                       std::size_t rows) {
  Estimate estimate;
  estimate.value = value;
  estimate.n = rows;
  std::erase_if(samples, [](double x) { return std::isnan(x); });
  if (samples.size() < kBootstraps / 2 || std::isnan(value)) return estimate;
  std::ranges::sort(samples);
  const auto at = [&](double p) {
    return samples[static_cast<std::size_t>(p * double(samples.size()))];
  };
  estimate.low = at((1 - kConfidence) / 2);
  estimate.high = at((1 + kConfidence) / 2);
  return estimate;
}

struct Bootstrap {
  std::vector<double> variance;
  std::vector<std::vector<double>> first, total;  // by input
};

Bootstrap resample(std::span<const RowTerms> rows, std::size_t inputs,
                   std::uint64_t seed) {
  Bootstrap all{{}, std::vector<std::vector<double>>(inputs), {}};
  all.total = all.first;
  for (std::uint64_t k = 0; k < kBootstraps; ++k) {
    Stream stream({seed, k, name_hash("bootstrap of Sobol rows"), 0});
    Sums sums(inputs);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      sums.add(
          rows[static_cast<std::size_t>(stream.next() * double(rows.size()))]);
    }
    all.variance.push_back(sums.variance / double(rows.size()));
    for (std::size_t i = 0; i < inputs; ++i) {
      all.first[i].push_back(sums.index(sums.first[i]));
      all.total[i].push_back(sums.index(sums.total[i]));
    }
  }
  return all;
}

}  // namespace

SobolIndices sobol_indices(std::span<const SobolRow> rows, std::uint64_t seed) {
  assert(rows.size() >= 8 && "too few rows for an interval");
  const std::size_t inputs = rows.front().mixed.size();
  Mean mean;
  for (const SobolRow& row : rows) {
    mean.add((row.a[0] + row.a[1] + row.b[0] + row.b[1]) / 4);
  }
  std::vector<RowTerms> terms;
  Sums unmixed(inputs), sums(inputs);
  for (const SobolRow& row : rows) {
    terms.push_back(terms_of(row, mean.mean()));
    unmixed.add(terms.back());
  }
  mix(terms, unmixed);
  for (const RowTerms& row : terms) sums.add(row);
  Bootstrap samples = resample(terms, inputs, seed);
  SobolIndices result;
  result.mean = mean.estimate();
  result.variance = with_interval(sums.variance / double(rows.size()),
                                  samples.variance, rows.size());
  for (std::size_t i = 0; i < inputs; ++i) {
    result.first.push_back(with_interval(sums.index(sums.first[i]),
                                         samples.first[i], rows.size()));
    result.total.push_back(with_interval(sums.index(sums.total[i]),
                                         samples.total[i], rows.size()));
  }
  return result;
}

}  // namespace outagesim
