// What one need does to its owner: the factor by which it multiplies the
// owner's served fraction, and the share of the served answers that it leaves
// undegraded. How well a target answers is asked of `answer_of(node)`, because
// inside a circle the answer depends on who asks. Definitions: docs/model.md.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "models/compiled/health.h"
#include "models/compiled/model.h"

namespace outagesim {

// Of a node, or the factor of a need: both in [0, 1].
struct Answer {
  double served = 1;
  double full = 1;  // of what is served
};

inline Answer& operator*=(Answer& a, Answer b) {
  a.served *= b.served;
  a.full *= b.full;
  return a;
}

// What a call made by `share` of the requests passes on; exact for all or none.
inline double pass(double share, double success) {
  return share == 1 ? success : 1 - share * (1 - success);
}

// Whether requests to the service go to any of its cells that works.
inline bool is_balanced(const Graph& graph, const Health& health,
                        ServiceId service) {
  return graph.services[service].routing == Routing::kBalanced ||
         health.balanced[service] != 0;
}

// The mean over cells as the whole serves it.
inline double routed(const Graph& graph, const Health& health, NodeId whole,
                     double mean) {
  const Node& node = graph.nodes[whole];
  return is_balanced(graph, health, node.service)
             ? std::min(1.0, node.capacity * mean)
             : std::min(1.0, mean);
}

// The answer a target gives in time. Where it has cells, the late ones count
// as failed.
Answer answer_in_time(const Graph& graph, const Health& health, NodeId target,
                      Seconds timeout, Answer answer);

// Probability that at least `at_least` of n independent calls succeed, one
// success(i) each. O(n × min(at_least, n − at_least)); allocates only where
// that minimum exceeds 64. [Barlow84]
template <class Success>
double quorum_probability(std::uint32_t n, std::uint32_t at_least,
                          Success success) {
  if (at_least == 0 || at_least > n) {
    return at_least == 0 ? 1 : 0;
  }
  const std::uint32_t failures = n - at_least + 1;  // that many break it
  const bool count_failures = failures < at_least;
  const std::uint32_t limit = count_failures ? failures : at_least;
  std::array<double, 65> small{};
  std::vector<double> large(limit < small.size() ? 0 : limit + 1);
  double* const counted = large.empty() ? small.data() : large.data();
  counted[0] = 1;  // counted[k]: probability of k so far; `limit` absorbs
  for (std::uint32_t i = 0; i < n; ++i) {
    const double p = count_failures ? 1 - success(i) : success(i);
    counted[limit] += counted[limit - 1] * p;
    for (std::uint32_t k = limit - 1; k > 0; --k) {
      counted[k] = counted[k] * (1 - p) + counted[k - 1] * p;
    }
    counted[0] *= 1 - p;
  }
  return count_failures ? 1 - counted[limit] : counted[limit];
}

// Reads the state of one need.
template <class AnswerOf>
class NeedReader {
 public:
  NeedReader(const Graph& graph, const Health& health, AnswerOf& answer_of)
      : graph_(graph), health_(health), answer_of_(answer_of) {}

  // Precondition: the need is not dropped.
  Answer factor(const CompiledNeed& need) const {
    switch (need.kind) {
      case NeedKind::kSoft: {
        const Answer a = call(need, 0);
        return {1, pass(need.share, a.served * a.full)};
      }
      case NeedKind::kCached:
        return cached(need);
      case NeedKind::kAsync: {
        const bool waits = health_.needs[need.state].backlog;
        return {1, pass(need.share, waits ? 0 : call(need, 0).served)};
      }
      default: {
        const Answer a = success(need);
        return {pass(need.share, a.served), pass(need.share, a.full)};
      }
    }
  }

  // Success of the call after alternatives.
  Answer success(const CompiledNeed& need) const {
    if (need.kind == NeedKind::kAny) {
      const NeedState& state = health_.needs[need.state];
      return state.switching ? Answer{0, 1} : call(need, state.active);
    }
    return need.kind == NeedKind::kQuorum ? quorum(need) : call(need, 0);
  }

 private:
  // The answer of one target, as this need's owner meets it.
  Answer call(const CompiledNeed& need, std::uint32_t i) const {
    const std::uint32_t entry = need.first_target + i;
    if (health_.cold[entry]) {
      return {0, 1};
    }
    const NodeId target = graph_.targets[entry];
    const Answer answer = answer_of_(target);
    if (!health_.calls.empty() && !std::isnan(health_.calls[entry])) {
      return {health_.calls[entry], answer.full};
    }
    if (graph_.has_timeouts && need.law != kNone) {
      const auto& timeout = graph_.need_laws[need.law].timeout;
      return timeout ? answer_in_time(graph_, health_, target, *timeout, answer)
                     : answer;
    }
    return answer;
  }

  // Degraded answers of the target enter only where the cache has run out.
  Answer cached(const CompiledNeed& need) const {
    const NeedState& state = health_.needs[need.state];
    const Answer a = call(need, 0);
    const double failing =
        std::max(state.expired * (1 - a.served), state.residual);
    return {1 - need.share * failing,
            1 - need.share * state.expired * (1 - a.full)};
  }

  // Full: the mean over those that answer.
  Answer quorum(const CompiledNeed& need) const {
    double sum = 0, full = 0;
    const auto success_of = [&](std::uint32_t i) {
      const Answer a = call(need, i);
      sum += a.served;
      full += a.served * a.full;
      return a.served;
    };
    const double p =
        quorum_probability(need.targets, need.at_least, success_of);
    return {p, sum > 0 ? full / sum : 1};
  }

  const Graph& graph_;
  const Health& health_;
  AnswerOf& answer_of_;
};

// The answer last settled, for all that stands outside a circle.
struct SettledAnswer {
  const Health& health;
  Answer operator()(NodeId node) const {
    return {health.served[node], health.full[node]};
  }
};

}  // namespace outagesim
