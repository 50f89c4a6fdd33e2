// Which sticky services each node reaches by share-1 hard chains.
#include <algorithm>
#include <tuple>

#include "models/compiled/sticky.h"

namespace outagesim {
namespace {

class RootFinder {
 public:
  explicit RootFinder(Graph& graph) : graph_(graph) {
    graph_.first_root.assign(1, 0);
  }

  // Precondition: the nodes below have been visited.
  void visit(NodeId node) {
    found_.clear();
    if (graph_.nodes[node].circle == kNone) {
      has_cells(graph_, node) ? common_to_cells(node) : reached_by_needs(node);
    }
    std::erase(found_, node);
    std::ranges::sort(found_);
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    const bool is_root = service_of(node).sticky;
    found_.resize(std::min(found_.size(), kMostRoots - is_root));
    if (is_root) {
      found_.push_back(node);
    }
    graph_.roots.insert(graph_.roots.end(), found_.begin(), found_.end());
    graph_.first_root.push_back(
        static_cast<std::uint32_t>(graph_.roots.size()));
    watch_wholes(node);
  }

 private:
  const CompiledService& service_of(NodeId node) const {
    return graph_.services[graph_.nodes[node].service];
  }

  std::span<const NodeId> roots_of(NodeId node) const {
    return {graph_.roots.data() + graph_.first_root[node],
            graph_.roots.data() + graph_.first_root[node + 1]};
  }

  bool has_root(NodeId node, NodeId root) const {
    return std::ranges::count(roots_of(node), root) > 0;
  }

  void reached_by_needs(NodeId node) {
    for (const CompiledNeed& need : needs_of(graph_, node)) {
      if (is_chain(need)) {
        const auto roots = roots_of(graph_.targets[need.first_target]);
        found_.insert(found_.end(), roots.begin(), roots.end());
      }
    }
  }

  void common_to_cells(NodeId whole) {
    const CompiledService& service = service_of(whole);
    if (service.routing == Routing::kBalanced) {
      return;
    }
    for (const NodeId root : roots_of(service.cells[0])) {
      if (std::ranges::all_of(service.cells, [&](NodeId cell) {
            return has_root(cell, root);
          })) {
        found_.push_back(root);
      } else if (needs_its_own_cell(service, root)) {
        found_.push_back(whole_of(graph_, root));
      }
    }
  }

  // Whether each cell has its own cell of the service of `root` as a root.
  bool needs_its_own_cell(const CompiledService& service, NodeId root) const {
    const CompiledService& sticky = service_of(root);
    if (!is_one_cell(graph_, root) || sticky.cells_root != service.cells_root) {
      return false;
    }
    return std::ranges::all_of(service.cells, [&](NodeId cell) {
      return has_root(cell, sticky.cells[graph_.nodes[cell].cell]);
    });
  }

  void watch_wholes(NodeId node) {
    for (const NodeId root : found_) {
      if (has_cells(graph_, node) && has_cells(graph_, root) && root != node) {
        graph_.root_watches.push_back({root, node});
      }
    }
  }

  Graph& graph_;
  std::vector<NodeId> found_;
};

}  // namespace

void find_roots(Graph& graph) {
  if (graph.sticky.empty()) {
    return;
  }
  RootFinder finder(graph);
  for (NodeId node = 0; node < graph.nodes.size(); ++node) {
    finder.visit(node);
  }
  std::ranges::sort(graph.root_watches, {}, [](const RootWatch& watch) {
    return std::tuple(watch.root, watch.watcher);
  });
}

}  // namespace outagesim
