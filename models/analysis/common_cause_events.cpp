#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "models/analysis/strikes.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostSpared = 8;

class CommonCauseEvents {
 public:
  CommonCauseEvents(const Model& model, const CommonCauseProcess& cause,
                    FailureSources& into)
      : model_(model), cause_(cause), into_(into) {}

  void add() {
    if (const std::string why = why_it_cannot(); !why.empty()) {
      into_.unknown.push_back({all_nodes(), cause_.name + ": " + why});
      return;
    }
    for (std::uint32_t set = 1; set < 1U << cause_.members.size(); ++set) {
      if (can_be_left(set)) add_set(set);
    }
  }

 private:
  std::string why_it_cannot() const {
    if (!is_exponential(cause_.time_between)) {
      return "the times between its strikes are not exponential";
    }
    if (cause_.severity) return "its strikes have a severity";
    if (cause_.clock != kNone) return "its rate follows the hour and weekday";
    if (!has_moments(cause_.time_to_repair)) {
      return "its repairs have no finite variance";
    }
    if (!cause_.shared_repair && cause_.stationary) {
      return "repairs of each member's own are under way at the start";
    }
    if (!cause_.shared_repair && !is_exponential(cause_.time_to_repair)) {
      return "each member's repair is its own, and not exponential";
    }
    const auto spared =
        std::ranges::count_if(cause_.members, [&](const auto& m) {
          return m.struck.value < 1 || !cause_.shared_repair;
        });
    if (static_cast<std::size_t>(spared) > kMostSpared ||
        cause_.members.size() > 20) {
      return "it has more members than eight that a strike may spare";
    }
    return {};
  }

  std::vector<NodeId> all_nodes() const {
    std::vector<NodeId> nodes;
    for (const auto& member : cause_.members) {
      nodes.insert(nodes.end(), member.nodes.begin(), member.nodes.end());
    }
    return nodes;
  }

  std::string member_name(const CommonCauseProcess::Member& member) const {
    const Graph& graph = model_.graph;
    return member.nodes.size() == 1
               ? node_name(graph, member.nodes[0])
               : graph.services[graph.nodes[member.nodes[0]].service].name;
  }

  // The share of strikes that hit just this set.
  double share_of(std::uint32_t set) const {
    double share = 1;
    for (std::size_t i = 0; i < cause_.members.size(); ++i) {
      const double p = cause_.members[i].struck.value;
      share *= ((set >> i) & 1U) != 0 ? p : 1 - p;
    }
    return share;
  }

  // Whether a strike can ever leave just this set down: with repairs of their
  // own, members struck may be back before the others.
  bool can_be_left(std::uint32_t set) const {
    if (cause_.shared_repair) return share_of(set) > 0;
    for (std::size_t i = 0; i < cause_.members.size(); ++i) {
      const bool in = ((set >> i) & 1U) != 0;
      if (in && cause_.members[i].struck.value == 0) return false;
    }
    return true;
  }

  void add_set(std::uint32_t set) {
    FailureSource source;
    source.name = cause_.name;
    std::vector<NodeId> nodes;
    for (std::size_t i = 0; i < cause_.members.size(); ++i) {
      const auto& member = cause_.members[i];
      if (((set >> i) & 1U) == 0) continue;
      source.name += (nodes.empty() ? " of " : " and ") + member_name(member);
      nodes.insert(nodes.end(), member.nodes.begin(), member.nodes.end());
    }
    source.losses = losses_of(nodes, 0);
    const double rate = 1 / mean(cause_.time_between);
    if (cause_.shared_repair) {
      set_strikes(source, rate * share_of(set), cause_.time_to_repair,
                  cause_.stationary);
    } else {
      set_left_down(source, rate, set);
    }
    into_.known.push_back(std::move(source));
  }

  // Each member's repair is its own, exponential: strikes of age u leave just
  // this set down with Π p e^(-u/m) × Π (1 - p e^(-u/m)), a sum of exponentials
  // over what is left out.
  void set_left_down(FailureSource& source, double rate, std::uint32_t set) {
    std::vector<double> in, out;
    for (std::size_t i = 0; i < cause_.members.size(); ++i) {
      (((set >> i) & 1U) != 0 ? in : out)
          .push_back(cause_.members[i].struck.value);
    }
    // Σ over subsets of `out` of (-1)^size Π p × e^(-(in + size) u / m).
    std::vector<double> weight(cause_.members.size() + 1, 0.0);
    double all_in = 1;
    for (const double p : in) all_in *= p;
    for (std::uint32_t s = 0; s < 1U << out.size(); ++s) {
      double term = all_in;
      for (std::size_t i = 0; i < out.size(); ++i) {
        if (((s >> i) & 1U) != 0) term *= -out[i];
      }
      weight[in.size() + static_cast<std::size_t>(std::popcount(s))] += term;
    }
    const double m = mean(cause_.time_to_repair);
    const auto number = [weight, m, rate](double t) {
      double sum = 0;
      for (std::size_t k = 1; k < weight.size(); ++k) {
        const auto n = static_cast<double>(k);
        sum += weight[k] * (m / n) * -std::expm1(-t * n / m);
      }
      return rate * sum;
    };
    source.long_run =
        -std::expm1(-number(std::numeric_limits<double>::infinity()));
    source.under_way = [number](Seconds t) {
      return -std::expm1(-number(std::max(0.0, t.value)));
    };
  }

  const Model& model_;
  const CommonCauseProcess& cause_;
  FailureSources& into_;
};

}  // namespace

void add_common_cause(const Model& model, const CommonCauseProcess& cause,
                      FailureSources& into) {
  CommonCauseEvents(model, cause, into).add();
}

}  // namespace outagesim
