#include "sim/request/compare_fidelity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "sim/engine/engine.h"

namespace outagesim {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kEnoughInFlight = 200;  // "a few hundred"
constexpr double kClose = 0.05;          // of the critical load

// Adds a step's rates to the bins it covers.
void spread(const StreamStep& step, Seconds until, const RequestWindow& window,
            std::vector<StreamBin>& bins) {
  const double from = std::max(step.at.value, window.from.value);
  const double to = std::min(until.value, window.to.value);
  if (!(from < to)) return;
  const double width = window.bin.value;
  auto bin = static_cast<std::size_t>((from - window.from.value) / width);
  for (; bin < bins.size(); ++bin) {
    const double begins = window.from.value + double(bin) * width;
    if (begins >= to) return;
    const double held = std::min(to, begins + width) - std::max(from, begins);
    if (held <= 0) continue;
    bins[bin].fresh += step.demand.value * held;
    bins[bin].good += step.good.value * held;
    bins[bin].gone += step.gone.value * held;
  }
}

struct Fall {
  double onset = kNan, recovery = kNan;
};

Fall fall_of(const std::vector<StreamBin>& bins, const RequestWindow& window) {
  Fall fall;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    if (served_share(bins[i]) >= 0.5) continue;
    const double begins = window.from.value + double(i) * window.bin.value;
    if (std::isnan(fall.onset)) fall.onset = begins;
    fall.recovery = begins + window.bin.value;
  }
  return fall;
}

StreamComparison compare_stream(const FidelityComparison& all,
                                std::uint32_t id) {
  const auto& flow = all.flow[id];
  const auto& requests = all.requests.streams[id];
  StreamComparison result;
  result.stream = id;
  for (std::size_t i = 0; i < flow.size(); ++i) {
    const double d = served_share(flow[i]) - served_share(requests[i]);
    result.bias += d / double(flow.size());
    result.difference += std::abs(d) / double(flow.size());
  }
  const Fall a = fall_of(flow, all.requests.window);
  const Fall b = fall_of(requests, all.requests.window);
  result.flow_onset = a.onset;
  result.flow_recovery = a.recovery;
  result.request_onset = b.onset;
  result.request_recovery = b.recovery;
  return result;
}

bool is_from_outside(const CallStream& stream) {
  return stream.offered.value > 0 || !stream.surges.empty();
}

// What each stream is asked where the window begins, or first after that.
std::vector<PerSecond> demand_at(const std::vector<StreamStep>& steps,
                                 std::size_t streams, Seconds at) {
  std::vector<PerSecond> demand(streams);
  std::vector<std::uint8_t> known(streams, 0);
  for (const StreamStep& step : steps) {
    if (step.at > at && known[step.stream] != 0) continue;
    demand[step.stream] = step.demand;
    known[step.stream] = 1;
  }
  return demand;
}

bool is_near_critical(double rho, const CallStream& stream) {
  const double by_attempts = 1.0 / std::max(1U, stream.retry.attempts);
  const double by_budget =
      stream.retry.budget ? 1 / (1 + stream.retry.budget->value) : 0;
  const double critical = std::max(by_attempts, by_budget);
  return std::abs(rho - critical) < kClose * critical ||
         std::abs(rho - 1) < kClose;
}

// All attempts of a call time out, with the waits between them.
Seconds longest_wait(const CallStream& stream) {
  if (stream.timeout.value == kNoBound) return {0};
  Seconds wait = stream.timeout;
  Seconds back_off = stream.retry.backoff;
  for (std::uint32_t k = 1; k < stream.retry.attempts; ++k) {
    wait += back_off + stream.timeout;
    back_off = back_off * stream.retry.grows;
  }
  return wait;
}

}  // namespace

std::vector<ImpatientCallers> impatient_callers(const LoadNet& net) {
  std::vector<Seconds> needed(net.stations.size());
  for (const CallStream& stream : net.streams) {
    for (auto c = stream.first_caller; c < stream.first_caller + stream.callers;
         ++c) {
      Seconds& of_caller = needed[net.callers[c].station];
      of_caller = std::max(of_caller, longest_wait(stream));
    }
  }
  std::vector<ImpatientCallers> all;
  for (std::uint32_t s = 0; s < net.streams.size(); ++s) {
    const CallStream& stream = net.streams[s];
    const Seconds most = needed[stream.station];
    if (stream.timeout < most) all.push_back({s, stream.timeout, most});
  }
  return all;
}

double served_share(const StreamBin& bin) {
  const double all = std::max(bin.fresh, bin.good + bin.gone);
  return all > 0 ? std::min(1.0, bin.good / all) : 1;
}

std::vector<std::vector<StreamBin>> flow_bins(
    const std::vector<StreamStep>& steps, std::size_t streams,
    const RequestWindow& window) {
  const auto count = static_cast<std::size_t>(
      std::ceil((window.to - window.from) / window.bin - 1e-9));
  std::vector<std::vector<StreamBin>> bins(streams,
                                           std::vector<StreamBin>(count));
  std::vector<const StreamStep*> last(streams, nullptr);
  for (const StreamStep& step : steps) {
    if (const StreamStep* before = last[step.stream]) {
      spread(*before, step.at, window, bins[step.stream]);
    }
    last[step.stream] = &step;
  }
  for (std::size_t s = 0; s < streams; ++s) {
    if (last[s]) spread(*last[s], kForever, window, bins[s]);
  }
  return bins;
}

std::vector<FlowTrust> trust_in_flow(const LoadNet& net,
                                     const std::vector<StreamStep>& steps,
                                     const RequestWindow& window) {
  const auto demand = demand_at(steps, net.streams.size(), window.from);
  std::vector<FlowTrust> all;
  for (std::uint32_t id = 0; id < net.stations.size(); ++id) {
    const LoadStation& station = net.stations[id];
    FlowTrust trust;
    trust.station = id;
    double patience = kNoBound;
    for (auto s = station.first_stream;
         s < station.first_stream + station.streams; ++s) {
      patience = std::min(patience, net.streams[s].timeout.value);
      const double missed = 1 - net.streams[s].hits.value;
      trust.load += demand[s] * missed / station.capacity;
    }
    if (patience == kNoBound || station.capacity.value == kNoBound) continue;
    trust.in_flight = station.capacity.value * patience * window.scale;
    trust.n0 = trust.in_flight * (1 - trust.load);
    trust.is_trusted = trust.in_flight >= kEnoughInFlight;
    for (auto s = station.first_stream;
         s < station.first_stream + station.streams; ++s) {
      trust.is_trusted =
          trust.is_trusted && !is_near_critical(trust.load, net.streams[s]);
    }
    all.push_back(trust);
  }
  return all;
}

LoadRecord record_flow(const Model& model, std::uint64_t seed,
                       std::uint64_t index) {
  LoadRecord record;
  Engine engine(model);
  engine.record_load(&record);
  engine.run(seed, index);
  return record;
}

double expected_calls(const LoadRecord& record, const RequestWindow& window) {
  std::map<std::uint32_t, const StationStep*> last;
  double calls = 0;
  const auto count = [&](const StationStep& step, Seconds until) {
    const Seconds from = std::max(step.at, window.from);
    const Seconds to = std::min(until, window.to);
    if (from < to) calls += step.arriving.value * (to - from).value;
  };
  for (const StationStep& step : record.stations) {
    const StationStep*& before = last[step.station];
    if (before) count(*before, step.at);
    before = &step;
  }
  for (const auto& [station, step] : last) count(*step, kForever);
  return calls * window.scale;
}

FidelityComparison compare_fidelity(const Model& model, std::uint64_t index,
                                    const RequestWindow& window) {
  return compare_fidelity(model, record_flow(model, window.seed, index),
                          window);
}

FidelityComparison compare_fidelity(const Model& model, LoadRecord record,
                                    const RequestWindow& window) {
  FidelityComparison result;
  result.record = std::move(record);
  result.flow =
      flow_bins(result.record.streams, model.load.streams.size(), window);
  result.requests = simulate_requests(model.load, model.plan.clocks,
                                      result.record.inputs, window);
  for (std::uint32_t s = 0; s < model.load.streams.size(); ++s) {
    if (is_from_outside(model.load.streams[s])) {
      result.streams.push_back(compare_stream(result, s));
    }
  }
  result.impatient = impatient_callers(model.load);
  result.trust = trust_in_flow(model.load, result.record.streams, window);
  return result;
}

}  // namespace outagesim
