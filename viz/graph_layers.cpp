#include "viz/graph_layers.h"

#include <algorithm>
#include <set>

#include "models/compiled/model.h"

namespace outagesim {
namespace {

// Targets before owners; a circle is broken at its first member.
class TopologicalOrder {
 public:
  explicit TopologicalOrder(const BoxGraph& graph)
      : graph_(graph), waits_(graph.targets.size()) {
    for (std::uint32_t i = 0; i < waits_.size(); ++i) {
      waits_[i] = graph.targets[i].size();
      (waits_[i] == 0 ? ready_ : left_).insert(i);
    }
  }

  std::vector<std::uint32_t> take() {
    std::vector<std::uint32_t> order;
    while (order.size() < waits_.size()) {
      auto& from = ready_.empty() ? left_ : ready_;
      order.push_back(*from.begin());
      from.erase(from.begin());
      release(order.back());
    }
    return order;
  }

 private:
  void release(std::uint32_t box) {
    for (const std::uint32_t owner : graph_.owners[box]) {
      if (!left_.contains(owner) || --waits_[owner] > 0) continue;
      left_.erase(owner);
      ready_.insert(owner);
    }
  }

  const BoxGraph& graph_;
  std::vector<std::size_t> waits_;
  std::set<std::uint32_t> ready_, left_;
};

// Longest way from the suppliers; then as near to those who need it as can be.
// Products stand to the right of all that is no product.
class Layers {
 public:
  Layers(const BoxGraph& graph, const std::vector<ServiceKind>& kinds)
      : graph_(graph),
        kinds_(kinds),
        order_(TopologicalOrder(graph).take()),
        place_(order_.size()),
        layer_(order_.size()) {
    for (std::uint32_t i = 0; i < order_.size(); ++i) place_[order_[i]] = i;
  }

  std::vector<std::uint32_t> found() {
    std::uint32_t last = 0;
    for (const std::uint32_t box : order_) {
      if (is_product(box)) continue;
      push_right(box);
      last = std::max(last, layer_[box]);
    }
    for (const std::uint32_t box : order_) {
      if (!is_product(box)) continue;
      layer_[box] = last + 1;
      push_right(box);
    }
    for (auto box = order_.rbegin(); box != order_.rend(); ++box) {
      const bool fixed =
          is_product(*box) || kinds_[*box] == ServiceKind::kSupplier;
      if (!fixed) pull_to_owners(*box);
    }
    return layer_;
  }

 private:
  bool is_product(std::uint32_t box) const {
    return kinds_[box] == ServiceKind::kProduct;
  }

  // Beyond what it needs and what came before it.
  void push_right(std::uint32_t box) {
    const bool supplier = kinds_[box] == ServiceKind::kSupplier;
    if (!supplier && !graph_.targets[box].empty()) {
      layer_[box] = std::max(layer_[box], 1U);
    }
    for (const std::uint32_t target : graph_.targets[box]) {
      if (place_[target] > place_[box]) continue;
      layer_[box] = std::max(layer_[box], layer_[target] + 1);
    }
  }

  void pull_to_owners(std::uint32_t box) {
    std::uint32_t nearest = kNone;
    for (const std::uint32_t owner : graph_.owners[box]) {
      if (place_[owner] > place_[box]) {
        nearest = std::min(nearest, layer_[owner]);
      }
    }
    if (nearest != kNone) layer_[box] = std::max(1U, nearest) - 1;
  }

  const BoxGraph& graph_;
  const std::vector<ServiceKind>& kinds_;
  std::vector<std::uint32_t> order_, place_, layer_;
};

}  // namespace

std::vector<std::uint32_t> layers_of(const BoxGraph& graph,
                                     const std::vector<ServiceKind>& kinds) {
  return Layers(graph, kinds).found();
}

}  // namespace outagesim
