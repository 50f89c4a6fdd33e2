#include "sim/experiment/times_gathered.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "models/base/text.h"

namespace outagesim {
namespace {

constexpr double kMostCensored = 0.1;

bool alike(const TimeFit& a, const TimeFit& b) {
  return a.times.ended == b.times.ended && a.times.censored == b.times.censored;
}

}  // namespace

TimesGathered::TimesGathered(std::string what,
                             const CalibrationOptions& options)
    : options_(options) {
  fit_.what = std::move(what);
}

void TimesGathered::add(double time, bool censored, bool may_be_long) {
  if (!may_be_long && options_.longest && time > options_.longest->value) {
    ++fit_.too_long;
  } else if (time <= 0) {
    ++fit_.zero;
  } else {
    (censored ? fit_.times.censored : fit_.times.ended).push_back(time);
  }
}

TimeFit TimesGathered::fit(std::string_view whose, const TimeFit* same) {
  std::vector<double>& ended = fit_.times.ended;
  std::ranges::sort(ended);
  if (!ended.empty()) {
    const std::size_t n = ended.size();
    fit_.mean = std::accumulate(ended.begin(), ended.end(), 0.0) /
                static_cast<double>(n);
    fit_.median = (ended[n / 2] + ended[(n - 1) / 2]) / 2;
  }
  if (same != nullptr && alike(*same, fit_)) {
    fit_.laws = same->laws;
    fit_.goodness = same->goodness;
  } else if (ended.size() >= kFewestToFit && ended.front() < ended.back()) {
    fit_.laws = fit_laws(fit_.times);
    test_goodness(whose);
  }
  return std::move(fit_);
}

void TimesGathered::test_goodness(std::string_view whose) {
  const auto censored = static_cast<double>(fit_.times.censored.size());
  if (censored > kMostCensored * static_cast<double>(fit_.times.n())) return;
  GoodnessOptions goodness = options_.goodness;
  goodness.replicates =
      affordable_replicates(goodness.replicates, fit_.times.ended.size());
  goodness.entity = name_hash(std::string(whose) + "/" + fit_.what);
  fit_.goodness = goodness_of(fit_.laws.front(), fit_.times.ended, goodness);
}

}  // namespace outagesim
