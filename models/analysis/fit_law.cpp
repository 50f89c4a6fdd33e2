#include "models/analysis/fit_law.h"

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cassert>
#include <cmath>
#include <numbers>

#include "models/analysis/newton_climb.h"
#include "models/base/normal.h"

namespace outagesim {
namespace {

// A function of z = (ln t - location) / scale with two derivatives.
struct Jet {
  double value = 0, first = 0, second = 0;
};

struct Shape {
  Jet (*density)(double z);   // ln of the density of z
  Jet (*survival)(double z);  // ln P(Z > z)
};

Jet gumbel_density(double z) {
  const double e = std::exp(z);
  return {z - e, 1 - e, -e};
}
Jet gumbel_survival(double z) {
  const double e = std::exp(z);
  return {-e, -e, -e};
}
Jet normal_density(double z) {
  static const double kConstant = std::log(2 * std::numbers::pi) / 2;
  return {-z * z / 2 - kConstant, -z, -1};
}
Jet normal_survival(double z) {
  const double log_survival = normal_log_survival(z);
  const double hazard = std::exp(normal_density(z).value - log_survival);
  return {log_survival, -hazard, -hazard * (hazard - z)};
}
double softplus(double z) {
  return z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
}
Jet logistic_density(double z) {
  const double p = 1 / (1 + std::exp(-z));
  return {z - 2 * softplus(z), 1 - 2 * p, -2 * p * (1 - p)};
}
Jet logistic_survival(double z) {
  const double p = 1 / (1 + std::exp(-z));
  return {-softplus(z), -p, -p * (1 - p)};
}

Shape shape_of(LawFamily family) {
  switch (family) {
    case LawFamily::kWeibull:
      return {gumbel_density, gumbel_survival};
    case LawFamily::kLogLogistic:
      return {logistic_density, logistic_survival};
    default:
      return {normal_density, normal_survival};
  }
}

// Times with how often they came: those that follow each other alike are one.
// Histories are in whole minutes or seconds, so there are far fewer of them.
struct Often {
  double log = 0;  // ln of the time
  double times = 0;
};

std::vector<Often> counted(const std::vector<double>& times) {
  std::vector<Often> all;
  double last = 0;
  for (const double t : times) {
    if (t != last) all.push_back({std::log(t), 0});
    all.back().times += 1;
    last = t;
  }
  return all;
}

struct LogTimes {
  std::vector<Often> ended, censored;
  double n_ended = 0, n = 0;
  double sum_ended = 0;  // of the logarithms
};

double sum_of(const std::vector<Often>& all) {
  double total = 0;
  for (const Often& one : all) total += one.times * one.log;
  return total;
}

LogTimes logarithms(const TimesToFit& times) {
  LogTimes logs{counted(times.ended), counted(times.censored),
                static_cast<double>(times.ended.size()),
                static_cast<double>(times.n())};
  logs.sum_ended = sum_of(logs.ended);
  return logs;
}

void add_term(const Jet& jet, double z, double times, Hill& hill) {
  hill.value += times * jet.value;
  hill.g1 -= times * jet.first;
  hill.g2 -= times * z * jet.first;
  hill.h11 += times * jet.second;
  hill.h12 += times * (z * jet.second + jet.first);
  hill.h22 += times * (z * z * jet.second + z * jet.first);
}

// In (location, ln scale) of the logarithms, without the sum of -ln t.
Hill log_location_scale(const Shape& shape, const LogTimes& logs, Point at) {
  const double scale = std::exp(at.b);
  Hill hill;
  for (const auto& [y, times] : logs.ended) {
    const double z = (y - at.a) / scale;
    add_term(shape.density(z), z, times, hill);
  }
  for (const auto& [y, times] : logs.censored) {
    const double z = (y - at.a) / scale;
    add_term(shape.survival(z), z, times, hill);
  }
  hill.g1 /= scale;
  hill.h11 /= scale * scale;
  hill.h12 /= scale;
  hill.value -= logs.n_ended * at.b;
  hill.g2 -= logs.n_ended;
  return hill;
}

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double x : values) total += x;
  return total;
}

struct Spread {
  double mean = 0, deviation = 0;
};
Spread spread_of(const LogTimes& logs) {
  const double mean = (logs.sum_ended + sum_of(logs.censored)) / logs.n;
  double squares = 0;
  const auto add = [&](const std::vector<Often>& all) {
    for (const auto& [y, times] : all) {
      squares += times * (y - mean) * (y - mean);
    }
  };
  add(logs.ended);
  add(logs.censored);
  return {mean, std::max(1e-3, std::sqrt(squares / logs.n))};
}

void finish(FittedLaw& fit, const Summit& summit, double log_likelihood) {
  fit.log_likelihood = log_likelihood;
  fit.aic = 4 - 2 * log_likelihood;
  fit.converged = summit.converged;
}

FittedLaw fit_location_scale(LawFamily family, const LogTimes& logs) {
  const Shape shape = shape_of(family);
  const Spread spread = spread_of(logs);
  // The standard deviations of the three shapes at scale 1 are near these.
  const double unit = family == LawFamily::kWeibull       ? 1.28
                      : family == LawFamily::kLogLogistic ? 1.81
                                                          : 1.0;
  const double lift = family == LawFamily::kWeibull ? 0.45 : 0;
  const Summit summit =
      climb([&](Point at) { return log_location_scale(shape, logs, at); },
            {spread.mean + lift * spread.deviation,
             std::log(spread.deviation / unit)});
  FittedLaw fit;
  fit.family = family;
  const double middle = std::exp(summit.at.a);
  const double scale = std::exp(summit.at.b);
  const double d = summit.hill.determinant();
  const double location_error = std::sqrt(std::max(0.0, -summit.hill.h22 / d));
  const double scale_error = std::sqrt(std::max(0.0, -summit.hill.h11 / d));
  finish(fit, summit, summit.hill.value - logs.sum_ended);
  switch (family) {
    case LawFamily::kWeibull:
      fit.law = Weibull{1 / scale, middle};
      fit.parameters = {1 / scale, middle};
      fit.errors = {scale_error / scale, middle * location_error};
      break;
    case LawFamily::kLogLogistic:
      fit.law = LogLogistic{middle, 1 / scale};
      fit.parameters = {middle, 1 / scale};
      fit.errors = {middle * location_error, scale_error / scale};
      break;
    default:
      fit.law = Lognormal{middle, scale};
      fit.parameters = {middle, scale};
      fit.errors = {middle * location_error, scale * scale_error};
  }
  return fit;
}

// Complete times enter through two sums.
struct GammaSums {
  double n = 0, logs = 0, times = 0;
  const std::vector<double>* censored = nullptr;

  double log_likelihood(double shape, double scale) const {
    double value = (shape - 1) * logs - times / scale -
                   n * (std::lgamma(shape) + shape * std::log(scale));
    for (const double t : *censored) {
      value +=
          std::log(std::max(1e-300, boost::math::gamma_q(shape, t / scale)));
    }
    return value;
  }
};

// By central differences in (ln shape, ln scale).
Hill gamma_hill(const GammaSums& sums, Point at) {
  constexpr double kStep = 1e-4;
  const auto f = [&](double i, double j) {
    return sums.log_likelihood(std::exp(at.a + i * kStep),
                               std::exp(at.b + j * kStep));
  };
  const double centre = f(0, 0);
  const double right = f(1, 0), left = f(-1, 0), up = f(0, 1), down = f(0, -1);
  constexpr double kSquare = kStep * kStep;
  return {.value = centre,
          .g1 = (right - left) / (2 * kStep),
          .g2 = (up - down) / (2 * kStep),
          .h11 = (right - 2 * centre + left) / kSquare,
          .h12 = (f(1, 1) - f(1, -1) - f(-1, 1) + f(-1, -1)) / (4 * kSquare),
          .h22 = (up - 2 * centre + down) / kSquare};
}

// Without censoring the likelihood equations leave one unknown.
Hill exact_gamma_hill(const GammaSums& sums, Point at) {
  const double shape = std::exp(at.a);
  const double scale = std::exp(at.b);
  const double load = sums.times / scale;
  Hill hill;
  hill.value = sums.log_likelihood(shape, scale);
  hill.g1 = shape *
            (sums.logs - sums.n * boost::math::digamma(shape) - sums.n * at.b);
  hill.g2 = load - sums.n * shape;
  hill.h11 = hill.g1 - shape * shape * sums.n * boost::math::trigamma(shape);
  hill.h12 = -sums.n * shape;
  hill.h22 = -load;
  return hill;
}

FittedLaw fit_gamma(const TimesToFit& times, const LogTimes& logs) {
  const GammaSums sums{logs.n_ended, logs.sum_ended, sum(times.ended),
                       &times.censored};
  const double mean = (sums.times + sum(times.censored)) / sums.n;
  const double deviation = spread_of(logs).deviation;
  const double shape = std::clamp(1 / (deviation * deviation), 0.15, 50.0);
  const Summit summit = climb(
      [&](Point at) {
        return times.censored.empty() ? exact_gamma_hill(sums, at)
                                      : gamma_hill(sums, at);
      },
      {std::log(shape), std::log(mean / shape)});
  const double d = summit.hill.determinant();
  FittedLaw fit;
  fit.family = LawFamily::kGamma;
  const Gamma law{std::exp(summit.at.a), std::exp(summit.at.b)};
  fit.law = law;
  fit.parameters = {law.shape, law.scale};
  fit.errors = {law.shape * std::sqrt(std::max(0.0, -summit.hill.h22 / d)),
                law.scale * std::sqrt(std::max(0.0, -summit.hill.h11 / d))};
  finish(fit, summit, summit.hill.value);
  return fit;
}

FittedLaw fit_exponential(const TimesToFit& times) {
  const auto ended = static_cast<double>(times.ended.size());
  const double mean = (sum(times.ended) + sum(times.censored)) / ended;
  FittedLaw fit;
  fit.law = Exponential{mean};
  fit.parameters = {mean, 0};
  fit.errors = {mean / std::sqrt(ended), 0};
  fit.log_likelihood = -ended * (std::log(mean) + 1);
  fit.aic = 2 - 2 * fit.log_likelihood;
  fit.converged = true;
  return fit;
}

FittedLaw fit_with_logs(LawFamily family, const TimesToFit& times,
                        const LogTimes& logs) {
  switch (family) {
    case LawFamily::kExponential:
      return fit_exponential(times);
    case LawFamily::kGamma:
      return fit_gamma(times, logs);
    default:
      return fit_location_scale(family, logs);
  }
}

}  // namespace

std::string_view family_name(LawFamily family) {
  static constexpr std::array<std::string_view, 5> kNames{
      "exponential", "weibull", "lognormal", "gamma", "loglogistic"};
  return kNames[static_cast<std::size_t>(family)];
}

FittedLaw fit_law(LawFamily family, const TimesToFit& times) {
  assert(times.ended.size() > 1 && "one time says nothing of a spread");
  return fit_with_logs(family, times, logarithms(times));
}

std::vector<FittedLaw> fit_laws(const TimesToFit& times) {
  assert(times.ended.size() > 1 && "one time says nothing of a spread");
  const LogTimes logs = logarithms(times);
  std::vector<FittedLaw> fits;
  for (const LawFamily family : kLawFamilies) {
    fits.push_back(fit_with_logs(family, times, logs));
  }
  std::ranges::sort(fits, {}, &FittedLaw::aic);
  return fits;
}

}  // namespace outagesim
