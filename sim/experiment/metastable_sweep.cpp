// The load on one station, moved slowly up and down: hysteresis.
#include <algorithm>
#include <cmath>

#include "sim/engine/load_alone.h"
#include "sim/experiment/metastable.h"

namespace outagesim {
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

std::vector<SweepPoint> sweep_load(const Model& model, std::uint32_t station) {
  constexpr int kSteps = 48;
  constexpr double kTop = 1.2;
  const std::vector<Clock> none;
  const ConnectedLoad part = connected_load(model.load, station);
  const std::uint32_t id = part.station;
  LoadNet net = at_constant_load(part.net, 1);
  const double usual = usual_load(net, id).rho;
  if (usual <= 0) return {};
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
