#include <cmath>

#include "sim/experiment/metric_readers.h"
#include "sim/stats/estimate.h"

namespace outagesim::readers {
namespace {

constexpr Seconds kYear{365 * 86400};
constexpr Seconds kTwoWeeks{14 * 86400};

// The days on which an outage of the product begins, ascending, each once.
std::vector<std::int64_t> days_of(const Model& model,
                                  const ReplicationReading& replication,
                                  std::uint32_t product) {
  std::vector<std::int64_t> days;
  const auto start = static_cast<double>(model.start.seconds);
  for (const Span& span :
       outage_spans(replication, {Scope::kProduct, product}).list) {
    const auto day =
        static_cast<std::int64_t>(std::floor((start + span.onset) / 86400));
    if (days.empty() || days.back() != day) days.push_back(day);
  }
  return days;
}

std::size_t in_common(const std::vector<std::int64_t>& a,
                      const std::vector<std::int64_t>& b) {
  std::size_t n = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    n += a[i] == b[j] ? 1 : 0;
    a[i] < b[j] ? ++i : ++j;
  }
  return n;
}

double falls_of(const Replication& replication, std::uint32_t product) {
  float served = 1;
  double n = 0;
  double last = -kUnbounded;
  for (const ServedStep& step : replication.steps) {
    if (step.product != product) continue;
    if (step.served < served && step.t > last) {
      n += 1;
      last = step.t;
    }
    served = step.served;
  }
  return n;
}

double falls_of_any(const Model& model, const Replication& replication) {
  std::vector<float> served(model.products.size(), 1.0F);
  double n = 0;
  double last = -kUnbounded;
  for (const ServedStep& step : replication.steps) {
    if (step.served < served[step.product] && step.t > last) {
      n += 1;
      last = step.t;
    }
    served[step.product] = step.served;
  }
  return n;
}

}  // namespace

// What strikes two products at one moment is one incident of the system.
void incidents(const Model& model, const ReplicationReading& replication,
               Subject subject, Samples& samples) {
  const bool all = subject.scope == Scope::kSystem && model.products.size() > 1;
  const double n = all ? falls_of_any(model, *replication)
                       : falls_of(*replication, subject.index);
  samples.push_back({.value = n});
}

void outages_per_year(const Model& model, const ReplicationReading& replication,
                      Subject subject, Samples& samples) {
  const std::size_t n = outage_spans(replication, subject).list.size();
  const double years = model.horizon / kYear;
  samples.push_back({.value = static_cast<double>(n) / years});
}

// Only outages whose two weeks lie within the horizon are asked.
void second_outage(const Model& model, const ReplicationReading& replication,
                   Subject subject, Samples& samples) {
  const std::vector<Span>& spans = outage_spans(replication, subject).list;
  double asked = 0;
  double followed = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const double until = spans[i].onset + kTwoWeeks.value;
    if (until > model.horizon.value) break;
    asked += 1;
    if (i + 1 < spans.size() && spans[i + 1].onset <= until) followed += 1;
  }
  samples.push_back({.value = followed, .of = asked});
}

void same_day(const Model& model, const ReplicationReading& replication,
              Subject subject, Samples& samples) {
  const auto n = static_cast<std::uint32_t>(model.products.size());
  if (subject.index / n == subject.index % n) return;
  const auto one = days_of(model, replication, subject.index / n);
  const auto given = days_of(model, replication, subject.index % n);
  samples.push_back({.value = static_cast<double>(in_common(one, given)),
                     .of = static_cast<double>(given.size())});
}

}  // namespace outagesim::readers
