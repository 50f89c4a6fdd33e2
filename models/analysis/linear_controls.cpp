#include "models/analysis/linear_controls.h"

#include <cmath>
#include <limits>

#include "models/compiled/propagation.h"

namespace outagesim {
namespace {

constexpr Seconds kUnknown{std::numeric_limits<double>::quiet_NaN()};

bool is_exponential(const Distribution& law) {
  return !law.is_cut() && std::holds_alternative<Exponential>(law.law());
}

class LoneFailures {
 public:
  explicit LoneFailures(const Model& model)
      : model_(model), health_(model.initial), propagation_(model.graph) {}

  void add(std::uint32_t index, Seconds mean, LinearControls& controls) {
    const Process& process = model_.plan.processes[index];
    set_own(process, 0);
    bool any = false;
    for (std::uint32_t p = 0; p < model_.products.size(); ++p) {
      const double lost = 1 - served(p);
      const bool out = 1 - lost < model_.outage.below.value;
      any = any || out;
      add_term({index, lost}, mean, controls.lost[p]);
      add_term({index, out ? 1.0 : 0.0}, mean, controls.out[p]);
    }
    add_term({index, any ? 1.0 : 0.0}, mean, controls.any_out);
    set_own(process, 1);
  }

 private:
  static void add_term(const ControlTerm& term, Seconds mean,
                       LinearControl& control) {
    if (term.weight == 0) return;
    control.terms.push_back(term);
    control.mean += mean * term.weight;
  }

  double served(std::uint32_t product) const {
    const NodeId node = model_.graph.services[model_.products[product]].whole;
    return health_.served[node] / model_.initial.served[node];
  }

  void set_own(const Process& process, double own) {
    for (const NodeId node : process.nodes) {
      health_.own[node] = own;
      propagation_.mark(node);
    }
    propagation_.settle(health_);
    propagation_.clear_changed();
  }

  const Model& model_;
  Health health_;
  Propagation propagation_;
};

}  // namespace

Seconds mean_time_failed(const Process& process, Seconds watched) {
  if (process.clock != kNone || process.start_to_start) return kUnknown;
  const double up = mean(process.time_to_failure);
  const double down = mean(process.time_to_repair);
  const double share = down / (up + down);
  if (!std::isfinite(share)) return kUnknown;
  if (process.stationary) return watched * share;
  if (!is_exponential(process.time_to_failure) ||
      !is_exponential(process.time_to_repair)) {
    return kUnknown;
  }
  // Up at first: failed at t with probability share × (1 - exp(-t / settling)).
  const double settling = up * share;
  const double missed = -settling * std::expm1(-watched.value / settling);
  return (watched - Seconds{missed}) * share;
}

LinearControls linear_controls(const Model& model) {
  LinearControls controls;
  controls.lost.resize(model.products.size());
  controls.out.resize(model.products.size());
  LoneFailures failures(model);
  for (std::uint32_t i = 0; i < model.plan.processes.size(); ++i) {
    const Seconds mean =
        mean_time_failed(model.plan.processes[i], model.horizon - model.begins);
    if (!std::isnan(mean.value)) failures.add(i, mean, controls);
  }
  return controls;
}

double centred(const LinearControl& control,
               const std::vector<double>& failed_time) {
  double sum = 0;
  for (const ControlTerm& term : control.terms) {
    sum += term.weight * failed_time[term.process];
  }
  return sum - control.mean.value;
}

}  // namespace outagesim
