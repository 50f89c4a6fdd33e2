#include "sim/experiment/metastable.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "sim/engine/load_alone.h"

namespace outagesim {
namespace {

constexpr double kLongStall = 20;   // time-outs
constexpr double kPatience = 2000;  // time-outs until it counts as lasting
constexpr int kHalvings = 12;

double attempts_of(const RetryPolicy& retry) {
  const double tried = retry.attempts;
  return retry.budget ? std::min(tried, 1 + retry.budget->value) : tried;
}

// Attempts of the stream's calls with those of the layers above.
double attempts_above(const LoadNet& net, const CallStream& stream,
                      const std::vector<double>& most) {
  double above = 1;
  for (auto c = stream.first_caller; c < stream.first_caller + stream.callers;
       ++c) {
    above = std::max(above, most[net.callers[c].station]);
  }
  return above * attempts_of(stream.retry);
}

// Attempts through all layers above: the worst way down, of each station.
// Circles are gone round a few times.
std::vector<double> attempts_through(const LoadNet& net) {
  constexpr int kMostLayers = 20;
  std::vector<double> most(net.stations.size(), 1);
  bool moved = true;
  for (int layer = 0; moved && layer < kMostLayers; ++layer) {
    moved = false;
    for (const CallStream& stream : net.streams) {
      const double all = attempts_above(net, stream, most);
      moved = moved || all > most[stream.station];
      most[stream.station] = std::max(most[stream.station], all);
    }
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
    // What the stall held back drains at what is to spare.
    const Seconds drains = lasting * (4 / std::max(1e-3, 1 - load));
    return after_trigger(scaled, {station, left, lasting},
                         timeout * kPatience + drains);
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

// What a station is, before any question is asked.
MetastableStation describe(const Model& model, std::uint32_t id,
                           const MetastableOptions& options) {
  const LoadNet& net = model.load;
  const LoadStation& station = net.stations[id];
  MetastableStation result;
  result.station = id;
  result.name = node_name(model.graph, station.node);
  const NodeId whole = model.graph.nodes[station.node].whole;
  result.service = node_name(model.graph, whole);
  const UsualLoad usual = usual_load(net, id);
  result.load = usual.rho;
  result.without_caches = usual.without_caches;
  result.timeout = longest_timeout_of(net, id);
  result.in_flight = station.capacity.value * result.timeout.value;
  result.n0 = result.in_flight * (1 - result.load);
  result.question = options.question;
  result.queue_is_short =
      station.drops_expired || station.room <= result.in_flight;
  return result;
}

// What depends on its usual load.
void ask_at_usual_load(const Question& question, MetastableStation& result) {
  result.shortest = least_length(question, result.load, 0);
  const Seconds stall = result.timeout * kLongStall;
  const Seconds tried = result.shortest ? *result.shortest / 2 : stall;
  const Aftermath after = question.ask(result.load, 0, tried);
  if (after.heals) result.recovery = after.recovery;
  result.restart_ends = restart_ends(question);
}

void ask_at_all_loads(const Question& question, MetastableStation& result) {
  const Seconds stall = result.timeout * kLongStall;
  result.sustains = least_load(question, stall);
  result.sustains_question = least_load(question, result.question);
  add_thresholds(question, result);
  const LoadStation& station = question.net.stations[question.station];
  if (result.queue_is_short) return;
  add_chains(station, question.net.streams[station.first_stream], result);
}

// Whether two parts differ in nothing but how much is offered to them.
bool is_alike(const ConnectedLoad& a, const ConnectedLoad& b) {
  const auto same_station = [](const LoadStation& x, const LoadStation& y) {
    return x.capacity == y.capacity && x.room == y.room &&
           x.at_once == y.at_once && x.drops_expired == y.drops_expired &&
           x.streams == y.streams && x.limit == y.limit;
  };
  return a.net.stations.size() == 1 && b.net.stations.size() == 1 &&
         a.net.streams.size() == 1 && b.net.streams.size() == 1 &&
         same_station(a.net.stations[0], b.net.stations[0]);
}

// What does not depend on its usual load, of a cell that is not told in full.
void ask_in_short(const Question& question, const MetastableStation& full,
                  bool is_like_it, MetastableStation& cell) {
  cell.in_full = false;
  if (is_like_it) {
    cell.sustains = full.sustains;
    cell.sustains_question = full.sustains_question;
    cell.thresholds = full.thresholds;
    return;
  }
  cell.sustains = least_load(question, cell.timeout * kLongStall);
  cell.sustains_question = least_load(question, cell.question);
}

// All cells of one service, from the one that is most in use on.
void examine_cells(const LoadNet& net, std::span<MetastableStation> cells) {
  const MetastableStation& first = cells.front();
  const ConnectedLoad most = connected_load(net, first.station);
  for (MetastableStation& cell : cells) {
    if (cell.load <= 0) continue;
    const ConnectedLoad part = connected_load(net, cell.station);
    const Question question{part.net, part.station, cell.load, cell.timeout};
    if (cell.load < 1) ask_at_usual_load(question, cell);
    if (&cell == &first) {
      ask_at_all_loads(question, cell);
    } else {
      ask_in_short(question, first, is_alike(most, part), cell);
    }
  }
}

// Cells of one service side by side, the one most in use first; services in
// the model's order.
void bring_cells_together(std::vector<MetastableStation>& all) {
  std::map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < all.size(); ++i) {
    first.try_emplace(all[i].service, i);
  }
  std::ranges::sort(all, {}, [&](const auto& one) {
    return std::tuple(first.at(one.service), -one.load, one.station);
  });
}

}  // namespace

UsualLoad usual_load(const LoadNet& net, std::uint32_t id) {
  const std::vector<Clock> none;
  const LoadNet constant = at_constant_load(net, 1);
  LoadState load(constant, none);
  reset_load(load, {0});
  UsualLoad usual;
  const LoadStation& station = constant.stations[id];
  for (auto s = station.first_stream;
       s < station.first_stream + station.streams; ++s) {
    usual.rho += load.streams[s].fresh / station.capacity.value;
    usual.without_caches += load.streams[s].demand / station.capacity.value;
  }
  return usual;
}

std::vector<MetastableStation> find_metastable(
    const Model& model, const MetastableOptions& options) {
  const LoadNet& net = model.load;
  const std::vector<double> attempts = attempts_through(net);
  std::vector<MetastableStation> all;
  for (std::uint32_t id = 0; id < net.stations.size(); ++id) {
    if (!can_time_out(net, net.stations[id])) continue;
    all.push_back(describe(model, id, options));
    all.back().attempts = attempts[id];
  }
  bring_cells_together(all);
  std::vector<MetastableStation> asked_about;
  for (auto first = all.begin(); first != all.end();) {
    const auto last = std::find_if(first, all.end(), [&](const auto& one) {
      return one.service != first->service;
    });
    const auto cells = static_cast<std::size_t>(last - first);
    const std::size_t asked = std::min(cells, kMostCellsAsked);
    examine_cells(net, {first, asked});
    for (std::size_t i = 0; i < asked; ++i, ++first) {
      first->cells_left_out = cells - asked;
      asked_about.push_back(std::move(*first));
    }
    first = last;
  }
  return asked_about;
}

}  // namespace outagesim
