#include "models/compiled/circle_walk.h"

#include <algorithm>

#include "models/compiled/sticky.h"

namespace outagesim {
namespace {

constexpr std::uint32_t kDeepest = 4;
constexpr double kMostSteps = 2e5;  // walks for one circle

bool lies_in(const Circle& circle, NodeId node) {
  return circle.first <= node && node < circle.last;
}

// Whether following the need within the circle opens a walk of its own: it is
// tolerant, or it leads from one cell to another.
bool branches(const Graph& graph, const CompiledNeed& need, NodeId target) {
  return !is_chain(need) ||
         (is_one_cell(graph, need.owner) && is_one_cell(graph, target));
}

std::size_t count_branches_of(const Graph& graph, const Circle& circle,
                              const CompiledNeed& need) {
  const auto count =
      std::ranges::count_if(targets_of(graph, need), [&](NodeId target) {
        return lies_in(circle, target) && branches(graph, need, target);
      });
  return static_cast<std::size_t>(count);
}

std::size_t count_branches(const Graph& graph, const Circle& circle) {
  std::size_t count = 0;
  for (NodeId node = circle.first; node < circle.last; ++node) {
    for (const CompiledNeed& need : needs_of(graph, node)) {
      count += count_branches_of(graph, circle, need);
    }
  }
  return count;
}

}  // namespace

void set_circle_depths(Graph& graph) {
  for (Circle& circle : graph.circles) {
    const auto branching = static_cast<double>(count_branches(graph, circle));
    double steps = circle.last - circle.first;
    circle.depth = 0;
    while (circle.depth < kDeepest && steps * branching <= kMostSteps) {
      steps *= std::max(1.0, branching);
      ++circle.depth;
    }
  }
}

// How a target inside or outside the circle answers someone in it.
struct CircleWalk::AnswerInside {
  CircleWalk& walk;
  std::uint32_t depth;
  Answer operator()(NodeId target) const {
    return walk.is_inside(target) ? walk.inside(target, depth)
                                  : SettledAnswer{*walk.health_}(target);
  }
};

CircleWalk::CircleWalk(const Graph& graph)
    : graph_(graph), has_(graph.circles.empty() ? 0 : graph.nodes.size(), 0) {}

void CircleWalk::answer_all(const Health& health, const Circle& circle,
                            std::vector<Answer>& answers) {
  health_ = &health;
  circle_ = &circle;
  answers.assign(circle.last - circle.first, Answer{});
  for (NodeId node = circle.first; node < circle.last; ++node) {
    all_sure_ = true;
    answers[node - circle.first] = walk(node, 0);
    if (all_sure_ && closure_ == answers.size()) {
      // Each reaches all the others by sure needs: one product serves all.
      std::ranges::fill(answers, answers[node - circle.first]);
      return;
    }
  }
}

// s(from | what is met).
Answer CircleWalk::walk(NodeId from, std::uint32_t depth) {
  const std::size_t begin = met_.size();
  meet(from);
  close_over_sure_needs(begin);
  const std::size_t end = met_.size();
  Answer answer;
  for (std::size_t i = begin; i < end; ++i) {
    answer *= own_factor(met_[i], depth);
  }
  forget_from(begin);
  closure_ = end - begin;
  return answer;
}

void CircleWalk::close_over_sure_needs(std::size_t begin) {
  for (std::size_t i = begin; i < met_.size(); ++i) {
    if (has_cells(graph_, met_[i])) {
      add_needs_of_whole(met_[i]);
    } else {
      add_needs_of_cell(met_[i]);
    }
  }
}

void CircleWalk::add_needs_of_cell(NodeId node) {
  const NeedId first = graph_.nodes[node].first_need;
  for (NeedId id = first; id < first + graph_.nodes[node].needs; ++id) {
    const NodeId target = sure_target(id);
    if (target != kNone && !has_[target]) {
      meet(target);
    }
  }
}

// Cells of one service declare the same needs in the same order.
void CircleWalk::add_needs_of_whole(NodeId whole) {
  const auto& cells = graph_.services[graph_.nodes[whole].service].cells;
  const Node& model = graph_.nodes[cells[0]];
  for (std::uint32_t k = 0; k < model.needs; ++k) {
    const NodeId target = sure_target(model.first_need + k);
    const bool shared =
        target != kNone && !has_[target] &&
        std::ranges::all_of(cells, [&](NodeId cell) {
          return sure_target(graph_.nodes[cell].first_need + k) == target;
        });
    if (shared) {
      meet(target);
    }
  }
}

Answer CircleWalk::own_factor(NodeId node, std::uint32_t depth) {
  return has_cells(graph_, node) ? mean_of_cells(node, depth)
                                 : with_needs(node, depth);
}

Answer CircleWalk::mean_of_cells(NodeId whole, std::uint32_t depth) {
  all_sure_ = false;
  double served = 0, full = 0;
  for (const NodeId cell : graph_.services[graph_.nodes[whole].service].cells) {
    Answer answer;
    if (!is_inside(cell)) {
      answer = SettledAnswer{*health_}(cell);
    } else if (!has_[cell]) {
      const std::size_t begin = met_.size();
      meet(cell);
      answer = with_needs(cell, depth);
      forget_from(begin);
    }
    const double part = graph_.nodes[cell].weight * answer.served;
    served += part;
    full += part * answer.full;
  }
  return {routed(graph_, *health_, whole, served),
          served > 0 ? full / served : 1};
}

// The node's own factor and its needs, without those its closure stands for.
Answer CircleWalk::with_needs(NodeId node, std::uint32_t depth) {
  const AnswerInside answer_inside{*this, depth};
  const NeedReader reader(graph_, *health_, answer_inside);
  Answer answer{health_->own[node], 1};
  const NeedId first = graph_.nodes[node].first_need;
  for (NeedId id = first; id < first + graph_.nodes[node].needs; ++id) {
    if (health_->dropped[id]) {
      all_sure_ = false;
      continue;
    }
    const NodeId target = sure_target(id);
    if (target == kNone || !has_[target]) {
      all_sure_ = all_sure_ && leaves(graph_.needs[id]);
      answer *= reader.factor(graph_.needs[id]);
    }
  }
  return answer;
}

Answer CircleWalk::inside(NodeId target, std::uint32_t depth) {
  return has_[target] || depth >= circle_->depth ? Answer{}
                                                 : walk(target, depth + 1);
}

// The target in the circle that every request of the owner calls right now, or
// kNone.
NodeId CircleWalk::sure_target(NeedId id) const {
  const CompiledNeed& need = graph_.needs[id];
  const bool is_any = need.kind == NeedKind::kAny;
  if (need.share != 1 || (need.kind != NeedKind::kHard && !is_any) ||
      health_->dropped[id]) {
    return kNone;
  }
  const std::uint32_t active = is_any ? health_->needs[need.state].active : 0;
  const std::uint32_t entry = need.first_target + active;
  const NodeId target = graph_.targets[entry];
  if (!is_inside(target) || health_->cold[entry] ||
      (is_any && health_->needs[need.state].switching)) {
    return kNone;
  }
  return is_in_time(need, target) ? target : kNone;
}

bool CircleWalk::is_in_time(const CompiledNeed& need, NodeId target) const {
  if (!graph_.has_timeouts || need.law == kNone ||
      !graph_.need_laws[need.law].timeout) {
    return true;
  }
  const Seconds timeout = *graph_.need_laws[need.law].timeout;
  return answer_in_time(graph_, *health_, target, timeout, {}).served == 1;
}

// Whether the need has no target in the circle.
bool CircleWalk::leaves(const CompiledNeed& need) const {
  return std::ranges::none_of(targets_of(graph_, need),
                              [&](NodeId node) { return is_inside(node); });
}

bool CircleWalk::is_inside(NodeId node) const {
  return lies_in(*circle_, node);
}

void CircleWalk::meet(NodeId node) {
  has_[node] = 1;
  met_.push_back(node);
}

void CircleWalk::forget_from(std::size_t begin) {
  for (std::size_t i = begin; i < met_.size(); ++i) {
    has_[met_[i]] = 0;
  }
  met_.resize(begin);
}

}  // namespace outagesim
