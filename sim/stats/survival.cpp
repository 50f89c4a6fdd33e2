#include "sim/stats/survival.h"

#include <algorithm>

#include "sim/stats/ranks.h"

namespace outagesim {
namespace {

// The band of a survival strictly between 0 and 1 [Kalbfleisch02, 1.4].
void set_band(SurvivalStep& step, double z) {
  const double log_survival = std::log(step.survival);
  const double factor =
      std::exp(z * std::sqrt(step.greenwood) / std::abs(log_survival));
  step.low = std::exp(log_survival * factor);
  step.high = std::exp(log_survival / factor);
}

SurvivalStep next_step(const SurvivalStep& before, BinCount events,
                       std::uint64_t at_risk, double z) {
  const auto r = static_cast<double>(at_risk);
  const auto d = static_cast<double>(events.count);
  SurvivalStep step = before;
  step.time = events.value;
  step.survival *= (r - d) / r;         // [Kaplan58]
  step.greenwood += d / (r * (r - d));  // [Greenwood26]
  if (events.count == at_risk) {
    step.survival = step.low = 0;
  } else {
    set_band(step, z);
  }
  return step;
}

// The last step at or before t (`inclusive`), or strictly before.
SurvivalStep step_at(const std::vector<SurvivalStep>& curve, double t,
                     bool inclusive) {
  SurvivalStep last;
  for (const SurvivalStep& step : curve) {
    if (step.time > t || (!inclusive && step.time == t)) break;
    last = step;
  }
  return last;
}

// First time at which a bound of the survival reaches 1 - p, or infinity.
double first_reach(const std::vector<SurvivalStep>& curve,
                   double SurvivalStep::* bound, double p) {
  for (const SurvivalStep& step : curve) {
    if (step.*bound <= 1 - p + 1e-12) return step.time;
  }
  return kUnbounded;
}

// Integral of the survival from each step to the horizon, squared and weighed
// by its share of Greenwood's sum.
double restricted_variance(const std::vector<SurvivalStep>& steps,
                           double horizon) {
  double variance = 0;
  double area = 0;
  for (std::size_t i = steps.size(); i-- > 0;) {
    const double end = i + 1 < steps.size() ? steps[i + 1].time : horizon;
    area += steps[i].survival * (end - steps[i].time);
    const double before = i > 0 ? steps[i - 1].greenwood : 0;
    if (area > 0) variance += area * area * (steps[i].greenwood - before);
  }
  return variance;
}

}  // namespace

void Survival::add_event(double t) {
  events.add(t);
  event_counts.add(t);
}

void Survival::add_censored(double t) { censored_counts.add(t); }

void Survival::merge(const Survival& other) {
  events.merge(other.events);
  event_counts.merge(other.event_counts);
  censored_counts.merge(other.censored_counts);
}

double Survival::longest() const {
  return std::max(event_counts.max, censored_counts.max);
}

std::vector<SurvivalStep> Survival::curve(double level) const {
  const double z = normal_critical(level);
  const std::vector<BinCount> censored = censored_counts.ascending();
  std::vector<SurvivalStep> steps;
  SurvivalStep step;
  std::uint64_t at_risk = n();
  auto lost = censored.begin();
  for (const BinCount& bin : event_counts.ascending()) {
    for (; lost != censored.end() && lost->value < bin.value; ++lost) {
      at_risk -= lost->count;
    }
    step = next_step(step, bin, at_risk, z);
    at_risk -= bin.count;
    steps.push_back(step);
  }
  return steps;
}

Estimate Survival::quantile(double p, double level) const {
  if (censored_counts.n == 0) {
    return quantile_of(event_counts.ascending(), p, level);
  }
  const std::vector<SurvivalStep> steps = curve(level);
  const double value = first_reach(steps, &SurvivalStep::survival, p);
  return {.value = std::isinf(value) ? kUndefined : value,
          .low = first_reach(steps, &SurvivalStep::low, p),
          .high = first_reach(steps, &SurvivalStep::high, p),
          .n = n(),
          .censored = censored_counts.n};
}

Estimate Survival::restricted_mean(std::optional<double> horizon,
                                   double level) const {
  if (n() == 0) return {};
  const double end = horizon.value_or(longest());
  if (censored_counts.n == 0 && longest() <= end) return events.estimate(level);
  std::vector<SurvivalStep> steps = curve(level);
  std::erase_if(steps, [&](const SurvivalStep& s) { return s.time > end; });
  double mean = 0;
  double survival = 1;
  for (const SurvivalStep& step : steps) {
    mean += step.time * (survival - step.survival);
    survival = step.survival;
  }
  mean += end * survival;
  const double half =
      normal_critical(level) * std::sqrt(restricted_variance(steps, end));
  return {.value = mean,
          .low = mean - half,
          .high = mean + half,
          .n = n(),
          .censored = censored_counts.n};
}

Estimate Survival::probability_below(double t, double level) const {
  if (censored_counts.n == 0) {
    return share_below(event_counts.ascending(), event_counts.told(t), level);
  }
  const std::vector<SurvivalStep> steps = curve(level);
  const double told = event_counts.told(t);
  const SurvivalStep before = step_at(steps, told, false);
  const SurvivalStep after = step_at(steps, told, true);
  const bool beyond = t > longest() && after.survival > 0;
  return {
      .value = beyond ? kUndefined : 1 - (before.survival + after.survival) / 2,
      .low = 1 - before.high,
      .high = beyond ? 1 : 1 - after.low,
      .n = n(),
      .censored = censored_counts.n};
}

}  // namespace outagesim
