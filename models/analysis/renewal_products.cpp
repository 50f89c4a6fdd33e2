#include <algorithm>
#include <cmath>

#include "models/analysis/load_doubt.h"
#include "models/analysis/renewal_losses.h"
#include "models/analysis/scenario_chain.h"
#include "models/analysis/time_quadrature.h"

namespace outagesim {
namespace {

constexpr double kEqual = 1e-9;
constexpr std::uint32_t kSteps = 600;
constexpr std::uint32_t kMoments = 200;
constexpr double kLastHazard = 20;

// The mean share of health that is lost; nothing if it may leave [0, 1].
std::optional<double> mean_loss(const std::optional<Distribution>& severity) {
  if (!severity) return 1;
  const bool fits = cdf(*severity, 1) >= 1 && quantile(*severity, {1e-12}) >= 0;
  return fits ? std::optional(mean(*severity)) : std::nullopt;
}

// It always takes something and never all.
bool is_partial(const std::optional<Distribution>& severity) {
  return severity && quantile(*severity, {1e-12}) > 0 &&
         quantile(*severity, {1 - 1e-12}) < 1;
}

// What strikes a group of nodes together.
struct Source {
  RenewalLoss process;
  std::optional<double> always;  // what it leaves, where that is constant
  double none_found = 1;         // probability that none is under way at first
  double falls = 0;              // mean number within the horizon
  std::vector<NodeId> nodes;     // ascending
  // Probability that none begins later; absent where it is not known.
  std::optional<double> none_comes = {};
  double least_loss = 1;
};

class RenewalProductMaker {
 public:
  RenewalProductMaker(const Model& model, std::uint32_t product)
      : model_(model),
        graph_(model.graph),
        node_(graph_.services[model.products[product]].whole),
        cone_(serving_cone(graph_, node_)),
        health_(model.initial),
        propagation_(graph_) {
    answer_.product = product;
  }

  RenewalProduct make() {
    answer_.why_not = faults_doubt();
    if (answer_.why_not.empty()) answer_.why_not = list_sources();
    if (answer_.why_not.empty()) answer_.why_not = cone_doubt();
    if (answer_.why_not.empty()) answer_.why_not = group_nodes();
    if (answer_.why_not.empty() && !is_linear()) {
      answer_.why_not = "what it serves is not linear in a part's health";
    }
    if (!answer_.why_not.empty()) return std::move(answer_);
    average();
    count_falls();
    answer_.outage_probability = any_outage();
    return std::move(answer_);
  }

 private:
  Seconds watched() const { return model_.horizon - model_.begins; }

  bool meets(const std::vector<NodeId>& nodes) const {
    return std::ranges::any_of(nodes, [&](NodeId n) { return cone_[n] != 0; });
  }

  // --- What strikes it ---

  std::string faults_doubt() const {
    for (const CompiledFault& fault : model_.plan.faults) {
      for (const PlaceChoice& place : fault.where) {
        if (meets(place.nodes)) return "fault " + fault.name + " strikes it";
      }
    }
    return load_doubt(model_, answer_.product);
  }

  std::string list_sources() {
    for (const Process& process : model_.plan.processes) {
      if (!meets(process.nodes)) continue;
      const std::string why = add(process);
      if (!why.empty()) return process.name + ": " + why;
    }
    for (const CommonCauseProcess& cause : model_.plan.common_causes) {
      const std::string why = add(cause);
      if (!why.empty()) return "common cause " + cause.name + ": " + why;
    }
    return sources_.empty() ? "nothing strikes it" : std::string{};
  }

  const Clock* clock_of(std::uint32_t clock) const {
    return clock == kNone ? nullptr : &model_.plan.clocks[clock];
  }
  // Of the horizon, on a process's own clock.
  double on_clock(const Clock* clock) const {
    if (clock == nullptr) return watched().value;
    return (operational_time(*clock, model_.horizon) -
            operational_time(*clock, model_.begins))
        .value;
  }

  std::string add(const Process& process) {
    const std::optional<double> loss = mean_loss(process.severity);
    if (!loss) return "its severity reaches beyond all";
    if (!process.stationary) return "it begins as new";
    const Clock* clock = clock_of(process.clock);
    const double up = mean(process.time_to_failure);
    const double down = mean(process.time_to_repair);
    Source source{{process.time_to_failure, process.time_to_repair, *loss,
                   clock, model_.begins},
                  {},
                  std::exp(-down / up),
                  on_clock(clock) / up,
                  process.nodes};
    if (!process.start_to_start) {
      if (clock) return "its rate follows the hour and weekday";
      source.always = 1 - *loss * down / (up + down);
      source.none_found = up / (up + down);
      source.falls = watched().value / (up + down);
    }
    source.none_comes = none_begins(process.time_to_failure, on_clock(clock));
    return add(std::move(source), process.severity);
  }

  std::string add(const CommonCauseProcess& cause) {
    const auto its = [&](const auto& member) { return meets(member.nodes); };
    const auto members = std::ranges::count_if(cause.members, its);
    if (members == 0) return {};
    if (members > 1) return "it strikes two parts at once";
    if (!cause.stationary) return "it begins as new";
    if (!cause.shared_repair) return "each member has a repair of its own";
    const std::optional<double> loss = mean_loss(cause.severity);
    if (!loss) return "its severity reaches beyond all";
    const auto& member = *std::ranges::find_if(cause.members, its);
    const Clock* clock = clock_of(cause.clock);
    const double struck = member.struck.value;
    const double between = mean(cause.time_between);
    Source source{{cause.time_between, cause.time_to_repair, struck * *loss,
                   clock, model_.begins},
                  {},
                  std::exp(-struck * mean(cause.time_to_repair) / between),
                  struck * on_clock(clock) / between,
                  member.nodes};
    if (struck >= 1) {
      source.none_comes = none_begins(cause.time_between, on_clock(clock));
    }
    return add(std::move(source), cause.severity);
  }

  // The rest of the gap that covers the beginning outlasts the horizon
  // [Cox62, section 5.4].
  static double none_begins(const Distribution& gap, double horizon) {
    const double from = std::min(quantile(gap, {1e-9}), horizon / 2);
    return 1 - integral_in_decades(survival_of(gap), from, horizon) / mean(gap);
  }

  std::string add(Source source, const std::optional<Distribution>& severity) {
    if (severity) source.least_loss = quantile(*severity, {1e-12});
    falls_known_ = falls_known_ && is_partial(severity);
    std::ranges::sort(source.nodes);
    sources_.push_back(std::move(source));
    return {};
  }

  // --- What it makes of them ---

  std::string cone_doubt() const {
    for (NodeId node = 0; node < cone_.size(); ++node) {
      if (!cone_[node]) continue;
      const std::string& name =
          graph_.services[graph_.nodes[node].service].name;
      for (const CompiledNeed& need : needs_of(graph_, node)) {
        if (need.kind == NeedKind::kAny) return name + " may turn elsewhere";
        if (need.kind == NeedKind::kCached) return name + " has a cache";
      }
    }
    return {};
  }

  // Sources that strike the same nodes act on one health.
  std::string group_nodes() {
    for (const Source& source : sources_) {
      const auto same = std::ranges::find(groups_, source.nodes);
      group_of_.push_back(static_cast<std::size_t>(same - groups_.begin()));
      if (same != groups_.end()) continue;
      if (overlaps_a_group(source.nodes)) {
        return "what strikes it strikes different parts of one service";
      }
      groups_.push_back(source.nodes);
      const std::string why = health_doubt(source.nodes);
      if (!why.empty()) return why;
    }
    return {};
  }

  bool overlaps_a_group(const std::vector<NodeId>& nodes) const {
    return std::ranges::any_of(groups_, [&](const auto& group) {
      return std::ranges::find_first_of(group, nodes) != group.end();
    });
  }

  std::string health_doubt(const std::vector<NodeId>& nodes) const {
    for (const NodeId node : nodes) {
      const CompiledService& service =
          graph_.services[graph_.nodes[node].service];
      if (graph_.nodes[node].capacity != 1) {
        return service.name + " has head-room";
      }
      if (service.restart.takes || !service.to_start_services.empty()) {
        return service.name + " takes time to restart";
      }
    }
    return {};
  }

  double served(const std::vector<double>& left) {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      for (const NodeId node : groups_[g]) {
        health_.own[node] = left[g];
        propagation_.mark(node);
      }
    }
    propagation_.settle(health_);
    propagation_.clear_changed();
    return health_.served[node_] / model_.initial.served[node_];
  }

  // In the health of each group, wherever the others are.
  bool is_linear() {
    for (const double others : {1.0, 0.6, 0.0}) {
      std::vector<double> left(groups_.size(), others);
      for (double& one : left) {
        one = 0;
        const double none = served(left);
        one = 0.5;
        const double half = served(left);
        one = 1;
        const double all = served(left);
        if (std::abs(half - (none + all) / 2) > kEqual) return false;
        falls_known_ = falls_known_ && (others == 0 || all > half + kEqual);
        one = others;
      }
    }
    return true;
  }

  double left_by(const Source& source, Seconds t, std::uint32_t steps) {
    return source.always ? *source.always : left_at(source.process, t, steps);
  }

  double served_at(Seconds t, std::uint32_t steps) {
    std::vector<double> left(groups_.size(), 1);
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      left[group_of_[i]] *= left_by(sources_[i], t, steps);
    }
    return served(left);
  }

  // Nothing changes any more where no rate follows a clock.
  Seconds settled() const {
    Seconds last{0};
    for (const Source& source : sources_) {
      if (source.process.clock) return kForever;
      if (source.always) continue;
      last = std::max(last, Seconds{inverse_cumulative_hazard(
                                source.process.length, kLastHazard)});
    }
    return last;
  }

  void average() {
    const Seconds end = std::min(watched(), settled());
    double even = 0, odd = 0, coarse = 0, fine = 0;
    for (std::uint32_t i = 0; i < kMoments && end > Seconds{0}; ++i) {
      const Seconds t = (i + 0.5) / kMoments * end;
      const double now = served_at(t, kSteps);
      (i % 2 ? odd : even) += 2 * now / kMoments;
      if (i % 20 != 0) continue;
      fine += now;
      coarse += served_at(t, kSteps / 2);
    }
    const double share = end / watched();
    answer_.availability = share * (even + odd) / 2;
    if (share < 1) {
      answer_.availability += (1 - share) * served_at(end, kSteps);
    }
    answer_.error = share * (std::abs(even - odd) / 2 +
                             std::abs(fine - coarse) * 20 / kMoments);
  }

  // What is found at the beginning is one fall.
  void count_falls() {
    if (!falls_known_) return;
    double none = 1, falls = 0;
    for (const Source& source : sources_) {
      none *= source.none_found;
      falls += source.falls;
    }
    answer_.incidents = falls + 1 - none;
  }

  // Where the least of failures is an outage already.
  std::optional<double> any_outage() {
    double none = 1;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      std::vector<double> left(groups_.size(), 1);
      left[group_of_[i]] = 1 - sources_[i].least_loss;
      const bool is_out = served(left) < model_.outage.below.value - kEqual;
      if (!is_out || !sources_[i].none_comes) return {};
      none *= sources_[i].none_found * *sources_[i].none_comes;
    }
    return 1 - none;
  }

  const Model& model_;
  const Graph& graph_;
  NodeId node_;
  std::vector<std::uint8_t> cone_;
  Health health_;
  Propagation propagation_;
  RenewalProduct answer_;
  std::vector<Source> sources_;
  std::vector<std::vector<NodeId>> groups_;
  std::vector<std::size_t> group_of_;  // by source
  bool falls_known_ = true;
};

}  // namespace

std::vector<RenewalProduct> renewal_products(const Model& model) {
  std::vector<RenewalProduct> products;
  for (std::uint32_t i = 0; i < model.products.size(); ++i) {
    products.push_back(RenewalProductMaker(model, i).make());
  }
  return products;
}

}  // namespace outagesim
