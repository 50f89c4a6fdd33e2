#include "models/parts/law_table.h"

#include <cmath>

namespace outagesim {
namespace {

constexpr LawInfo kLaws[] = {
    {"fixed", "one quantity", "always the same; a bare quantity means this too",
     "fixed 5 min", "fixed 3"},
    {"exponential", "mean", "no memory: the same chance at every moment",
     "exponential(mean 3 min)", "exponential(mean 3)"},
    {"weibull", "shape and scale, or shape and mean",
     "shape below 1 fails early, above 1 wears out",
     "weibull(shape 0.663, scale 94.2 h)", "weibull(shape 0.8, mean 4)"},
    {"lognormal", "median and sigma, mean and sigma, or mu and sigma",
     "most are short, some very long; sigma is that of the logarithm",
     "lognormal(median 206 min, sigma 1.718)",
     "lognormal(median 100, sigma 1.8)"},
    {"gamma", "shape and mean, or shape and scale",
     "a sum of `shape` exponential stages", "gamma(shape 2, mean 3 h)",
     "gamma(shape 2, mean 3)"},
    {"loglogistic", "median and shape",
     "like lognormal with a heavier tail; no mean if shape is 1 or less",
     "loglogistic(median 3 h, shape 2)", "loglogistic(median 3, shape 2)"},
    {"uniform", "the lowest and the highest",
     "every value between them equally likely", "uniform(0 min, 20 min)",
     "uniform(10 %, 60 %)"},
    {"empirical", "the values", "each of the values equally likely",
     "empirical(3 min, 5 min, 8 min)", "empirical(3, 5, 8)"},
};

constexpr LawForm kForms[] = {
    {"exponential", "mean", "",
     [](double m, double) -> Law { return Exponential{m}; }},
    {"weibull", "shape", "scale",
     [](double k, double s) -> Law { return Weibull{k, s}; }},
    {"weibull", "shape", "mean",
     [](double k, double m) -> Law {
       return Weibull{k, m / std::tgamma(1 + 1 / k)};
     }},
    {"lognormal", "median", "sigma",
     [](double m, double s) -> Law { return Lognormal{m, s}; }},
    {"lognormal", "mean", "sigma",
     [](double m, double s) -> Law {
       return Lognormal{m * std::exp(-0.5 * s * s), s};
     }},
    {"lognormal", "mu", "sigma",
     [](double m, double s) -> Law { return Lognormal{m, s}; }},
    {"gamma", "shape", "mean",
     [](double k, double m) -> Law { return Gamma{k, m / k}; }},
    {"gamma", "shape", "scale",
     [](double k, double s) -> Law { return Gamma{k, s}; }},
    {"loglogistic", "median", "shape",
     [](double m, double k) -> Law { return LogLogistic{m, k}; }},
};

}  // namespace

std::span<const LawInfo> laws() { return kLaws; }

const LawInfo* find_law(std::string_view name) {
  for (const LawInfo& law : kLaws) {
    if (law.name == name) return &law;
  }
  return nullptr;
}

std::vector<LawForm> forms_of(const LawInfo& law) {
  std::vector<LawForm> forms;
  for (const LawForm& form : kForms) {
    if (form.law == law.name) forms.push_back(form);
  }
  return forms;
}

}  // namespace outagesim
