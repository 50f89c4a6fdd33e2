#include "models/analysis/chain_part.h"

#include <algorithm>

#include "models/analysis/phased_renewal.h"
#include "models/analysis/stationary.h"
#include "models/analysis/strike_part.h"
#include "models/analysis/strikes.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostSpared = 8;

std::string law_doubt(const std::string& name, const Distribution& until,
                      const Distribution& repair) {
  if (has_moments(until) && has_moments(repair)) return {};
  return name + ": its times have no finite variance";
}

std::optional<ChainPart> overlapping(const Process& process, LawFits& fits) {
  StrikeLaw law;
  law.name = process.name;
  law.between = process.time_to_failure;
  law.repair = process.time_to_repair;
  law.stationary = process.stationary;
  law.kinds = {{1, losses_of(process.nodes, *health_left(process.severity))}};
  return strike_part(law, fits);
}

// The set of members, as bits, that a strike may hit alone.
StrikeKind kind_of(const CommonCauseProcess& cause, std::uint32_t set,
                   double left) {
  StrikeKind kind;
  for (std::size_t i = 0; i < cause.members.size(); ++i) {
    const auto& member = cause.members[i];
    const bool in = ((set >> i) & 1U) != 0;
    kind.share *= in ? member.struck.value : 1 - member.struck.value;
    if (!in) continue;
    const std::vector<NodeLoss> losses = losses_of(member.nodes, left);
    kind.losses.insert(kind.losses.end(), losses.begin(), losses.end());
  }
  return kind;
}

void add_sets(const CommonCauseProcess& cause, double left, StrikeLaw& law) {
  for (std::uint32_t set = 1; set < 1U << cause.members.size(); ++set) {
    StrikeKind kind = kind_of(cause, set, left);
    if (kind.share > 0) law.kinds.push_back(std::move(kind));
  }
}

}  // namespace

std::string part_doubt(const Process& process) {
  if (!health_left(process.severity)) {
    return process.name + ": its severity is drawn anew each time";
  }
  if (process.clock != kNone) {
    return process.name + ": its rate follows the hour and weekday";
  }
  return law_doubt(process.name, process.time_to_failure,
                   process.time_to_repair);
}

std::string part_doubt(const CommonCauseProcess& cause) {
  const std::string name = "common cause " + cause.name;
  if (!health_left(cause.severity)) {
    return name + ": its severity is drawn anew for each member";
  }
  if (cause.clock != kNone) {
    return name + ": its rate follows the hour and weekday";
  }
  const auto spared = std::ranges::count_if(cause.members, [&](const auto& m) {
    return m.struck.value < 1 || !cause.shared_repair;
  });
  if (static_cast<std::size_t>(spared) > kMostSpared ||
      cause.members.size() > 20) {
    return name + ": it has more members than eight that a strike may spare";
  }
  return law_doubt(name, cause.time_between, cause.time_to_repair);
}

std::string part_doubt(const CompiledFault& fault) {
  const std::string name = "fault " + fault.name;
  if (fault.trigger.kind == CompiledTrigger::Kind::kAtTime) {
    return name + ": it strikes at a set time, a chain knows no clock";
  }
  if (fault.trigger.kind != CompiledTrigger::Kind::kAtRate) {
    return name + ": it strikes on a condition";
  }
  if (fault.rollout) return name + ": a change spreads in waves";
  if (!fault.ends) return name + ": it ends by repair";
  if (!fault.remedies.empty()) return name + ": a remedy may end it";
  if (fault.then) return name + ": a restart follows it";
  if (!std::holds_alternative<AtOnce>(fault.visible)) {
    return name + ": it is not there at once";
  }
  const auto what = fault.effect.what;
  if (what == FaultEffect::What::kLoad || what == FaultEffect::What::kLatency) {
    return name + ": its effect is load or latency";
  }
  if (std::ranges::any_of(fault.where, &PlaceChoice::random)) {
    return name + ": its cells are chosen at random";
  }
  return has_moments(*fault.ends) ? std::string{}
                                  : name +
                                        ": it lasts for times without a "
                                        "finite variance";
}

std::optional<ChainPart> chain_part(const Process& process, LawFits& fits) {
  if (process.start_to_start) return overlapping(process, fits);
  const PhaseTypeFit up = fits.of(process.time_to_failure);
  const PhaseTypeFit down = fits.of(process.time_to_repair);
  PhasedRenewal renewal = phased_renewal(up.phases, down.phases);
  ChainPart part;
  part.name = process.name;
  part.process = &process;
  part.initial = process.stationary ? stationary(renewal.chain).probability
                                    : renewal.initial;
  part.level.assign(renewal.down.begin(), renewal.down.end());
  part.losses = {{}, losses_of(process.nodes, *health_left(process.severity))};
  if (!up.exact) part.fit_error = up.largest_difference;
  if (!down.exact) {
    part.fit_error = std::max(part.fit_error, down.largest_difference);
  }
  part.chain = std::move(renewal.chain);
  return part;
}

std::optional<ChainPart> chain_part(const CommonCauseProcess& cause,
                                    LawFits& fits) {
  StrikeLaw law;
  law.name = "common cause " + cause.name;
  law.between = cause.time_between;
  law.repair = cause.time_to_repair;
  law.stationary = cause.stationary;
  law.one_kind = cause.shared_repair;
  const double left = *health_left(cause.severity);
  if (cause.shared_repair) {
    add_sets(cause, left, law);
  } else {
    for (const auto& member : cause.members) {
      law.kinds.push_back({member.struck.value, losses_of(member.nodes, left)});
    }
  }
  return strike_part(law, fits);
}

std::optional<ChainPart> chain_part(const CompiledFault& fault, LawFits& fits) {
  StrikeLaw law;
  law.name = "fault " + fault.name;
  law.between = Distribution(Exponential{1 / fault.trigger.rate.value});
  law.repair = *fault.ends;
  law.kinds = {{}};
  for (const PlaceChoice& place : fault.where) {
    for (const NodeId node : place.nodes) {
      law.kinds[0].losses.push_back(loss_by(fault.effect, node));
    }
  }
  return strike_part(law, fits);
}

}  // namespace outagesim
