// The part of a net that load ties to one station.
#include <algorithm>
#include <vector>

#include "sim/engine/load_alone.h"

namespace outagesim {
namespace {

// By station: whether it is reached from `start` along calls, either way.
std::vector<std::uint8_t> reached_from(const LoadNet& net,
                                       std::uint32_t start) {
  std::vector<std::vector<std::uint32_t>> beside(net.stations.size());
  for (const CallStream& stream : net.streams) {
    for (auto c = stream.first_caller; c < stream.first_caller + stream.callers;
         ++c) {
      beside[stream.station].push_back(net.callers[c].station);
      beside[net.callers[c].station].push_back(stream.station);
    }
  }
  std::vector<std::uint8_t> reached(net.stations.size(), 0);
  std::vector<std::uint32_t> open{start};
  reached[start] = 1;
  while (!open.empty()) {
    const std::uint32_t station = open.back();
    open.pop_back();
    for (const std::uint32_t other : beside[station]) {
      if (reached[other] != 0) continue;
      reached[other] = 1;
      open.push_back(other);
    }
  }
  return reached;
}

void copy_callers(const LoadNet& net, const std::vector<std::uint32_t>& number,
                  CallStream& stream, LoadNet& part) {
  const auto first = stream.first_caller;
  stream.first_caller = static_cast<std::uint32_t>(part.callers.size());
  for (auto c = first; c < first + stream.callers; ++c) {
    part.callers.push_back(net.callers[c]);
    part.callers.back().station = number[net.callers[c].station];
  }
}

void copy_streams(const LoadNet& net, const std::vector<std::uint32_t>& number,
                  LoadStation& station, LoadNet& part) {
  const auto first = station.first_stream;
  station.first_stream = static_cast<std::uint32_t>(part.streams.size());
  for (auto s = first; s < first + station.streams; ++s) {
    CallStream stream = net.streams[s];
    stream.station = number[stream.station];
    copy_callers(net, number, stream, part);
    part.streams.push_back(std::move(stream));
  }
}

}  // namespace

ConnectedLoad connected_load(const LoadNet& net, std::uint32_t station) {
  const std::vector<std::uint8_t> reached = reached_from(net, station);
  std::vector<std::uint32_t> number(net.stations.size(), kNone);
  std::uint32_t next = 0;
  for (std::uint32_t id = 0; id < number.size(); ++id) {
    if (reached[id] != 0) number[id] = next++;
  }
  ConnectedLoad part;
  part.station = number[station];
  for (std::uint32_t id = 0; id < number.size(); ++id) {
    if (reached[id] == 0) continue;
    LoadStation copy = net.stations[id];
    copy_streams(net, number, copy, part.net);
    part.net.stations.push_back(copy);
    auto& callees = part.net.callees.emplace_back();
    for (const std::uint32_t callee : net.callees[id]) {
      callees.push_back(number[callee]);
    }
  }
  return part;
}

}  // namespace outagesim
