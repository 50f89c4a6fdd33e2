// A mean made more certain by a control variate: a quantity observed beside it
// whose mean is known to be 0. What the control happened to be above that is
// taken off the outcome, times a coefficient by least squares [Lavenberg81].
// A coefficient from the same observations would bias the mean; here each of
// eight parts of the observations is corrected with the coefficient of the
// other seven, which is independent of it, so that the mean stays unbiased
// whatever the laws [Avramidis93].
#pragma once

#include <array>
#include <cstdint>

#include "sim/stats/moments.h"

namespace outagesim {

struct ControlledMean {
  static constexpr std::size_t kParts = 8;
  // With fewer the control is not used.
  static constexpr std::uint64_t kFewest = 64;

  std::array<PairMoments, kParts> parts;  // a is the outcome, b the control

  // `index` is the observation's number in all. Precondition: E[control] = 0.
  void add(std::uint64_t index, double outcome, double control);
  void merge(const ControlledMean& other);

  // Student's t on the variance of what is left once the control is taken off
  // with the coefficients of others, so that few observations do not fit
  // themselves; and never on less than 5 / n of the variance without it, for n
  // observations know nothing of what is too rare to be among them.
  Estimate estimate(double level = kConfidence) const;
  // Variance without the control over that with it; at least 1, at most n / 5.
  double gain() const;

  template <class Archive>
  void visit(Archive& archive) {
    archive(parts);
  }
  friend bool operator==(const ControlledMean&,
                         const ControlledMean&) = default;
};

}  // namespace outagesim
