#include "models/compiled/components.h"

#include <algorithm>

namespace outagesim {
namespace {

constexpr std::uint32_t kUnseen = 0;

class Tarjan {
 public:
  explicit Tarjan(const FlatGraph& graph)
      : graph_(graph),
        number_(graph.nodes(), kUnseen),
        low_(graph.nodes()),
        done_(graph.nodes()),
        next_edge_(graph.first_edge.begin(), graph.first_edge.end() - 1) {
    found_.order.reserve(graph.nodes());
    found_.first.push_back(0);
  }

  Components run() {
    for (std::uint32_t node = 0; node < graph_.nodes(); ++node) {
      if (number_[node] == kUnseen) {
        search_from(node);
      }
    }
    return std::move(found_);
  }

 private:
  void search_from(std::uint32_t root) {
    enter(root);
    while (!path_.empty()) {
      const std::uint32_t node = path_.back();
      if (next_edge_[node] < graph_.first_edge[node + 1]) {
        follow(node, graph_.edges[next_edge_[node]++]);
      } else {
        leave(node);
      }
    }
  }

  void enter(std::uint32_t node) {
    number_[node] = low_[node] = ++last_number_;
    path_.push_back(node);
    open_.push_back(node);
  }

  void follow(std::uint32_t node, std::uint32_t target) {
    if (number_[target] == kUnseen) {
      enter(target);
    } else if (!done_[target]) {
      low_[node] = std::min(low_[node], number_[target]);
    }
  }

  void leave(std::uint32_t node) {
    path_.pop_back();
    if (!path_.empty()) {
      low_[path_.back()] = std::min(low_[path_.back()], low_[node]);
    }
    if (low_[node] == number_[node]) {
      close_component(node);
    }
  }

  void close_component(std::uint32_t root) {
    const auto begin = std::find(open_.rbegin(), open_.rend(), root).base() - 1;
    for (auto it = begin; it != open_.end(); ++it) {
      done_[*it] = 1;
      found_.order.push_back(*it);
    }
    open_.erase(begin, open_.end());
    found_.first.push_back(static_cast<std::uint32_t>(found_.order.size()));
  }

  const FlatGraph& graph_;
  std::vector<std::uint32_t> number_, low_;
  std::vector<std::uint8_t> done_;
  std::vector<std::uint32_t> next_edge_;
  std::vector<std::uint32_t> path_;  // the search, from the root down
  std::vector<std::uint32_t> open_;  // seen, component not yet known
  std::uint32_t last_number_ = kUnseen;
  Components found_;
};

}  // namespace

Components strong_components(const FlatGraph& graph) {
  return Tarjan(graph).run();
}

}  // namespace outagesim
