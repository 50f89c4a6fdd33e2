#include "sim/experiment/calibration.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>

#include "models/base/text.h"
#include "sim/experiment/busy_clock.h"
#include "sim/experiment/times_gathered.h"
#include "sim/stats/rate.h"

namespace outagesim {
namespace {

constexpr Seconds kYear{365 * 86400};

double seconds_between(UtcTime from, UtcTime to) {
  return static_cast<double>(to.seconds - from.seconds);
}

// Incidents that began close together.
struct Occasion {
  UtcTime start;
  std::vector<std::uint32_t> services;
  std::vector<const LoggedIncident*> incidents;

  bool joint() const { return services.size() > 1; }
  bool hits(std::uint32_t service) const {
    return std::ranges::find(services, service) != services.end();
  }
};

std::vector<Occasion> occasions_of(const IncidentLog& log, Seconds together) {
  std::vector<Occasion> occasions;
  for (const LoggedIncident& incident : log.incidents) {
    const bool fresh =
        occasions.empty() || seconds_between(occasions.back().start,
                                             incident.start()) > together.value;
    if (fresh) occasions.push_back({incident.start(), {}, {}});
    Occasion& occasion = occasions.back();
    occasion.incidents.push_back(&incident);
    for (const std::uint32_t service : incident.services) {
      if (!occasion.hits(service)) occasion.services.push_back(service);
    }
  }
  return occasions;
}

// What the histories are made from, and how they are told.
class Calibrator {
 public:
  Calibrator(const IncidentLog& log, const CalibrationOptions& options)
      : log_(log), options_(options) {}

  Calibration calibrate() {
    read_overall();
    read_profile();
    const BusyClock clock = busy_clock();
    // Alone, a service's incidents are never joint, however close.
    const auto occasions = occasions_of(
        log_, log_.services.size() > 1 ? options_.together : Seconds{-1});
    for (std::uint32_t s = 0; s < log_.services.size(); ++s) {
      result_.services.push_back(history_of(s, occasions, clock));
    }
    read_joint(occasions, clock);
    read_days();
    return std::move(result_);
  }

 private:
  BusyClock busy_clock() const {
    if (!options_.profiled) return BusyClock(result_.from);
    const Seconds watched{seconds_between(result_.from, result_.until) + 3600};
    return BusyClock(
        result_.from,
        hourly_factors(result_.profile, options_.zone, result_.from, watched));
  }

  void read_overall() {
    result_.from = log_.incidents.front().start();
    result_.until = log_.watched_until;
    result_.incidents = log_.incidents.size();
    std::vector<std::int64_t> busy_until(log_.services.size(), INT64_MIN);
    for (const LoggedIncident& incident : log_.incidents) {
      if (!incident.end()) ++result_.open;
      bool overlaps = false;
      const std::int64_t end = incident.end().value_or(UtcTime{}).seconds;
      for (const std::uint32_t s : incident.services) {
        overlaps |= incident.start().seconds < busy_until[s];
        busy_until[s] = std::max(busy_until[s], end);
      }
      result_.overlapping += overlaps ? 1U : 0U;
    }
  }

  void read_profile() {
    for (const LoggedIncident& incident : log_.incidents) {
      const double hour = hour_of_week(options_.zone, incident.start());
      const auto whole = static_cast<std::size_t>(hour);
      ++result_.hours[whole % 24];
      ++result_.weekdays[whole / 24];
    }
    for (std::size_t i = 0; i < 24; ++i) {
      result_.profile.hours[i] = static_cast<double>(result_.hours[i]) + 0.5;
    }
    for (std::size_t i = 0; i < 7; ++i) {
      result_.profile.weekdays[i] =
          static_cast<double>(result_.weekdays[i]) + 0.5;
    }
    result_.profile = normalised(result_.profile);
  }

  // Of the incidents' times to resolve; open ones are censored.
  void add_length(const LoggedIncident& incident, TimesGathered& times) const {
    const UtcTime end = incident.end().value_or(result_.until);
    times.add(seconds_between(incident.start(), end), !incident.end(), false);
  }

  // Of the lengths that are fitted.
  void add_loss(const LoggedIncident& incident, TimeLost& lost) const {
    if (!incident.end()) return;
    const double length = seconds_between(incident.start(), *incident.end());
    if (options_.longest && length > options_.longest->value) return;
    lost.whole += length;
    lost.by_severity += length * incident.severity;
  }

  void add_gaps(const std::vector<UtcTime>& starts,
                const std::function<double(UtcTime)>& clock,
                TimesGathered& times) const {
    for (std::size_t i = 1; i < starts.size(); ++i) {
      times.add(clock(starts[i]) - clock(starts[i - 1]), false, true);
    }
    if (starts.empty() || !options_.open_gap) return;
    const double open = clock(result_.until) - clock(starts.back());
    if (open > 0) times.add(open, true, true);
  }

  ServiceHistory history_of(std::uint32_t service,
                            const std::vector<Occasion>& occasions,
                            const BusyClock& clock) const {
    ServiceHistory history;
    history.name = log_.services[service];
    TimesGathered resolve("time to resolve", options_);
    std::vector<UtcTime> starts;
    for (const LoggedIncident& incident : log_.incidents) {
      if (std::ranges::find(incident.services, service) ==
          incident.services.end()) {
        continue;
      }
      starts.push_back(incident.start());
      add_length(incident, resolve);
      add_loss(incident, history.lost);
    }
    history.incidents = starts.size();
    if (!starts.empty()) {
      history.per_year = per_year(starts);
      history.lost.watched = seconds_between(starts.front(), result_.until);
    }
    history.resolve = resolve.fit(history.name);
    TimesGathered between("time between starts", options_);
    add_gaps(
        starts, [&](UtcTime t) { return seconds_between(result_.from, t); },
        between);
    history.between = between.fit(history.name);
    fit_own(service, occasions, clock, history);
    fit_stages(service, history);
    return history;
  }

  // Of the incidents after the first one, which began the watch.
  Estimate per_year(const std::vector<UtcTime>& starts) const {
    const Seconds watched{seconds_between(starts.front(), result_.until)};
    const double years = watched / kYear;
    Estimate estimate = garwood(starts.size() - 1);
    if (!(years > 0)) return {};
    estimate.value /= years;
    estimate.low /= years;
    estimate.high /= years;
    return estimate;
  }

  void fit_own(std::uint32_t service, const std::vector<Occasion>& occasions,
               const BusyClock& clock, ServiceHistory& history) const {
    TimesGathered resolve("time to resolve, alone", options_);
    std::vector<UtcTime> starts;
    for (const Occasion& occasion : occasions) {
      if (occasion.joint() || !occasion.hits(service)) continue;
      starts.push_back(occasion.start);
      for (const LoggedIncident* incident : occasion.incidents) {
        add_length(*incident, resolve);
        history.own_severities.push_back(incident->severity);
      }
    }
    std::ranges::sort(history.own_severities);
    TimesGathered between("time between starts, alone", options_);
    add_gaps(starts, [&](UtcTime t) { return clock.at(t); }, between);
    history.own_between = between.fit(history.name, &history.between);
    history.own_resolve = resolve.fit(history.name, &history.resolve);
  }

  // Between each two moments that have columns.
  void fit_stages(std::uint32_t service, ServiceHistory& history) const {
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < kLogMoments; ++i) {
      if (!log_.columns[i].empty()) known.push_back(i);
    }
    for (std::size_t i = 1; i < known.size() && known.size() > 2; ++i) {
      history.stages.push_back(
          stage_fit(service, known[i - 1], known[i], history.name));
    }
  }

  TimeFit stage_fit(std::uint32_t service, std::size_t from, std::size_t to,
                    const std::string& name) const {
    TimesGathered times(
        std::string(log_moment_name(static_cast<LogMoment>(from))) + " to " +
            std::string(log_moment_name(static_cast<LogMoment>(to))),
        options_);
    for (const LoggedIncident& incident : log_.incidents) {
      const bool hit = std::ranges::find(incident.services, service) !=
                       incident.services.end();
      if (!hit || !incident.moments[from] || !incident.moments[to]) continue;
      times.add(seconds_between(*incident.moments[from], *incident.moments[to]),
                false, false);
    }
    return times.fit(name);
  }

  void read_joint(const std::vector<Occasion>& occasions,
                  const BusyClock& clock) {
    JointHistory& joint = result_.joint;
    joint.struck.resize(log_.services.size());
    joint.share.resize(log_.services.size());
    TimesGathered resolve("time to resolve, together", options_);
    std::vector<UtcTime> starts;
    for (const Occasion& occasion : occasions) {
      for (const std::uint32_t s : occasion.services) {
        joint.share[s].add(occasion.joint());
      }
      if (!occasion.joint()) continue;
      ++joint.occasions;
      starts.push_back(occasion.start);
      for (std::uint32_t s = 0; s < log_.services.size(); ++s) {
        joint.struck[s].add(occasion.hits(s));
      }
      for (const LoggedIncident* incident : occasion.incidents) {
        add_length(*incident, resolve);
        joint.severities.push_back(incident->severity);
      }
    }
    std::ranges::sort(joint.severities);
    TimesGathered between("time between starts, together", options_);
    add_gaps(starts, [&](UtcTime t) { return clock.at(t); }, between);
    joint.between = between.fit("joint");
    joint.resolve = resolve.fit("joint");
  }

  std::int64_t day_of(UtcTime time) const {
    const auto local = time.seconds + static_cast<std::int64_t>(
                                          offset_at(options_.zone, time).value);
    return (local - ((local % 86400) + 86400) % 86400) / 86400;
  }

  void read_days() {
    constexpr std::size_t kMostServices = 32;
    const std::size_t n = log_.services.size();
    if (n > kMostServices) return;
    std::vector<std::vector<std::int64_t>> days(n);
    for (const LoggedIncident& incident : log_.incidents) {
      const std::int64_t day = day_of(incident.start());
      for (const std::uint32_t s : incident.services) {
        if (days[s].empty() || days[s].back() != day) days[s].push_back(day);
      }
    }
    const double watched =
        seconds_between(result_.from, result_.until) / 86400 + 1;
    for (std::uint32_t a = 0; a < n; ++a) {
      for (std::uint32_t b = a + 1; b < n; ++b) {
        std::vector<std::int64_t> both;
        std::ranges::set_intersection(days[a], days[b],
                                      std::back_inserter(both));
        result_.days.push_back({a,
                                b,
                                {days[b].size(), both.size()},
                                {days[a].size(), both.size()},
                                static_cast<double>(days[a].size()) *
                                    static_cast<double>(days[b].size()) /
                                    watched});
      }
    }
  }

  const IncidentLog& log_;
  const CalibrationOptions& options_;
  Calibration result_;
};

}  // namespace

Calibration calibrate(const IncidentLog& log,
                      const CalibrationOptions& options) {
  assert(!log.incidents.empty());
  return Calibrator(log, options).calibrate();
}

}  // namespace outagesim
