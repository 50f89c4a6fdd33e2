// What people do while a product fails, what they lose, and what it costs.
#include <algorithm>

#include "models/compiled/user_impact.h"
#include "sim/experiment/metric_people.h"
#include "sim/experiment/metric_readers.h"

namespace outagesim::readers {
namespace {

constexpr double kMonth = 30 * 86400.0;  // of a bill
constexpr double kMonthsOfALeaver = 12;

template <class Read>
void add_sum(const Model& model, const ReplicationReading& replication,
             Subject subject, Samples& samples, Read read) {
  add_total(model, replication, subject, samples,
            [&](const auto& people, const PopulationRecord& record) {
              return read(people, record.harm);
            });
}

double hours_elsewhere(const CompiledPopulation& people, const Harm& harm) {
  return harm.away_user_seconds * people.stakes.turns_to_it.value / 3600;
}

// Lost, and not spent with the alternative.
double hours_lost(const CompiledPopulation& people, const Harm& harm) {
  const double lost = harm.user_seconds_lost / 3600;
  return std::max(0.0, lost - hours_elsewhere(people, harm));
}

double leavers(const CompiledPopulation& people, const Harm& harm) {
  return people.stakes.leaves.value * users_gave_up(people, harm).value;
}

double revenue(const CompiledPopulation& people, const Harm& harm) {
  return harm.failed_requests * people.stakes.per_request.value +
         leavers(people, harm) * people.stakes.pays.value * kMonthsOfALeaver;
}

// What was not served of a product in each month from the start, in seconds.
std::vector<double> lost_by_month(const Model& model,
                                  const ReplicationReading& replication,
                                  std::uint32_t product) {
  const double end = model.horizon.value;
  std::vector<double> lost(static_cast<std::size_t>(end / kMonth) + 1, 0.0);
  const auto add = [&](double from, double to, double served) {
    for (double at = std::max(from, 0.0); at < to && served < 1;) {
      const auto month = static_cast<std::size_t>(at / kMonth);
      const double next = std::min(to, double(month + 1) * kMonth);
      lost[month] += (next - at) * (1 - served);
      at = next;
    }
  };
  double from = 0, served = 1;
  for (const ServedStep& step : replication->steps) {
    if (step.product != product) continue;
    add(from, std::min(step.t, end), served);
    from = step.t;
    served = double{step.served};
  }
  add(from, end, served);
  return lost;
}

double credits(const CompiledPopulation& people,
               const std::vector<double>& lost) {
  double months = 0;
  for (const double seconds : lost) {
    months += credit_of(people.stakes.sla, {1 - seconds / kMonth}).value;
  }
  return months * people.users.value * people.stakes.pays.value;
}

double credits_of(const Model& model, const ReplicationReading& replication,
                  Subject subject) {
  double sum = 0;
  for (std::uint32_t i = 0; i < model.populations.size(); ++i) {
    const CompiledPopulation& people = model.populations[i];
    if (people.stakes.sla.empty() || !covers(model, subject, i)) continue;
    sum += credits(people, lost_by_month(model, replication, people.product));
  }
  return sum;
}

double cost_of_response(const Model& model,
                        const ReplicationReading& replication) {
  double sum = 0;
  for (const IncidentRecord& incident : replication->incidents) {
    const CompiledFault& fault = model.plan.faults[incident.fault];
    if (fault.response == kNone || !(incident.engaged < incident.restored)) {
      continue;  // nobody, or over before anybody came
    }
    const std::uint32_t team = model.plan.responses[fault.response].team;
    if (team == kNone) continue;
    const double hours = (incident.restored - incident.engaged) / 3600;
    sum += hours * model.plan.teams[team].per_hour.value;
  }
  return sum;
}

}  // namespace

void visits_failed(const Model& model, const ReplicationReading& replication,
                   Subject subject, Samples& samples) {
  add_sum(model, replication, subject, samples,
          [](const auto&, const Harm& harm) { return harm.failed_visits; });
}

void gave_up(const Model& model, const ReplicationReading& replication,
             Subject subject, Samples& samples) {
  add_sum(model, replication, subject, samples,
          [](const auto& people, const Harm& harm) {
            return users_gave_up(people, harm).value;
          });
}

void minutes_elsewhere(const Model& model,
                       const ReplicationReading& replication, Subject subject,
                       Samples& samples) {
  add_sum(model, replication, subject, samples,
          [](const auto& people, const Harm& harm) {
            return 60 * hours_elsewhere(people, harm);
          });
}

void left(const Model& model, const ReplicationReading& replication,
          Subject subject, Samples& samples) {
  add_sum(model, replication, subject, samples, leavers);
}

void work_hours_lost(const Model& model, const ReplicationReading& replication,
                     Subject subject, Samples& samples) {
  add_sum(model, replication, subject, samples,
          [](const auto& people, const Harm& harm) {
            return people.stakes.work.value * hours_lost(people, harm);
          });
}

void value_lost(const Model& model, const ReplicationReading& replication,
                Subject subject, Samples& samples) {
  add_sum(model, replication, subject, samples,
          [](const auto& people, const Harm& harm) {
            return people.stakes.hour_value.value * hours_lost(people, harm);
          });
}

void revenue_lost(const Model& model, const ReplicationReading& replication,
                  Subject subject, Samples& samples) {
  add_sum(model, replication, subject, samples, revenue);
}

void sla_credits(const Model& model, const ReplicationReading& replication,
                 Subject subject, Samples& samples) {
  for (std::uint32_t i = 0; i < model.populations.size(); ++i) {
    if (!covers(model, subject, i)) continue;
    samples.push_back({.value = credits_of(model, replication, subject)});
    return;
  }
}

void response_cost(const Model& model, const ReplicationReading& replication,
                   Subject, Samples& samples) {
  samples.push_back({.value = cost_of_response(model, replication)});
}

void cost_total(const Model& model, const ReplicationReading& replication,
                Subject subject, Samples& samples) {
  double sum = cost_of_response(model, replication) +
               credits_of(model, replication, subject);
  for (std::uint32_t i = 0; i < model.populations.size(); ++i) {
    sum += revenue(model.populations[i], replication->populations[i].harm);
  }
  samples.push_back({.value = sum});
}

}  // namespace outagesim::readers
