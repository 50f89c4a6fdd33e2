#include "models/analysis/stage_means.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/analysis/incident_closing.h"
#include "models/analysis/stage_relief.h"
#include "models/analysis/time_quadrature.h"
#include "models/base/units.h"

namespace outagesim {
namespace {

bool jumps(const Distribution& law) {
  return std::holds_alternative<Fixed>(law.law()) ||
         std::holds_alternative<Empirical>(law.law());
}

// The stages of one fault's response.
class StageSums {
 public:
  StageSums(const Model& model, std::uint32_t fault)
      : plan_(model.plan),
        fault_(model.plan.faults[fault]),
        response_(model.plan.responses[fault_.response]),
        id_(fault),
        alone_(strikes_alone(model.plan, fault)),
        closing_(incident_closing(model, fault)),
        relief_(stage_relief(model, fault, closing_)) {}

  std::vector<StageMean> write() {
    if (closing_.never || !closing_.why_not.empty()) {
      write_sums();
    } else {
      write_race();
    }
    return std::move(stages_);
  }

 private:
  static constexpr double kTableError = 1e-4;  // of the value

  void add(std::string_view metric, StageMeasure measure, double value,
           double error) {
    stages_.push_back({id_, metric, measure, value, error, {}});
  }
  bool leave_out(std::string_view metric, const std::string& why) {
    if (why.empty()) return false;
    stages_.push_back({id_, metric, StageMeasure::kMean, {}, 0, why});
    return true;
  }

  // --- What a stage hangs on besides its laws ---

  std::string detect_doubt() const {
    for (const CompiledSignal& signal : response_.detect) {
      if (signal.reports || !signal.time) {
        return "signal " + signal.name + " listens to the crowd";
      }
      if (signal.through != kNone) {
        return "signal " + signal.name + " works as well as a service serves";
      }
    }
    return {};
  }

  std::string engage_doubt() const {
    if (response_.team == kNone) return {};
    const CompiledTeam& team = plan_.teams[response_.team];
    if (!alone_) return "team " + team.name + " may be off duty or busy";
    return team.on_call ? "team " + team.name + " may be off duty"
                        : std::string();
  }

  std::string diagnose_doubt() const {
    if (!response_.diagnose) return {};
    if (response_.diagnose_through != kNone) {
      return "diagnosis takes longer without its telemetry";
    }
    if (response_.team != kNone && plan_.teams[response_.team].shift) {
      return "work may be handed over to the next shift";
    }
    return {};
  }

  // --- Where the incident stays open until people end it ---

  void write_sums() {
    const std::string& open = closing_.why_not;
    if (!leave_out("stage_detect", open.empty() ? detect_doubt() : open)) {
      add_race("stage_detect", detect_laws());
    }
    if (!leave_out("stage_engage", open.empty() ? engage_doubt() : open)) {
      std::vector<Distribution> laws;
      if (response_.engage) laws.push_back(*response_.engage);
      add_race("stage_engage", laws);
    }
    if (!leave_out("stage_diagnose", open.empty() ? diagnose_doubt() : open)) {
      add_diagnosis();
    }
    if (!leave_out("stage_mitigate", open.empty() ? relief_.why_not : open)) {
      add_relief();
    }
  }

  std::vector<Distribution> detect_laws() const {
    std::vector<Distribution> times;
    for (const CompiledSignal& signal : response_.detect) {
      times.push_back(*signal.time);
    }
    return times;
  }

  void add_race(std::string_view metric,
                const std::vector<Distribution>& laws) {
    if (laws.empty()) return add(metric, StageMeasure::kMean, 0, 0);
    add_mean(metric, mean_of_least(laws).value, 1e-9);
    if (!std::ranges::any_of(laws, jumps)) {
      add(metric, StageMeasure::kMiddle, middle_of_least(laws), 0);
    }
  }

  void add_mean(std::string_view metric, double mean, double relative) {
    if (!std::isfinite(mean)) {
      leave_out(metric, "its law has no mean");
    } else {
      add(metric, StageMeasure::kMean, mean, relative * mean);
    }
  }

  static double middle_of_least(const std::vector<Distribution>& laws) {
    double high = kForever.value, low = 0;
    for (const Distribution& law : laws) {
      high = std::min(high, quantile(law, {0.5}));
    }
    for (int i = 0; i < 100 && laws.size() > 1; ++i) {
      const double t = (low + high) / 2;
      double hazard = 0;
      for (const Distribution& law : laws) hazard += cumulative_hazard(law, t);
      (hazard < std::numbers::ln2 ? low : high) = t;
    }
    return high;
  }

  void add_diagnosis() {
    if (!response_.diagnose) return add_race("stage_diagnose", {});
    const Diagnosis& law = *response_.diagnose;
    if (!law.wrong_costs) return add_race("stage_diagnose", {law.time});
    add_mean("stage_diagnose",
             mean(law.time) + law.wrong.value * mean(*law.wrong_costs), 1e-9);
  }

  void add_relief() {
    const auto& firsts = relief_.firsts;
    if (firsts.size() == 1) return add_race("stage_mitigate", firsts);
    if (std::ranges::any_of(firsts, jumps)) {
      leave_out("stage_mitigate", "a remedy has no continuous law");
      return;
    }
    const ReliefCurve curve = relief_curve();
    add_mean("stage_mitigate",
             integral_in_decades(curve.left, curve.from, curve.to),
             kTableError);
  }

  struct ReliefCurve {
    SurvivalFunction left;
    double from = 0, to = 0;
  };
  ReliefCurve relief_curve() const {
    ReliefCurve curve;
    curve.from = curve.to = kForever.value;
    for (const Distribution& law : relief_.firsts) {
      curve.from = std::min(curve.from, quantile(law, {1e-9}));
      curve.to = std::min(curve.to, inverse_cumulative_hazard(law, 30));
    }
    curve.left = survival_of(relief_.firsts[0]);
    if (relief_.firsts.size() > 1) {
      curve.left = tabulated(
          survival_of_least(relief_.firsts, plan_.parallel_correlation),
          curve.from, curve.to, 300);
    }
    return curve;
  }

  // --- Where it may be over before ---

  void write_race() {
    if (leave_out("stage_detect", detect_doubt())) return;
    const std::vector<Distribution> laws = detect_laws();
    const WeighedTimes notice =
        laws.empty() ? WeighedTimes{{0}, {1}} : weighed_least(laws, 96);
    if (!laws.empty() && !std::ranges::any_of(laws, jumps)) {
      add("stage_detect", StageMeasure::kMiddle, middle_of_least(laws), 0);
    }
    add_share("stage_detect", weighed_mean(notice, closing_.open));
    if (leave_out("stage_engage", engage_doubt())) return;
    if (leave_out("stage_diagnose", diagnose_doubt())) return;
    add_later_stages(notice);
  }

  void add_share(std::string_view metric, double share) {
    if (!alone_) return;
    add(metric, StageMeasure::kComesToIt, share, kTableError);
  }

  WeighedTimes engage_times(std::uint32_t points) const {
    if (!response_.engage) return {{0}, {1}};
    return weighed_least({*response_.engage}, points);
  }

  WeighedTimes diagnose_times(std::uint32_t points) const {
    if (!response_.diagnose) return {{0}, {1}};
    const Diagnosis& law = *response_.diagnose;
    WeighedTimes times = weighed_least({law.time}, points);
    if (!law.wrong_costs || law.wrong.value <= 0) return times;
    const WeighedTimes wrong =
        added(times, weighed_least({*law.wrong_costs}, points));
    for (double& w : times.weight) w *= 1 - law.wrong.value;
    times.at.insert(times.at.end(), wrong.at.begin(), wrong.at.end());
    for (const double w : wrong.weight) {
      times.weight.push_back(law.wrong.value * w);
    }
    return times;
  }

  // E min(first, what is left until something is back by itself), by the time
  // since the start at which the cause is known.
  std::function<double(double)> relief_from() const {
    if (!relief_.why_not.empty() ||
        std::ranges::any_of(relief_.firsts, jumps)) {
      return {};
    }
    const ReliefCurve curve = relief_curve();
    const auto left_at = [&](double begun) {
      return integral_in_decades(
          [&](double t) {
            return curve.left(t) * closing_.helpless(begun + t);
          },
          curve.from, curve.to);
    };
    return tabulated(left_at, 1, closing_.to, 200);
  }

  // Sums over all ways in which a stage can be over in time: how many, and how
  // long the stage took in them.
  struct InTime {
    double share = 0, spent = 0, relief = 0;
  };

  InTime engaged_in_time(const WeighedTimes& notice,
                         const WeighedTimes& engage) const {
    InTime sum;
    for (std::size_t i = 0; i < notice.at.size(); ++i) {
      for (std::size_t k = 0; k < engage.at.size(); ++k) {
        const double open = notice.weight[i] * engage.weight[k] *
                            closing_.open(notice.at[i] + engage.at[k]);
        sum.share += open;
        sum.spent += open * engage.at[k];
      }
    }
    return sum;
  }

  // `relief` may be empty.
  InTime known_in_time(const WeighedTimes& begun, const WeighedTimes& diagnose,
                       const std::function<double(double)>& relief) const {
    InTime sum;
    for (std::size_t i = 0; i < begun.at.size(); ++i) {
      for (std::size_t k = 0; k < diagnose.at.size(); ++k) {
        const double then = begun.at[i] + diagnose.at[k];
        const double weight = begun.weight[i] * diagnose.weight[k];
        const double open = weight * closing_.open(then);
        sum.share += open;
        sum.spent += open * diagnose.at[k];
        if (relief) sum.relief += weight * relief(then);
      }
    }
    return sum;
  }

  void add_later_stages(const WeighedTimes& notice) {
    const std::uint32_t points = response_.engage ? 32 : 48;
    const WeighedTimes engage = engage_times(points);
    const InTime engaged = engaged_in_time(notice, engage);
    add_mean("stage_engage", engaged.spent / engaged.share, kTableError);
    const std::function<double(double)> relief = relief_from();
    const InTime known =
        known_in_time(added(notice, engage), diagnose_times(points), relief);
    add_share("stage_diagnose", known.share);
    add_mean("stage_diagnose", known.spent / known.share, kTableError);
    if (relief) {
      add_mean("stage_mitigate", known.relief / known.share, kTableError);
    } else {
      leave_out("stage_mitigate", relief_.why_not.empty()
                                      ? "a remedy has no continuous law"
                                      : relief_.why_not);
    }
  }

  const Plan& plan_;
  const CompiledFault& fault_;
  const CompiledResponse& response_;
  std::uint32_t id_;
  bool alone_;
  IncidentClosing closing_;
  StageRelief relief_;
  std::vector<StageMean> stages_;
};

}  // namespace

std::vector<StageMean> stage_means(const Model& model) {
  std::vector<StageMean> stages;
  for (std::uint32_t i = 0; i < model.plan.faults.size(); ++i) {
    if (model.plan.faults[i].response == kNone) continue;
    for (StageMean& stage : StageSums(model, i).write()) {
      stages.push_back(std::move(stage));
    }
  }
  return stages;
}

}  // namespace outagesim
