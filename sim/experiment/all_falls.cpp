#include "sim/experiment/all_falls.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "sim/experiment/blocks.h"

namespace outagesim {
namespace {

// Neighbours in the graph together, for they reach much the same.
std::vector<ServiceId> in_order_of_the_graph(const Graph& graph) {
  std::vector<ServiceId> services(graph.services.size());
  std::iota(services.begin(), services.end(), 0);
  std::ranges::sort(services, {},
                    [&](ServiceId id) { return graph.services[id].whole; });
  return services;
}

class AllFalls {
 public:
  AllFalls(const Model& model, unsigned threads)
      : model_(model),
        graph_(fall_graph(model.graph)),
        services_(in_order_of_the_graph(model.graph)),
        threads_(thread_count(threads, sweeps())),
        of_thread_(threads_),
        counts_(services_.size()) {}

  std::vector<FallCount> run(std::stop_token stop) {
    const std::uint64_t ended =
        run_blocks({0, sweeps(), threads_, std::move(stop)},
                   [this](unsigned thread, const Block& block) {
                     for (auto i = block.first; i < block.last; ++i) {
                       sweep_over(i, thread);
                     }
                   });
    if (ended < sweeps()) return {};
    return std::move(counts_);
  }

 private:
  std::uint64_t sweeps() const {
    return (services_.size() + kFallsAtOnce - 1) / kFallsAtOnce;
  }

  void sweep_over(std::uint64_t number, unsigned thread) {
    std::optional<FallSweep>& sweep = of_thread_[thread];
    if (!sweep) sweep.emplace(graph_);
    const std::size_t first = number * kFallsAtOnce;
    const auto some = std::span(services_).subspan(
        first, std::min(kFallsAtOnce, services_.size() - first));
    for (const FallCount& count : count_falls(model_, some, *sweep)) {
      counts_[count.service] = count;
    }
  }

  const Model& model_;
  FallGraph graph_;
  std::vector<ServiceId> services_;
  unsigned threads_;
  std::vector<std::optional<FallSweep>> of_thread_;
  std::vector<FallCount> counts_;
};

}  // namespace

std::vector<FallCount> all_falls(const Model& model, unsigned threads,
                                 std::stop_token stop) {
  return AllFalls(model, threads).run(std::move(stop));
}

}  // namespace outagesim
