#include "sim/experiment/metastable.h"

#include <algorithm>
#include <cmath>

#include "sim/engine/load_alone.h"

namespace outagesim {
namespace {

constexpr double kLongStall = 20;   // time-outs
constexpr double kPatience = 2000;  // time-outs until it counts as lasting
constexpr int kHalvings = 12;

double usual_load(const LoadNet& net, std::uint32_t id) {
  const std::vector<Clock> none;
  const LoadNet constant = at_constant_load(net, 1);
  LoadState load(constant, none);
  reset_load(load, {0});
  double demand = 0;
  const LoadStation& station = constant.stations[id];
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    demand += load.streams[s].fresh;
  }
  return demand / station.capacity.value;
}

// Attempts through all layers above: the worst way down.
double attempts_through(const LoadNet& net, std::uint32_t id, int depth) {
  double most = 1;
  const LoadStation& station = net.stations[id];
  for (auto s = station.first_stream;
       depth < 20 && s < station.first_stream + station.streams; ++s) {
    const CallStream& stream = net.streams[s];
    double above = 1;
    for (auto c = stream.first_caller; c < stream.first_caller + stream.callers;
         ++c) {
      above = std::max(
          above, attempts_through(net, net.callers[c].station, depth + 1));
    }
    const double tried = stream.retry.attempts;
    most = std::max(
        most, above * (stream.retry.budget
                           ? std::min(tried, 1 + stream.retry.budget->value)
                           : tried));
  }
  return most;
}

// The station of a net, its usual load and its patience.
struct Question {
  const LoadNet& net;
  std::uint32_t station;
  double usual;  // ρ
  Seconds timeout;

  Aftermath ask(double load, double left, Seconds lasting) const {
    const LoadNet scaled = at_constant_load(net, load / usual);
    return after_trigger(scaled, {station, left, lasting}, timeout * kPatience);
  }
};

// The least load in (0, 1) at which the trigger stays.
std::optional<double> least_load(const Question& question, Seconds lasting) {
  double low = 0, high = 0.995;
  if (question.ask(high, 0, lasting).heals) return std::nullopt;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (question.ask(middle, 0, lasting).heals ? low : high) = middle;
  }
  return high;
}

std::optional<Seconds> least_length(const Question& question, double load,
                                    double left) {
  Seconds low{0}, high = question.timeout * kLongStall;
  if (question.ask(load, left, high).heals) return std::nullopt;
  for (int i = 0; i < kHalvings; ++i) {
    const Seconds middle = (low + high) / 2;
    (question.ask(load, left, middle).heals ? low : high) = middle;
  }
  return high;
}

// A restart empties the queue of a collapsed station.
bool restart_ends(const Question& question) {
  const std::vector<Clock> none;
  const LoadNet net = at_constant_load(question.net, 1);
  LoadState load(net, none);
  reset_load(load, {0});
  const auto set = [&](double left) {
    load.stations[question.station].in.capacity = left;
    mark_dirty(load, question.station);
    refresh_load(load);
    settle_alone(load);
  };
  set(0);
  run_alone(load, question.timeout * kLongStall);
  set(1);
  run_alone(load, question.timeout * (3 * kLongStall));
  flush_station(load, question.station);
  refresh_load(load);
  settle_alone(load);
  run_alone(load, question.timeout * (10 * kLongStall));
  const LoadStation& station = net.stations[question.station];
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    if (load.streams[s].success < 0.99) return false;
  }
  return true;
}

constexpr double kLoads[] = {0.2, 0.4, 0.6, 0.8, 0.95};
constexpr double kLeft[] = {0, 0.25, 0.5};

void add_thresholds(const Question& question, MetastableStation& result) {
  for (const double load : kLoads) {
    for (const double left : kLeft) {
      result.thresholds.push_back(
          {load, left, least_length(question, load, left)});
    }
  }
}

constexpr double kChainSizes[] = {5, 10, 20};

void add_chains(const LoadStation& station, const CallStream& stream,
                MetastableStation& result) {
  for (const double size : kChainSizes) {
    if (size > result.in_flight) continue;
    RetryChain chain;
    chain.timeout = result.timeout;
    chain.capacity = {size / result.timeout.value};
    chain.offered = chain.capacity * result.load;
    chain.backoff = stream.retry.backoff;
    chain.attempts = result.attempts;
    // The queue as long in time as the real one, at most four time-outs.
    const double room = std::min(4.0, station.room / result.in_flight) * size;
    chain.room = static_cast<std::uint32_t>(std::max(2.0, std::round(room)));
    chain.retrying = static_cast<std::uint32_t>(4 * size);
    result.chain.push_back({size, solve(chain)});
  }
}

bool can_time_out(const LoadNet& net, const LoadStation& station) {
  if (station.capacity.value == kNoBound) return false;
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    if (net.streams[s].timeout.value < kNoBound) return true;
  }
  return false;
}

MetastableStation examine(const Model& model, std::uint32_t id,
                          const MetastableOptions& options) {
  const LoadNet& net = model.load;
  const LoadStation& station = net.stations[id];
  MetastableStation result;
  result.station = id;
  result.name = node_name(model.graph, station.node);
  result.load = usual_load(net, id);
  result.attempts = attempts_through(net, id, 0);
  result.timeout = longest_timeout_of(net, id);
  result.in_flight = station.capacity.value * result.timeout.value;
  result.n0 = result.in_flight * (1 - result.load);
  result.question = options.question;
  if (result.load <= 0) return result;
  const Question question{net, id, result.load, result.timeout};
  const Seconds stall = result.timeout * kLongStall;
  result.sustains = least_load(question, stall);
  result.sustains_question = least_load(question, options.question);
  result.shortest = least_length(question, result.load, 0);
  const Seconds tried = result.shortest ? *result.shortest / 2 : stall;
  const Aftermath after = question.ask(result.load, 0, tried);
  if (after.heals) result.recovery = after.recovery;
  result.restart_ends = restart_ends(question);
  add_thresholds(question, result);
  add_chains(station, net.streams[station.first_stream], result);
  return result;
}

}  // namespace

std::vector<MetastableStation> find_metastable(
    const Model& model, const MetastableOptions& options) {
  std::vector<MetastableStation> all;
  for (std::uint32_t id = 0; id < model.load.stations.size(); ++id) {
    if (!can_time_out(model.load, model.load.stations[id])) continue;
    all.push_back(examine(model, id, options));
  }
  return all;
}

namespace {

// Runs on until the queue stays as it is, but not for ever: close to where a
// branch ends it drains slowly.
void hold(LoadState& load, std::uint32_t station, Seconds step) {
  constexpr int kMostHolds = 100;
  const double& queue = load.stations[station].queue;
  for (int i = 0; i < kMostHolds; ++i) {
    const double before = queue;
    run_alone(load, load.now + step);
    if (std::abs(queue - before) <= 1e-9 * (1 + before)) return;
  }
}

}  // namespace

std::vector<SweepPoint> sweep_load(const Model& model, std::uint32_t id) {
  constexpr int kSteps = 48;
  constexpr double kTop = 1.2;
  const std::vector<Clock> none;
  LoadNet net = at_constant_load(model.load, 1);
  const double usual = usual_load(net, id);
  const std::vector<CallStream> at_usual = net.streams;
  const Seconds timeout = longest_timeout_of(net, id);
  // A queue without bound would take for ever to come down again.
  LoadStation& swept = net.stations[id];
  swept.room = std::min(swept.room, 10 * swept.capacity.value * timeout.value);
  LoadState load(net, none);
  reset_load(load, {0});
  const auto served_at = [&](double rho) {
    for (std::size_t s = 0; s < net.streams.size(); ++s) {
      net.streams[s].offered = at_usual[s].offered * (rho / usual);
    }
    mark_all_dirty(load);
    refresh_load(load);
    settle_alone(load);
    hold(load, id, timeout * 100.0);
    double served = 1;
    for (std::size_t s = 0; s < net.streams.size(); ++s) {
      if (net.streams[s].offered.value <= 0) continue;
      served = std::min(served, load.streams[s].success);
    }
    return served;
  };
  std::vector<SweepPoint> points;
  for (int i = 1; i <= kSteps; ++i) {
    const double rho = kTop * i / kSteps;
    points.push_back({rho, served_at(rho), 1});
  }
  for (int i = kSteps; i >= 1; --i) {
    SweepPoint& point = points[static_cast<std::size_t>(i - 1)];
    point.served_down = served_at(point.load);
  }
  return points;
}

}  // namespace outagesim
