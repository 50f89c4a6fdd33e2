#include "models/compiled/sticky.h"

#include <algorithm>
#include <array>
#include <span>

namespace outagesim {
namespace {

using Flags = std::array<std::uint8_t, kMostRoots>;

std::span<const NodeId> roots_of(const Graph& graph, NodeId node) {
  return {graph.roots.data() + graph.first_root[node],
          graph.roots.data() + graph.first_root[node + 1]};
}

bool is_root(const Graph& graph, NodeId node) {
  return graph.services[graph.nodes[node].service].sticky;
}

// The node's served fraction without the roots it lists.
double rest_of(const Graph& graph, const Health& health, NodeId node) {
  return is_root(graph, node) ? 1 : health.rest[node];
}

bool counts(const Graph& graph, const Health& health, NodeId node,
            NodeId root) {
  const auto roots = roots_of(graph, node);
  const auto found = std::ranges::find(roots, root);
  return found != roots.end() &&
         health.counted[graph.first_root[node] +
                        static_cast<std::size_t>(found - roots.begin())] != 0;
}

// What a chain to `target` multiplies, but for the roots that `flags` of
// `roots` take over.
template <class TakesOver>
double chained(const Graph& graph, const Health& health, NodeId target,
               TakesOver takes_over) {
  double factor = rest_of(graph, health, target);
  const auto roots = roots_of(graph, target);
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (health.counted[graph.first_root[target] + i] && !takes_over(roots[i])) {
      factor *= health.rest[roots[i]];
    }
  }
  return factor;
}

// Stores rest and flags, and multiplies the counted roots back in.
double close(const Graph& graph, Health& health, NodeId node, double rest,
             Flags flags) {
  const auto roots = roots_of(graph, node);
  double served = rest;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (roots[i] == node) {
      flags[i] = 1;
    } else if (flags[i]) {
      served *= health.rest[roots[i]];
    }
  }
  health.rest[node] = rest;
  std::copy_n(flags.begin(), roots.size(),
              health.counted.begin() + graph.first_root[node]);
  return served;
}

// Runs `update`, and tells whether it changed what the node keeps.
template <class Update>
bool moves(const Graph& graph, const Health& health, NodeId node,
           Update update) {
  const std::size_t n = roots_of(graph, node).size();
  const auto kept = health.counted.begin() + graph.first_root[node];
  const double rest = health.rest[node];
  Flags flags{};
  std::copy_n(kept, n, flags.begin());
  update();
  return rest != health.rest[node] ||
         !std::equal(kept, kept + n, flags.begin());
}

struct Weighed {
  double sum = 0, full = 0;
};

Weighed weigh_served(const Graph& graph, const Health& health, NodeId whole) {
  Weighed weighed;
  for (const NodeId cell : graph.services[graph.nodes[whole].service].cells) {
    const double part = graph.nodes[cell].weight * health.served[cell];
    weighed.sum += part;
    weighed.full += part * health.full[cell];
  }
  return weighed;
}

// For each root of the whole: whether all cells count it, or, where it is the
// whole of a sticky service, their own cell of it.
Flags counted_by_all(const Graph& graph, const Health& health, NodeId whole) {
  const auto& cells = graph.services[graph.nodes[whole].service].cells;
  const auto roots = roots_of(graph, whole);
  Flags flags{};
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const ServiceId service = graph.nodes[roots[i]].service;
    flags[i] = std::ranges::all_of(cells, [&](NodeId cell) {
      const NodeId root =
          has_cells(graph, roots[i])
              ? graph.services[service].cells[graph.nodes[cell].cell]
              : roots[i];
      return counts(graph, health, cell, root);
    });
  }
  return flags;
}

// What the whole serves of those whom its roots have served.
double rest_of_whole(const Graph& graph, const Health& health, NodeId whole,
                     const Flags& flags) {
  const auto roots = roots_of(graph, whole);
  const auto takes_over = [&](NodeId root) {
    const auto found = std::ranges::find(roots, root);
    return found != roots.end() &&
           flags[static_cast<std::size_t>(found - roots.begin())] != 0;
  };
  double rest = 0;
  for (const NodeId cell : graph.services[graph.nodes[whole].service].cells) {
    rest += graph.nodes[cell].weight * chained(graph, health, cell, takes_over);
  }
  rest = std::min(1.0, rest);
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const double factor = health.rest[roots[i]];
    if (flags[i] && has_cells(graph, roots[i]) && roots[i] != whole &&
        factor > 0) {
      rest = std::min(1.0, rest / factor);
    }
  }
  return rest;
}

}  // namespace

Answer sticky_answer(const Graph& graph, Health& health, NodeId node,
                     bool& moved) {
  const SettledAnswer settled{health};
  const NeedReader reader(graph, health, settled);
  const auto roots = roots_of(graph, node);
  Answer answer{health.own[node], 1};
  Flags flags{};
  const auto takes_over = [&](NodeId root) {
    const auto found = std::ranges::find(roots, root);
    if (found == roots.end()) {
      return false;
    }
    flags[static_cast<std::size_t>(found - roots.begin())] = 1;
    return true;
  };
  const NeedId first = graph.nodes[node].first_need;
  for (NeedId id = first; id < first + graph.nodes[node].needs; ++id) {
    if (health.dropped[id]) {
      continue;
    }
    const CompiledNeed& need = graph.needs[id];
    const NodeId target = graph.targets[need.first_target];
    Answer factor = reader.factor(need);
    // A target that is cold or late is no longer a link of a chain.
    if (is_chain(need) && factor.served == health.served[target]) {
      factor.served = chained(graph, health, target, takes_over);
    }
    answer *= factor;
  }
  moved = moves(graph, health, node, [&] {
    answer.served = close(graph, health, node, answer.served, flags);
  });
  return answer;
}

Answer sticky_whole(const Graph& graph, Health& health, NodeId whole,
                    bool& moved) {
  const Weighed weighed = weigh_served(graph, health, whole);
  const bool balanced = is_balanced(graph, health, graph.nodes[whole].service);
  const Flags flags = balanced ? Flags{} : counted_by_all(graph, health, whole);
  const double rest = balanced ? routed(graph, health, whole, weighed.sum)
                               : rest_of_whole(graph, health, whole, flags);
  Answer answer{1, weighed.sum > 0 ? weighed.full / weighed.sum : 1};
  moved = moves(graph, health, whole, [&] {
    answer.served = close(graph, health, whole, rest, flags);
  });
  return answer;
}

bool keep_sticky_in_circle(const Graph& graph, Health& health, NodeId node,
                           double served) {
  return moves(graph, health, node,
               [&] { close(graph, health, node, served, {}); });
}

}  // namespace outagesim
