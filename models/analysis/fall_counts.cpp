#include "models/analysis/fall_counts.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

namespace outagesim {
namespace {

constexpr std::size_t kWords = kFallsAtOnce / 64;

struct Pair {
  NodeId from = 0, to = 0;
};

// Lists by `from`, in the order of the pairs.
void group_by_from(const std::vector<Pair>& pairs, std::size_t nodes,
                   std::vector<std::uint32_t>& first,
                   std::vector<NodeId>& list) {
  first.assign(nodes + 1, 0);
  for (const Pair& pair : pairs) ++first[pair.from + 1];
  for (std::size_t i = 0; i < nodes; ++i) first[i + 1] += first[i];
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  list.resize(pairs.size());
  for (const Pair& pair : pairs) list[next[pair.from]++] = pair.to;
}

class FallGraphMaker {
 public:
  explicit FallGraphMaker(const Graph& graph) : graph_(graph) {}

  FallGraph make() {
    made_.first_group.push_back(0);
    for (NodeId node = 0; node < graph_.nodes.size(); ++node) {
      if (has_cells(graph_, node)) {
        const auto cells = cells_beside(graph_, node);
        add_group(node, cells, static_cast<std::uint32_t>(cells.size()));
      }
      for (const CompiledNeed& need : needs_of(graph_, node)) {
        add_need(node, need);
      }
      made_.first_group.push_back(
          static_cast<std::uint32_t>(made_.groups.size()));
    }
    group_by_from(falls_with_, graph_.nodes.size(), made_.first_dependent,
                  made_.dependents);
    group_by_from(asks_, graph_.nodes.size(), made_.first_asking, made_.asking);
    return std::move(made_);
  }

 private:
  void add_need(NodeId owner, const CompiledNeed& need) {
    if (need.share < 1) return;
    const auto targets = targets_of(graph_, need);
    switch (need.kind) {
      case NeedKind::kHard:
      case NeedKind::kCached:
        falls_with_.push_back({targets.front(), owner});
        break;
      case NeedKind::kAny:
        add_group(owner, targets, need.targets);
        break;
      case NeedKind::kQuorum:
        add_group(owner, targets, need.targets - need.at_least + 1);
        break;
      default:
        break;
    }
  }

  void add_group(NodeId owner, std::span<const NodeId> targets,
                 std::uint32_t enough) {
    const auto first = static_cast<std::uint32_t>(made_.targets.size());
    made_.targets.insert(made_.targets.end(), targets.begin(), targets.end());
    made_.groups.push_back(
        {first, static_cast<std::uint32_t>(made_.targets.size()), enough});
    for (const NodeId target : targets) asks_.push_back({target, owner});
  }

  const Graph& graph_;
  FallGraph made_;
  std::vector<Pair> falls_with_, asks_;  // target, owner
};

// Counts the rows that have each bit, all bits at once: digit k of the 512
// counts is one row (a carry-save adder).
class BitTally {
 public:
  void add(FallRow carry) {
    for (FallRow& digit : digits_) {
      std::uint64_t left = 0;
      for (std::size_t w = 0; w < kWords; ++w) {
        const std::uint64_t both = digit[w] & carry[w];
        digit[w] ^= carry[w];
        left |= carry[w] = both;
      }
      if (left == 0) return;
    }
    digits_.push_back(carry);
  }

  std::uint32_t count(std::size_t bit) const {
    std::uint32_t n = 0;
    for (std::size_t k = 0; k < digits_.size(); ++k) {
      n |= static_cast<std::uint32_t>(digits_[k][bit / 64] >> bit % 64 & 1)
           << k;
    }
    return n;
  }

  // The bits counted at least `n` times.
  FallRow at_least(std::uint32_t n) const {
    FallRow more{}, same;
    same.fill(~std::uint64_t{0});
    const auto digits =
        std::max<std::size_t>(digits_.size(), std::bit_width(n));
    for (std::size_t k = digits; k-- > 0;) {
      const std::uint64_t wanted = n >> k & 1 ? ~std::uint64_t{0} : 0;
      for (std::size_t w = 0; w < kWords; ++w) {
        const std::uint64_t is = k < digits_.size() ? digits_[k][w] : 0;
        more[w] |= same[w] & is & ~wanted;
        same[w] &= ~(is ^ wanted);
      }
    }
    for (std::size_t w = 0; w < kWords; ++w) more[w] |= same[w];
    return more;
  }

 private:
  std::vector<FallRow> digits_;  // the lowest first
};

bool has_bit(const FallRow& row, std::size_t bit) {
  return (row[bit / 64] >> bit % 64 & 1) != 0;
}

// Bit by bit, for there are few populations.
void add_users(const Model& model, const FallSweep& sweep,
               std::vector<FallCount>& counts) {
  double all = 0;
  for (const CompiledPopulation& population : model.populations) {
    all += population.users.value;
  }
  if (all == 0) return;
  for (const CompiledPopulation& population : model.populations) {
    const ServiceId product = model.products[population.product];
    const FallRow& row = sweep.row(model.graph.services[product].whole);
    const double share = population.users.value / all;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      counts[i].users.value += has_bit(row, i) ? share : 0;
    }
  }
}

}  // namespace

FallGraph fall_graph(const Graph& graph) {
  return FallGraphMaker(graph).make();
}

FallSweep::FallSweep(const FallGraph& graph)
    : graph_(graph),
      rows_(graph.nodes()),
      is_reached_(graph.nodes()),
      grew_(graph.nodes()),
      waiting_(graph.nodes() / 64 + 1),
      next_(waiting_.size()) {}

void FallSweep::put_down(std::size_t fall, std::span<const NodeId> nodes) {
  assert(fall < kFallsAtOnce);
  FallRow row{};
  row[fall / 64] = std::uint64_t{1} << fall % 64;
  for (const NodeId node : nodes) add(node, row);
}

void FallSweep::run() {
  for (; next_ < waiting_.size(); ++next_) {
    // Within a circle a node may send the sweep back.
    for (std::size_t word = next_; waiting_[word] != 0; word = next_) {
      const int bit = std::countr_zero(waiting_[word]);
      waiting_[word] &= waiting_[word] - 1;
      settle(static_cast<NodeId>(word * 64 + static_cast<std::size_t>(bit)));
    }
  }
}

void FallSweep::clear() {
  for (const NodeId node : reached_) {
    rows_[node] = {};
    is_reached_[node] = 0;
  }
  reached_.clear();
  next_ = waiting_.size();
}

void FallSweep::add(NodeId node, const FallRow& row) {
  FallRow& own = rows_[node];
  std::uint64_t grown = 0;
  for (std::size_t w = 0; w < kWords; ++w) {
    grown |= row[w] & ~own[w];
    own[w] |= row[w];
  }
  if (grown == 0) return;
  if (!is_reached_[node]) {
    is_reached_[node] = 1;
    reached_.push_back(node);
  }
  grew_[node] = 1;
  await(node);
}

void FallSweep::await(NodeId node) {
  waiting_[node / 64] |= std::uint64_t{1} << node % 64;
  next_ = std::min<std::size_t>(next_, node / 64);
}

void FallSweep::settle(NodeId node) {
  for (std::uint32_t i = graph_.first_group[node];
       i < graph_.first_group[node + 1]; ++i) {
    add(node, fallen(graph_.groups[i]));
  }
  if (!grew_[node]) return;
  grew_[node] = 0;
  waiting_[node / 64] &= ~(std::uint64_t{1} << node % 64);
  const FallRow row = rows_[node];
  for (std::uint32_t i = graph_.first_dependent[node];
       i < graph_.first_dependent[node + 1]; ++i) {
    add(graph_.dependents[i], row);
  }
  for (std::uint32_t i = graph_.first_asking[node];
       i < graph_.first_asking[node + 1]; ++i) {
    await(graph_.asking[i]);
  }
}

FallRow FallSweep::fallen(const FallGraph::Group& group) const {
  const std::uint32_t all = group.last - group.first;
  if (group.enough == all) {
    FallRow row = rows_[graph_.targets[group.first]];
    for (std::uint32_t i = group.first + 1; i < group.last; ++i) {
      const FallRow& next = rows_[graph_.targets[i]];
      for (std::size_t w = 0; w < kWords; ++w) row[w] &= next[w];
    }
    return row;
  }
  BitTally tally;
  for (std::uint32_t i = group.first; i < group.last; ++i) {
    tally.add(rows_[graph_.targets[i]]);
  }
  return tally.at_least(group.enough);
}

std::vector<FallCount> count_falls(const Model& model,
                                   std::span<const ServiceId> services,
                                   FallSweep& sweep) {
  const Graph& graph = model.graph;
  std::vector<FallCount> counts(services.size());
  for (std::size_t i = 0; i < services.size(); ++i) {
    counts[i].service = services[i];
    sweep.put_down(i, graph.services[services[i]].cells);
  }
  sweep.run();
  BitTally fallen, products;
  for (const NodeId node : sweep.reached()) {
    if (whole_of(graph, node) != node) continue;
    fallen.add(sweep.row(node));
    if (model.product_of[graph.nodes[node].service] != kNone) {
      products.add(sweep.row(node));
    }
  }
  for (std::size_t i = 0; i < services.size(); ++i) {
    counts[i].services = fallen.count(i) - 1;
    counts[i].products = products.count(i);
  }
  add_users(model, sweep, counts);
  sweep.clear();
  return counts;
}

}  // namespace outagesim
