#include "models/compiled/load_net.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "models/base/text.h"
#include "models/compiled/clock_book.h"

namespace outagesim {
namespace {

bool says_what_it_serves(const Scenario& scenario) {
  return std::ranges::any_of(scenario.services, [](const Service& service) {
    return service.serves.has_value();
  });
}

class NetBuilder {
 public:
  NetBuilder(const Scenario& scenario, const Graph& graph, ClockBook& clocks)
      : scenario_(scenario), graph_(graph), clocks_(clocks) {}

  LoadNet build() {
    net_.station_of.assign(graph_.nodes.size(), kNone);
    find_stations();
    for (std::uint32_t s = 0; s < net_.stations.size(); ++s) {
      add_offers(s);
      add_needs(s);
    }
    group();
    return std::move(net_);
  }

 private:
  struct Draft {
    CallStream stream;
    std::vector<LoadCaller> callers;
  };

  const Service& service_of(NodeId node) const {
    return scenario_.services[graph_.nodes[node].service];
  }

  // What is offered something or serves a capacity, and all it calls. A node
  // that needs another has the higher number, so the order is callers first.
  void find_stations() {
    std::vector<std::uint8_t> in(graph_.nodes.size(), 0);
    for (NodeId node = static_cast<NodeId>(graph_.nodes.size()); node-- > 0;) {
      if (has_cells(graph_, node)) continue;
      const Service& service = service_of(node);
      if (service.offers || service.serves || in[node] != 0) reach(node, in);
    }
    for (NodeId node = static_cast<NodeId>(graph_.nodes.size()); node-- > 0;) {
      if (in[node] == 0) continue;
      net_.station_of[node] = static_cast<std::uint32_t>(net_.stations.size());
      net_.stations.push_back(station_at(node));
    }
  }

  void reach(NodeId node, std::vector<std::uint8_t>& in) const {
    in[node] = 1;
    for (const CompiledNeed& need : needs_of(graph_, node)) {
      for (const NodeId target : targets_of(graph_, need)) {
        reach_cells(target, in);
      }
    }
  }

  void reach_cells(NodeId target, std::vector<std::uint8_t>& in) const {
    for (const NodeId cell : cells_at(target)) {
      if (in[cell] == 0) reach(cell, in);
    }
  }

  // A whole stands for its cells.
  std::vector<NodeId> cells_at(NodeId node) const {
    if (!has_cells(graph_, node)) return {node};
    const auto cells = cells_beside(graph_, node);
    return {cells.begin(), cells.end()};
  }

  double cell_size(NodeId node) const {
    const Node& n = graph_.nodes[node];
    return graph_.services[n.service].cell_sizes[n.cell];
  }

  LoadStation station_at(NodeId node) const {
    LoadStation station;
    station.node = node;
    station.size = cell_size(node);
    const auto& serves = service_of(node).serves;
    if (!serves) return station;
    const double part = serves->is_per_cell ? 1 : graph_.nodes[node].weight;
    station.capacity = serves->capacity * part;
    station.at_once = serves->at_once;
    station.varies = serves->varies;
    station.room = serves->queue.value_or(kNoBound);
    station.drops_expired = serves->drops_expired;
    station.sheds = serves->sheds;
    if (serves->limit) station.limit = *serves->limit * part;
    station.scale_out = serves->scale_out;
    station.falls_over_after = serves->falls_over_after;
    return station;
  }

  void add_offers(std::uint32_t s) {
    const NodeId node = net_.stations[s].node;
    const auto& offers = service_of(node).offers;
    if (!offers) return;
    Draft draft = draft_for(offers->policy);
    draft.stream.name = "requests to " + node_name(graph_, node);
    draft.stream.station = s;
    draft.stream.timeout = offers->timeout.value_or(kForever);
    const double weight = graph_.nodes[node].weight;
    draft.stream.offered =
        offers->rate * weight + offers->per_node * cell_size(node);
    draft.stream.clock = clocks_.of_profile(offers->profile, offers->zone);
    draft.stream.surges = offers->surges;
    draft.stream.surge_share = weight;
    drafts_.push_back(std::move(draft));
  }

  static Draft draft_for(const CallPolicy& policy) {
    Draft draft;
    draft.stream.retry = policy.retry;
    draft.stream.breaker = policy.breaker;
    draft.stream.priority = policy.priority;
    draft.stream.hedge = policy.hedge.value_or(kForever);
    return draft;
  }

  void add_needs(std::uint32_t s) {
    const Node& node = graph_.nodes[net_.stations[s].node];
    for (NeedId id = node.first_need; id < node.first_need + node.needs; ++id) {
      const CompiledNeed& need = graph_.needs[id];
      const bool is_called = need.kind != NeedKind::kAsync;
      for (std::uint32_t i = 0; is_called && i < need.targets; ++i) {
        add_calls(s, id, i);
      }
    }
  }

  void add_calls(std::uint32_t s, NeedId id, std::uint32_t position) {
    const NodeId target =
        graph_.targets[graph_.needs[id].first_target + position];
    for (const NodeId cell : cells_at(target)) {
      add_call(s, id, position, cell, cell == target ? 1 : weight_of(cell));
    }
  }

  double weight_of(NodeId cell) const { return graph_.nodes[cell].weight; }

  const Need& law_of(NeedId id) const {
    const CompiledNeed& need = graph_.needs[id];
    const auto& needs = service_of(need.owner).needs;
    return *std::ranges::find_if(needs, [&](const Need& one) {
      return name_hash(one.name) == need.law_key;
    });
  }

  // Cells of one service call the same station by one stream.
  void add_call(std::uint32_t s, NeedId id, std::uint32_t position, NodeId cell,
                double weight) {
    const CompiledNeed& need = graph_.needs[id];
    const ServiceId from = graph_.nodes[need.owner].service;
    const std::uint32_t to = net_.station_of[cell];
    const auto [known, is_new] = stream_of_.try_emplace(
        std::tuple(from, need.law_key, position, to), drafts_.size());
    const Need& law = law_of(id);
    if (is_new) drafts_.push_back(draft_of_need(law, need.owner, to));
    const double calls = law.policy ? law.policy->calls : 1;
    drafts_[known->second].callers.push_back(
        {s, need.share * calls * weight, id, position});
    entry_drafts_.push_back({need.first_target + position,
                             static_cast<std::uint32_t>(known->second),
                             weight});
  }

  Draft draft_of_need(const Need& law, NodeId owner, std::uint32_t to) const {
    Draft draft = draft_for(law.policy.value_or(CallPolicy{}));
    draft.stream.name = service_of(owner).name + " to " +
                        node_name(graph_, net_.stations[to].node);
    draft.stream.station = to;
    draft.stream.timeout = law.timeout.value_or(kForever);
    draft.stream.fails_caller =
        law.kind != NeedKind::kSoft && law.kind != NeedKind::kCached;
    if (law.cache) add_cache(*law.cache, draft.stream);
    return draft;
  }

  void add_cache(const CallCache& cache, CallStream& stream) const {
    stream.is_cached = true;
    stream.hits = cache.hits;
    stream.entries = cache.entries;
    if (!cache.in) return;
    const auto found = std::ranges::find(graph_.services, cache.in->name,
                                         &CompiledService::name);
    stream.cache_in = found->whole;
  }

  // Streams by station, callers by stream.
  void group() {
    std::vector<std::uint32_t> order(drafts_.size()), place(drafts_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, {}, [&](std::uint32_t i) {
      return std::pair(drafts_[i].stream.station, i);
    });
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      Draft& draft = drafts_[order[i]];
      place[order[i]] = i;
      draft.stream.first_caller =
          static_cast<std::uint32_t>(net_.callers.size());
      draft.stream.callers = static_cast<std::uint32_t>(draft.callers.size());
      net_.callers.insert(net_.callers.end(), draft.callers.begin(),
                          draft.callers.end());
      LoadStation& station = net_.stations[draft.stream.station];
      if (station.streams++ == 0) station.first_stream = i;
      net_.streams.push_back(std::move(draft.stream));
    }
    net_.callees.resize(net_.stations.size());
    for (const CallStream& stream : net_.streams) {
      for (auto c = stream.first_caller;
           c < stream.first_caller + stream.callers; ++c) {
        net_.callees[net_.callers[c].station].push_back(stream.station);
      }
    }
    for (LoadedEntry& entry : entry_drafts_) entry.stream = place[entry.stream];
    std::ranges::sort(entry_drafts_, {}, [](const LoadedEntry& e) {
      return std::pair(e.entry, e.stream);
    });
    net_.entries = std::move(entry_drafts_);
  }

  const Scenario& scenario_;
  const Graph& graph_;
  ClockBook& clocks_;
  LoadNet net_;
  std::vector<Draft> drafts_;
  std::vector<LoadedEntry> entry_drafts_;
  std::map<std::tuple<ServiceId, std::uint64_t, std::uint32_t, std::uint32_t>,
           std::size_t>
      stream_of_;
};

}  // namespace

LoadNet compile_load(const Scenario& scenario, const Graph& graph,
                     ClockBook& clocks) {
  if (!says_what_it_serves(scenario)) return {};
  return NetBuilder(scenario, graph, clocks).build();
}

}  // namespace outagesim
