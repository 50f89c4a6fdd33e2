#include "models/analysis/cut_sets.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace outagesim {
namespace {

using Sets = std::vector<CutSet>;

bool contains(const CutSet& larger, const CutSet& smaller) {
  return std::ranges::includes(larger, smaller);
}

// Finds the minimal solutions of each node once, for each order still allowed.
class CutSetSearch {
 public:
  CutSetSearch(const DecisionDiagram& diagram, std::size_t most)
      : diagram_(diagram), most_(most) {}

  const Sets& solutions(DiagramRef f, std::uint32_t order) {
    const auto [at, is_new] = known_.try_emplace(std::pair(f, order));
    if (!is_new) return at->second;
    Sets& sets = at->second;  // a map's nodes stay where they are
    if (f == kDiagramFalse) return sets;
    if (f == kDiagramTrue) {
      sets.emplace_back();
      return sets;
    }
    const DiagramNode node = diagram_.node(f);
    sets = solutions(node.low, order);
    if (order == 0) return sets;
    const std::size_t without = sets.size();
    for (const CutSet& rest : solutions(node.high, order - 1)) {
      // Where what is left is enough by itself, this failure is not needed.
      const bool enough = std::any_of(
          sets.begin(), sets.begin() + static_cast<std::ptrdiff_t>(without),
          [&](const CutSet& set) { return contains(rest, set); });
      if (enough) continue;
      if (sets.size() >= most_) {
        whole_ = false;
        break;
      }
      sets.push_back({node.variable});
      sets.back().insert(sets.back().end(), rest.begin(), rest.end());
    }
    return sets;
  }

  bool whole() const { return whole_; }

 private:
  const DecisionDiagram& diagram_;
  std::size_t most_;
  bool whole_ = true;
  std::map<std::pair<DiagramRef, std::uint32_t>, Sets> known_;
};

double ratio(double a, double b) {
  if (b > 0) return a / b;
  return a > 0 ? std::numeric_limits<double>::infinity() : 1;
}

}  // namespace

CutSetAnswer minimal_cut_sets(const DecisionDiagram& diagram, DiagramRef f,
                              const CutSetOptions& options) {
  CutSetSearch search(diagram, options.most_sets);
  CutSetAnswer answer;
  answer.sets = search.solutions(f, options.most_order);
  answer.whole = search.whole();
  std::ranges::sort(answer.sets, [](const CutSet& a, const CutSet& b) {
    return std::pair(a.size(), a) < std::pair(b.size(), b);
  });
  return answer;
}

std::vector<FailureImportance> failure_importance(
    const DecisionDiagram& diagram, DiagramRef f, std::span<const double> p) {
  const double total = probability_of(diagram, f, p);
  const std::vector<double> birnbaum = birnbaum_importance(diagram, f, p);
  std::vector<FailureImportance> all(diagram.variables());
  for (const std::uint32_t v : support_of(diagram, f)) {
    const double failed = total + (1 - p[v]) * birnbaum[v];
    const double never = total - p[v] * birnbaum[v];
    all[v].birnbaum = birnbaum[v];
    all[v].fussell_vesely = total > 0 ? p[v] * birnbaum[v] / total : 0;
    all[v].achievement = ratio(failed, total);
    all[v].reduction = ratio(total, std::max(never, 0.0));
  }
  return all;
}

}  // namespace outagesim
