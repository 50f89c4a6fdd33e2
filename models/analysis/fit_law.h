// Laws fitted to times by maximum likelihood, some of the times censored: seen
// only to be longer. Weibull, lognormal and log-logistic are location-scale
// laws of the logarithm, fitted by Newton's method with the exact second
// derivatives [Lawless03, ch. 5]; their inverse gives the standard errors. The
// gamma law is fitted likewise, by numeric derivatives of two sums.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "models/parts/law.h"

namespace outagesim {

enum class LawFamily : std::uint8_t {
  kExponential,
  kWeibull,
  kLognormal,
  kGamma,
  kLogLogistic
};
inline constexpr std::array kLawFamilies{
    LawFamily::kExponential, LawFamily::kWeibull, LawFamily::kLognormal,
    LawFamily::kGamma, LawFamily::kLogLogistic};
std::string_view family_name(LawFamily family);  // "lognormal"

// All above 0.
struct TimesToFit {
  std::vector<double> ended;
  std::vector<double> censored;

  std::size_t n() const { return ended.size() + censored.size(); }
};

struct FittedLaw {
  LawFamily family = LawFamily::kExponential;
  Law law;
  // The parameters as the law has them, and their standard errors (of a
  // median, a scale or a mean in the unit of the times). One of exponential.
  std::array<double, 2> parameters{};
  std::array<double, 2> errors{};
  double log_likelihood = 0;
  double aic = 0;  // 2 × parameters - 2 × log-likelihood [Akaike74]
  bool converged = false;
};

// Preconditions: at least two different times have ended. O(n) a step, about
// ten steps; a million times take 0.2 s a law.
FittedLaw fit_law(LawFamily family, const TimesToFit& times);

// All families, the least AIC first.
std::vector<FittedLaw> fit_laws(const TimesToFit& times);

// How far a law is from a sample. `ascending` are complete times.
struct LawDistance {
  double kolmogorov_smirnov = 0;  // largest difference of distributions
  double anderson_darling = 0;    // weighs the tails [Anderson52]
};
LawDistance law_distance(const Law& law, std::span<const double> ascending);

}  // namespace outagesim
