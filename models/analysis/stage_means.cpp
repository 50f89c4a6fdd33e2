#include "models/analysis/stage_means.h"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

namespace outagesim {
namespace {

// Points beyond which fewer than 1e-13 of the law are left, and where it jumps.
void add_cuts(const Distribution& law, std::vector<double>& cuts) {
  for (const double u : {1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.4, 0.6, 0.8,
                         0.9, 0.97, 0.99, 0.999}) {
    cuts.push_back(quantile(law, {u}));
  }
  for (int hazard = 9; hazard < 34; hazard += 3) {
    cuts.push_back(inverse_cumulative_hazard(law, double{1} * hazard));
  }
}

class StageSums {
 public:
  StageSums(const Model& model, std::uint32_t fault)
      : plan_(model.plan),
        fault_(model.plan.faults[fault]),
        response_(model.plan.responses[fault_.response]),
        id_(fault) {}

  void add_to(std::vector<StageMean>& stages) const {
    add(stages, "stage_detect", detect());
    add(stages, "stage_engage", engage());
    add(stages, "stage_diagnose", diagnose());
    add(stages, "stage_mitigate", mitigate());
  }

 private:
  struct Answer {
    std::optional<Seconds> mean;
    std::string why_not;
  };

  void add(std::vector<StageMean>& stages, std::string_view metric,
           const Answer& answer) const {
    stages.push_back({id_, metric, answer.mean, answer.why_not});
  }

  // What holds of every stage.
  std::string ends_otherwise() const {
    if (fault_.ends) return "the fault may end by itself before";
    if (fault_.rollout) return "a change spreads while it is noticed";
    return {};
  }

  Answer detect() const {
    if (const std::string why = ends_otherwise(); !why.empty()) {
      return {{}, why};
    }
    std::vector<Distribution> times;
    for (const CompiledSignal& signal : response_.detect) {
      if (signal.reports || !signal.time) {
        return {{}, "signal " + signal.name + " listens to the crowd"};
      }
      if (signal.through != kNone) {
        return {{},
                "signal " + signal.name + " works as well as a service serves"};
      }
      times.push_back(*signal.time);
    }
    if (times.empty()) return {Seconds{0}, {}};
    return {mean_of_least(times), {}};
  }

  Answer engage() const {
    if (const std::string why = ends_otherwise(); !why.empty()) {
      return {{}, why};
    }
    if (response_.team != kNone) {
      const CompiledTeam& team = plan_.teams[response_.team];
      return {{}, "team " + team.name + " may be off duty or busy"};
    }
    if (!response_.engage) return {Seconds{0}, {}};
    return finite(mean(*response_.engage));
  }

  Answer diagnose() const {
    if (const std::string why = ends_otherwise(); !why.empty()) {
      return {{}, why};
    }
    if (!response_.diagnose) return {Seconds{0}, {}};
    const Diagnosis& diagnosis = *response_.diagnose;
    if (response_.diagnose_through != kNone) {
      return {{}, "diagnosis takes longer without its telemetry"};
    }
    if (response_.team != kNone && plan_.teams[response_.team].shift) {
      return {{}, "work may be handed over to the next shift"};
    }
    double sum = mean(diagnosis.time);
    if (diagnosis.wrong_costs) {
      sum += diagnosis.wrong.value * mean(*diagnosis.wrong_costs);
    }
    return finite(sum);
  }

  Answer mitigate() const {
    if (const std::string why = ends_otherwise(); !why.empty()) {
      return {{}, why};
    }
    if (fault_.remedies.size() != 1) {
      return {{},
              fault_.remedies.empty() ? "nothing mitigates it"
                                      : "its remedies run beside one another"};
    }
    const CompiledRemedy& remedy = plan_.remedies[fault_.remedies[0]];
    const bool repairs = remedy.effect.what == RemedyEffect::What::kRepair;
    if (!repairs) return {{}, "remedy " + remedy.name + " does not repair"};
    if (remedy.team != kNone || !remedy.lock_outs.empty() ||
        remedy.works.value < 1 || remedy.after != kNone) {
      return {{}, "remedy " + remedy.name + " may wait, or not work"};
    }
    return finite(mean(remedy.first));
  }

  static Answer finite(double mean) {
    if (!std::isfinite(mean)) return {{}, "its law has no mean"};
    return {Seconds{mean}, {}};
  }

  const Plan& plan_;
  const CompiledFault& fault_;
  const CompiledResponse& response_;
  std::uint32_t id_;
};

}  // namespace

Seconds mean_of_least(const std::vector<Distribution>& times) {
  if (times.size() == 1) return {mean(times[0])};
  std::vector<double> cuts{0};
  for (const Distribution& law : times) add_cuts(law, cuts);
  std::ranges::sort(cuts);
  const auto none_yet = [&](double t) {
    double hazard = 0;
    for (const Distribution& law : times) hazard += cumulative_hazard(law, t);
    return std::exp(-hazard);
  };
  double sum = 0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    if (!(cuts[i + 1] > cuts[i])) continue;
    sum += boost::math::quadrature::gauss_kronrod<double, 15>::integrate(
        none_yet, cuts[i], cuts[i + 1], 6, 1e-10);
  }
  return {sum};
}

std::vector<StageMean> stage_means(const Model& model) {
  std::vector<StageMean> stages;
  for (std::uint32_t i = 0; i < model.plan.faults.size(); ++i) {
    if (model.plan.faults[i].response == kNone) continue;
    StageSums(model, i).add_to(stages);
  }
  return stages;
}

}  // namespace outagesim
