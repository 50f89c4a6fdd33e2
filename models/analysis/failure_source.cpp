#include "models/analysis/failure_source.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "models/analysis/closed_forms.h"
#include "models/analysis/erlang_fit.h"
#include "models/analysis/phased_renewal.h"
#include "models/analysis/strikes.h"

namespace outagesim {
namespace {

void set_phased(FailureSource& source, const Process& process, LawFits& fits) {
  const PhaseTypeFit up = fits.of(process.time_to_failure);
  const PhaseTypeFit down = fits.of(process.time_to_repair);
  source.approximate = !up.exact || !down.exact;
  source.fit_error = std::max(up.largest_difference, down.largest_difference);
  const auto renewal = std::make_shared<const PhasedRenewal>(
      phased_renewal(up.phases, down.phases));
  source.under_way = [renewal](Seconds t) {
    return t.value > 0 ? renewal->down_at(t.value) : 0;
  };
}

// Why a process cannot be an event, or nothing.
std::string why_not(const Process& process) {
  if (!health_left(process.severity)) {
    return process.name + ": its severity is drawn anew each time";
  }
  if (process.clock != kNone) {
    return process.name + ": its rate follows the hour and weekday";
  }
  if (process.start_to_start && !is_exponential(process.time_to_failure)) {
    return process.name +
           ": failures from start to start may overlap, and their times are "
           "not exponential";
  }
  if (process.start_to_start && process.severity) {
    return process.name + ": overlapping failures lose health twice";
  }
  if (!has_moments(process.time_to_failure) ||
      !has_moments(process.time_to_repair)) {
    return process.name + ": its times have no finite variance";
  }
  return {};
}

FailureSource source_of(const Process& process, LawFits& fits) {
  FailureSource source;
  source.name = process.name;
  source.losses = losses_of(process.nodes, *health_left(process.severity));
  const double up = mean(process.time_to_failure);
  const double down = mean(process.time_to_repair);
  if (process.start_to_start) {
    set_strikes(source, 1 / up, process.time_to_repair, process.stationary);
    return source;
  }
  source.long_run = 1 - renewal_availability(up, down);
  if (process.stationary) {
    source.constant = true;
    source.under_way = [q = source.long_run](Seconds) { return q; };
  } else if (is_exponential(process.time_to_failure) &&
             is_exponential(process.time_to_repair)) {
    source.under_way = [=](Seconds t) {
      return 1 - two_state_up_at(1 / up, 1 / down, t.value);
    };
  } else {
    set_phased(source, process, fits);
  }
  return source;
}

// Why a fault cannot be an event, or nothing.
std::string why_not(const CompiledFault& fault) {
  const auto says = [&](const std::string& text) {
    return "fault " + fault.name + ": " + text;
  };
  using Kind = CompiledTrigger::Kind;
  if (fault.trigger.kind != Kind::kAtTime &&
      fault.trigger.kind != Kind::kAtRate) {
    return says("it strikes on a condition");
  }
  if (fault.rollout) return says("a change spreads in waves");
  if (!fault.ends) return says("it ends by repair");
  if (!fault.remedies.empty()) return says("a remedy may end it");
  if (fault.then) return says("a restart follows it");
  if (!std::holds_alternative<AtOnce>(fault.visible)) {
    return says("it is not there at once");
  }
  const auto what = fault.effect.what;
  if (what == FaultEffect::What::kLoad || what == FaultEffect::What::kLatency) {
    return says("its effect is load or latency");
  }
  if (std::ranges::any_of(fault.where, &PlaceChoice::random)) {
    return says("its cells are chosen at random");
  }
  const bool partly = what != FaultEffect::What::kDown;
  if (fault.trigger.kind == Kind::kAtRate && partly) {
    return says("where it overlaps itself it does harm twice");
  }
  return {};
}

FailureSource source_of(const Model& model, const CompiledFault& fault) {
  FailureSource source;
  source.name = "fault " + fault.name;
  for (const PlaceChoice& place : fault.where) {
    for (const NodeId node : place.nodes) {
      source.losses.push_back(loss_by(fault.effect, node));
    }
  }
  const Distribution& ends = *fault.ends;
  if (fault.trigger.kind == CompiledTrigger::Kind::kAtRate) {
    set_strikes(source, fault.trigger.rate.value, ends, false);
    return source;
  }
  const Seconds at = fault.trigger.at - model.begins;
  source.breaks.push_back(at);
  add_breaks(ends, at, source.breaks);
  source.under_way = [at, ends](Seconds t) {
    return t < at ? 0 : 1 - cdf(ends, (t - at).value);
  };
  return source;
}

// Where the fault acts, and where its remedies do.
std::vector<NodeId> touched_by(const Model& model, const CompiledFault& fault) {
  std::vector<NodeId> nodes;
  for (const PlaceChoice& place : fault.where) {
    nodes.insert(nodes.end(), place.nodes.begin(), place.nodes.end());
  }
  for (const std::uint32_t id : fault.remedies) {
    const CompiledRemedy& remedy = model.plan.remedies[id];
    nodes.insert(nodes.end(), remedy.cells.begin(), remedy.cells.end());
    for (const NeedId need : remedy.needs) {
      nodes.push_back(model.graph.needs[need].owner);
    }
  }
  return nodes;
}

}  // namespace

FailureSources failure_sources(const Model& model, std::uint32_t phases) {
  FailureSources sources;
  LawFits fits(phases);
  for (const Process& process : model.plan.processes) {
    if (std::string why = why_not(process); !why.empty()) {
      sources.unknown.push_back({process.nodes, std::move(why)});
    } else {
      sources.known.push_back(source_of(process, fits));
    }
  }
  for (const CommonCauseProcess& cause : model.plan.common_causes) {
    add_common_cause(model, cause, sources);
  }
  for (const CompiledFault& fault : model.plan.faults) {
    if (std::string why = why_not(fault); !why.empty()) {
      sources.unknown.push_back({touched_by(model, fault), std::move(why)});
    } else {
      sources.known.push_back(source_of(model, fault));
    }
  }
  return sources;
}

}  // namespace outagesim
