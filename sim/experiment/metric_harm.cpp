#include <numeric>

#include "models/compiled/user_impact.h"
#include "sim/experiment/metric_people.h"
#include "sim/experiment/metric_readers.h"

namespace outagesim::readers {
namespace {

double requests(const Model& model, const CompiledPopulation& population) {
  const Seconds busy =
      profile_integral(model.plan, population, model.begins, model.horizon);
  return population.users.value * population.visits.value *
         population.requests_per_visit * busy.value;
}

double users_of(const Model& model, Subject subject) {
  double users = 0;
  for (std::uint32_t i = 0; i < model.populations.size(); ++i) {
    if (covers(model, subject, i)) users += model.populations[i].users.value;
  }
  return users;
}

}  // namespace

bool covers(const Model& model, Subject subject, std::uint32_t population) {
  const CompiledPopulation& people = model.populations[population];
  switch (subject.scope) {
    case Scope::kSystem:
      return true;
    case Scope::kPopulation:
      return subject.index == population;
    case Scope::kClass:
      return subject.index == people.class_number;
    case Scope::kRegion:
      return subject.index == people.region;
    default:
      return subject.index == people.product;
  }
}

void availability_time(const Model& model,
                       const ReplicationReading& replication, Subject subject,
                       Samples& samples) {
  const double watched = (model.horizon - model.begins).value;
  const double served = replication->products[subject.index].served_time;
  samples.push_back({.value = served / watched});
}

void availability_requests(const Model& model,
                           const ReplicationReading& replication,
                           Subject subject, Samples& samples) {
  double failed = 0;
  double all = 0;
  for (std::uint32_t i = 0; i < model.populations.size(); ++i) {
    if (!covers(model, subject, i)) continue;
    failed += replication->populations[i].harm.failed_requests;
    all += requests(model, model.populations[i]);
  }
  if (all > 0) samples.push_back({.value = 1 - failed / all});
}

void failed_requests(const Model& model, const ReplicationReading& replication,
                     Subject subject, Samples& samples) {
  add_total(model, replication, subject, samples,
            [](const auto&, const PopulationRecord& record) {
              return record.harm.failed_requests;
            });
}

void degraded_requests(const Model& model,
                       const ReplicationReading& replication, Subject subject,
                       Samples& samples) {
  add_total(model, replication, subject, samples,
            [](const auto&, const PopulationRecord& record) {
              return record.harm.degraded_requests;
            });
}

void affected(const Model& model, const ReplicationReading& replication,
              Subject subject, Samples& samples) {
  add_total(model, replication, subject, samples,
            [](const auto&, const PopulationRecord& record) {
              return record.users_affected;
            });
}

void user_minutes_lost(const Model& model,
                       const ReplicationReading& replication, Subject subject,
                       Samples& samples) {
  add_total(model, replication, subject, samples,
            [](const auto&, const PopulationRecord& record) {
              return record.harm.user_seconds_lost / 60;
            });
}

void reports_peak(const Model& model, const ReplicationReading& replication,
                  Subject subject, Samples& samples) {
  add_total(model, replication, subject, samples,
            [](const auto&, const PopulationRecord& record) {
              return record.reports_peak;
            });
}

void reports_total(const Model& model, const ReplicationReading& replication,
                   Subject subject, Samples& samples) {
  add_total(model, replication, subject, samples,
            [](const auto&, const PopulationRecord& record) {
              return record.reports_total;
            });
}

void blast_users_peak(const Model& model, const ReplicationReading& replication,
                      Subject subject, Samples& samples) {
  if (model.populations.empty()) return;
  const double share =
      subject.scope == Scope::kSystem
          ? replication->users_peak_share
          : replication->populations[subject.index].harm.peak_share;
  samples.push_back({.value = share});
}

void blast_users_total(const Model& model,
                       const ReplicationReading& replication, Subject subject,
                       Samples& samples) {
  const double users = users_of(model, subject);
  if (users <= 0) return;
  affected(model, replication, subject, samples);
  samples.back().value /= users;
}

void blast_services(const Model&, const ReplicationReading& replication,
                    Subject, Samples& samples) {
  const auto n = std::accumulate(replication->fell.begin(),
                                 replication->fell.end(), std::uint64_t{0});
  samples.push_back({.value = static_cast<double>(n)});
}

void fell(const Model&, const ReplicationReading& replication, Subject subject,
          Samples& samples) {
  const bool down = replication->fell[subject.index] != 0;
  samples.push_back({.value = down ? 1.0 : 0.0});
}

}  // namespace outagesim::readers
