#include "sim/experiment/portrait.h"

#include <algorithm>

#include "sim/engine/engine.h"
#include "sim/experiment/endless.h"
#include "sim/experiment/metrics.h"

namespace outagesim {
namespace {

// Finer at the beginning of an incident, even in a long run.
std::vector<Seconds> grid_of(const Model& model, Seconds until,
                             std::size_t instants) {
  std::vector<Seconds> grid{model.begins};
  const auto n = static_cast<double>(instants);
  const bool even = model.horizon >= kLongRun;
  for (std::size_t i = 1; i <= instants; ++i) {
    const double x = static_cast<double>(i) / n;
    grid.push_back(model.begins +
                   (even ? x : x * (0.4 + 0.6 * x)) * (until - model.begins));
  }
  return grid;
}

// The served fraction of each service as one replication goes on.
class ServiceClock {
 public:
  explicit ServiceClock(const Model& model)
      : model_(model),
        served_(model.graph.services.size(), 1),
        since_(model.graph.services.size()),
        integral_(model.graph.services.size()),
        below_(model.graph.services.size()),
        touched_(model.graph.services.size()) {}

  void tell(const Trace& trace, Portrait& portrait) {
    std::size_t instant = 0;
    for (const ServiceStep& step : trace.steps) {
      mark_until(step.t, instant, portrait);
      move_to(step.service, step.t, portrait.until.value);
      served_[step.service] = step.served;
    }
    mark_until(kUnbounded, instant, portrait);
    finish(portrait);
  }

 private:
  // Instants before `t` see what held until then.
  void mark_until(double t, std::size_t& instant, Portrait& portrait) {
    for (; instant < portrait.grid.size() && portrait.grid[instant].value < t;
         ++instant) {
      for (const std::uint32_t s : changed_) {
        portrait.served[s][instant] += served_[s] - 1;
      }
    }
  }

  void move_to(std::uint32_t service, double t, double until) {
    if (touched_[service] == 0) {
      touched_[service] = 1;
      changed_.push_back(service);
      since_[service] = model_.begins.value;
    }
    const double from = since_[service];
    const double served = served_[service];
    const double inside = std::min(t, until) - std::min(from, until);
    integral_[service] += (1 - served) * inside;
    if (served < model_.outage.substantial.value) below_[service] += t - from;
    since_[service] = t;
  }

  void finish(Portrait& portrait) {
    const double until = portrait.until.value;
    const double span = until - model_.begins.value;
    for (const std::uint32_t s : changed_) {
      move_to(s, model_.horizon.value, until);
    }
    for (std::size_t s = 0; s < served_.size(); ++s) {
      portrait.services[s].served.add(1 - integral_[s] / span);
      portrait.services[s].below.add(below_[s]);
    }
    for (const std::uint32_t s : changed_) {
      served_[s] = 1;
      integral_[s] = below_[s] = 0;
      touched_[s] = 0;
    }
    changed_.clear();
  }

  const Model& model_;
  std::vector<double> served_, since_, integral_, below_;
  std::vector<std::uint8_t> touched_;
  std::vector<std::uint32_t> changed_;
};

void add_people(const std::vector<PeopleNow>& people, Portrait& portrait) {
  constexpr double kQuarterHour = 900;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const double dt =
        i > 0 ? (portrait.grid[i] - portrait.grid[i - 1]).value : 0;
    const double reports =
        i > 0 ? people[i].reported - people[i - 1].reported : 0;
    PeopleAt& at = portrait.people[i];
    at.failing.push_back(static_cast<float>(people[i].failing));
    at.reports.push_back(
        static_cast<float>(dt > 0 ? reports / dt * kQuarterHour : 0));
    at.minutes_lost.push_back(static_cast<float>(people[i].minutes_lost));
  }
}

void finish(Portrait& portrait) {
  const auto n =
      static_cast<double>(std::max<std::uint64_t>(1, portrait.replications));
  for (std::vector<double>& service : portrait.served) {
    for (double& lost : service) lost = 1 + lost / n;
  }
  for (PeopleAt& at : portrait.people) {
    std::ranges::sort(at.failing);
    std::ranges::sort(at.reports);
    std::ranges::sort(at.minutes_lost);
  }
}

}  // namespace

Portrait portray(const Model& model, const PortraitOptions& options,
                 const std::stop_token& stop) {
  Portrait portrait;
  portrait.until = options.until > Seconds{0} ? options.until : model.horizon;
  portrait.grid = grid_of(model, portrait.until, options.instants);
  portrait.services.resize(model.graph.services.size());
  portrait.served.assign(model.graph.services.size(),
                         std::vector<double>(portrait.grid.size(), 0));
  if (!model.populations.empty()) {
    portrait.people.resize(portrait.grid.size());
  }
  Engine engine(model);
  Trace trace;
  ServiceClock clock(model);
  for (std::uint64_t i = 0; i < options.replications; ++i) {
    if (stop.stop_requested() && i > 0) break;
    const Replication& replication = engine.run(options.seed, i, &trace);
    refuse_endless(replication);
    clock.tell(trace, portrait);
    if (!portrait.people.empty()) {
      add_people(people_over_time(model, replication, portrait.grid), portrait);
    }
    ++portrait.replications;
  }
  finish(portrait);
  return portrait;
}

double sorted_quantile(const std::vector<float>& ascending, double p) {
  if (ascending.empty()) return 0;
  const double rank = p * static_cast<double>(ascending.size() - 1);
  return static_cast<double>(ascending[static_cast<std::size_t>(rank + 0.5)]);
}

}  // namespace outagesim
