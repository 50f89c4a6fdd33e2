#include <algorithm>
#include <array>
#include <cmath>

#include "sim/experiment/metric_readers.h"

namespace outagesim::readers {
namespace {

constexpr Seconds kLongOutage{4 * 3600};

// Calls `read(outage)` for each outage of the product.
template <class Read>
void each_outage(const ReplicationReading& replication, Subject subject,
                 Read read) {
  for (const OutageRecord& outage : replication->outages) {
    if (outage.product == subject.index) read(outage);
  }
}

// A moment of an outage, told from its onset. What had not come when the
// outage ended, or at the horizon, would have taken longer.
Sample moment_of(const OutageRecord& outage, double moment) {
  if (!std::isnan(moment)) return {.value = moment - outage.onset};
  return {.value = outage.end - outage.onset, .censored = true};
}

// A sample `of(outage)` of each outage of the product of which it is told. Made
// in place: appending them one by one took four times as long.
template <class Told, class Of>
void sample_outages(const ReplicationReading& replication, Subject subject,
                    Samples& samples, Told is_told, Of of) {
  std::size_t n = samples.size();
  samples.resize(n + replication->outages.size());
  for (const OutageRecord& outage : replication->outages) {
    if (outage.product == subject.index && is_told(outage)) {
      samples[n++] = of(outage);
    }
  }
  samples.resize(n);
}

bool is_responded_to(const Model& model, const OutageRecord& outage) {
  return outage.cause < model.plan.faults.size() &&
         model.plan.faults[outage.cause].response != kNone;
}

// Calls `read(outage)` for the outages with which something is news: an outage
// that follows another of the same incident was noticed long before it began.
template <class Read>
void each_first_outage(const Model& model,
                       const ReplicationReading& replication, Subject subject,
                       Read read) {
  if (model.plan.faults.empty()) return;
  std::vector<double> noticed;
  each_outage(replication, subject, [&](const OutageRecord& outage) {
    if (!is_responded_to(model, outage)) return;
    if (std::ranges::find(noticed, outage.detected) != noticed.end()) return;
    noticed.push_back(outage.detected);
    read(outage);
  });
}

}  // namespace

const OutageSpans& outage_spans(const ReplicationReading& replication,
                                Subject subject) {
  return subject.scope == Scope::kSystem
             ? replication.of_system()
             : replication.of_product(subject.index);
}

bool reads_outages_alone(ReadMetric read) {
  constexpr std::array<ReadMetric, 10> kThese{
      ttr,        mttr,        mtbf,      downtime,         outages,
      any_outage, long_outage, incidents, outages_per_year, second_outage};
  return std::ranges::find(kThese, read) != kThese.end();
}

void ttd(const Model& model, const ReplicationReading& replication,
         Subject subject, Samples& samples) {
  each_first_outage(model, replication, subject,
                    [&](const OutageRecord& outage) {
                      samples.push_back(moment_of(outage, outage.detected));
                    });
}

void ttm(const Model&, const ReplicationReading& replication, Subject subject,
         Samples& samples) {
  sample_outages(
      replication, subject, samples,
      [](const OutageRecord& outage) { return outage.was_substantial; },
      [](const OutageRecord& outage) {
        return moment_of(outage, outage.substantial);
      });
}

void ttr(const Model&, const ReplicationReading& replication, Subject subject,
         Samples& samples) {
  const std::vector<Span>& spans = outage_spans(replication, subject).list;
  const std::size_t before = samples.size();
  samples.resize(before + spans.size());
  for (std::size_t i = 0; i < spans.size(); ++i) {
    samples[before + i] = {spans[i].end - spans[i].onset, spans[i].censored};
  }
}

void mttr(const Model&, const ReplicationReading& replication, Subject subject,
          Samples& samples) {
  const OutageSpans& spans = outage_spans(replication, subject);
  samples.push_back(
      {.value = spans.total,
       .censored = spans.open > 0,
       .of = static_cast<double>(spans.list.size() - spans.open)});
}

void mtbf(const Model& model, const ReplicationReading& replication,
          Subject subject, Samples& samples) {
  const std::vector<Span>& spans = outage_spans(replication, subject).list;
  if (spans.empty()) return;
  const std::size_t before = samples.size();
  samples.resize(before + spans.size());
  for (std::size_t i = 1; i < spans.size(); ++i) {
    samples[before + i - 1] = {.value = spans[i].onset - spans[i - 1].onset};
  }
  samples.back() = {.value = model.horizon.value - spans.back().onset,
                    .censored = true};
}

void time_to_full_recovery(const Model&, const ReplicationReading& replication,
                           Subject subject, Samples& samples) {
  sample_outages(
      replication, subject, samples, [](const OutageRecord&) { return true; },
      [](const OutageRecord& outage) -> Sample {
        return {outage.full - outage.onset, outage.full_censored};
      });
}

void time_to_first_word(const Model& model,
                        const ReplicationReading& replication, Subject subject,
                        Samples& samples) {
  if (!model.plan.communication) return;
  if (subject.scope == Scope::kProduct) {
    each_first_outage(model, replication, subject,
                      [&](const OutageRecord& outage) {
                        samples.push_back(moment_of(outage, outage.first_word));
                      });
  } else if (!replication->outages.empty() &&
             !std::isnan(replication->first_word)) {
    const double onset = replication->outages.front().onset;
    samples.push_back({.value = replication->first_word - onset});
  }
}

void downtime(const Model&, const ReplicationReading& replication,
              Subject subject, Samples& samples) {
  const OutageSpans& spans = outage_spans(replication, subject);
  samples.push_back({.value = spans.total, .censored = spans.open > 0});
}

void outages(const Model&, const ReplicationReading& replication,
             Subject subject, Samples& samples) {
  const std::size_t n = outage_spans(replication, subject).list.size();
  samples.push_back({.value = static_cast<double>(n)});
}

void any_outage(const Model&, const ReplicationReading& replication,
                Subject subject, Samples& samples) {
  const bool any = !outage_spans(replication, subject).list.empty();
  samples.push_back({.value = any ? 1.0 : 0.0});
}

void long_outage(const Model&, const ReplicationReading& replication,
                 Subject subject, Samples& samples) {
  const OutageSpans& spans = outage_spans(replication, subject);
  const bool any = spans.longest > kLongOutage.value;
  const bool unknown = !any && spans.open > 0;
  samples.push_back({.value = any ? 1.0 : 0.0, .censored = unknown});
}

}  // namespace outagesim::readers
