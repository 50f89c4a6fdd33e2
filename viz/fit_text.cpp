#include "viz/fit_text.h"

#include <algorithm>
#include <cmath>

#include "models/base/quantity_text.h"
#include "models/base/text.h"
#include "viz/people_numbers.h"

namespace outagesim {
namespace {

constexpr int kDigits = 5;

std::string digits(double value) { return significant(value, kDigits); }
std::string hours(double seconds) { return digits(seconds / 3600) + " h"; }

// No more digits than the error leaves, and one more.
std::string with_standard_error(double value, double error) {
  if (!(error > 0) || !std::isfinite(error)) return digits(value);
  const int place = static_cast<int>(std::floor(std::log10(error))) - 1;
  const int decimals = std::max(0, -place);
  return fixed_decimals(value, decimals) + " ± " +
         fixed_decimals(error, decimals);
}

std::string hours_with_error(double seconds, double error) {
  return with_standard_error(seconds / 3600, error / 3600) + " h";
}

std::string p_text(const Estimate& p) {
  return p.defined() ? ", p " + significant(p.value, 2) : "";
}

// Said where it is not what one would expect.
std::string samples_text(const Goodness& goodness) {
  if (goodness.replicates == GoodnessOptions{}.replicates) return {};
  if (goodness.replicates == 0) return "; no p without samples";
  return " (of " + std::to_string(goodness.replicates) + " samples)";
}

}  // namespace

std::string law_text(const FittedLaw& fit, std::optional<Seconds> at_most) {
  const auto [first, second] = fit.parameters;
  std::string text(family_name(fit.family));
  switch (fit.family) {
    case LawFamily::kExponential:
      text += "(mean " + hours(first);
      break;
    case LawFamily::kWeibull:
    case LawFamily::kGamma:
      text += "(shape " + digits(first) + ", scale " + hours(second);
      break;
    case LawFamily::kLognormal:
      text += "(mu " + fixed_decimals(std::log(first / 60), 4) +
              " ln min, sigma " + digits(second);
      break;
    case LawFamily::kLogLogistic:
      text += "(median " + hours(first) + ", shape " + digits(second);
      break;
  }
  if (at_most) text += ", at most " + to_text(*at_most);
  return text + ")";
}

std::string parameters_text(const FittedLaw& fit) {
  const auto [first, second] = fit.parameters;
  const auto [first_error, second_error] = fit.errors;
  switch (fit.family) {
    case LawFamily::kExponential:
      return "mean " + hours_with_error(first, first_error);
    case LawFamily::kWeibull:
    case LawFamily::kGamma:
      return "shape " + with_standard_error(first, first_error) + ", scale " +
             hours_with_error(second, second_error);
    case LawFamily::kLognormal:
      return "mu " +
             with_standard_error(std::log(first / 60), first_error / first) +
             " ln min, sigma " + with_standard_error(second, second_error);
    case LawFamily::kLogLogistic:
      return "median " + hours_with_error(first, first_error) + ", shape " +
             with_standard_error(second, second_error);
  }
  return {};
}

std::string rivals_text(const TimeFit& fit) {
  std::string text;
  for (std::size_t i = 1; i < fit.laws.size(); ++i) {
    if (i > 1) text += ", ";
    text += std::string(family_name(fit.laws[i].family)) + " +" +
            fixed_decimals(fit.laws[i].aic - fit.laws[0].aic, 1);
  }
  return text;
}

std::string goodness_text(const TimeFit& fit) {
  if (!fit.goodness) return "not tested: more than a tenth is censored";
  return "Kolmogorov-Smirnov " +
         significant(fit.goodness->distance.kolmogorov_smirnov, 2) +
         p_text(fit.goodness->kolmogorov_smirnov) + "; Anderson-Darling " +
         significant(fit.goodness->distance.anderson_darling, 2) +
         p_text(fit.goodness->anderson_darling) + samples_text(*fit.goodness);
}

std::string counts_text(const TimeFit& fit) {
  std::string text = "n " + std::to_string(fit.times.ended.size());
  if (!fit.times.censored.empty()) {
    text += " and " + std::to_string(fit.times.censored.size()) + " open";
  }
  std::string left_out;
  if (fit.zero > 0) left_out += std::to_string(fit.zero) + " of no length";
  if (fit.too_long > 0) {
    if (!left_out.empty()) left_out += ", ";
    left_out += std::to_string(fit.too_long) + " too long";
  }
  return left_out.empty() ? text : text + "; left out: " + left_out;
}

}  // namespace outagesim
