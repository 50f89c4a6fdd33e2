#include "sim/engine/ongoing.h"

#include "models/parts/equilibrium.h"
#include "sim/engine/processes.h"

namespace outagesim {
namespace {

// What is drawn of one ongoing repair, by occasion.
enum Of : std::uint64_t { kLength, kPart, kMember, kCounted };

std::uint64_t number_ongoing(const World& world, std::uint64_t key,
                             double mean_number) {
  const Probability u = draw(world, key, Purpose::kOngoing);
  return poisson_quantile(mean_number, u);
}

// A repair that covers the beginning: the moment lies anywhere within it.
struct Covering {
  Seconds age{0};
  Seconds left{0};
};

Covering covering(const World& world, const Distribution& law,
                  std::uint64_t key) {
  const Seconds length{length_biased_quantile(
      law, draw(world, key, Purpose::kOngoing, Of::kLength))};
  const double part = draw(world, key, Purpose::kOngoing, Of::kPart).value;
  return {length * part, length * (1 - part)};
}

using Member = CommonCauseProcess::Member;

bool is_struck(const World& world, const Member& member, std::uint64_t key) {
  const double u = draw(world, mixed(key, member.key), Purpose::kStruck).value;
  return u < member.struck.value;
}

void strike(World& world, std::uint32_t cause, const Member& member,
            std::uint64_t key, Seconds left) {
  const std::size_t processes = world.model.plan.processes.size();
  const CommonCauseProcess& common =
      world.model.plan.common_causes[cause - processes];
  world.cause = cause_of_process(world, cause);
  fail_nodes(world, member.nodes, common.severity, mixed(key, member.key), 0);
  schedule_repair(world, member.nodes, world.now + left, cause);
}

void strike_for_one_repair(World& world, std::uint32_t cause,
                           const CommonCauseProcess& common,
                           std::uint64_t key) {
  const Covering repair = covering(world, common.time_to_repair, key);
  for (const Member& member : common.members) {
    if (is_struck(world, member, key)) {
      strike(world, cause, member, key, repair.left);
    }
  }
}

std::size_t member_drawn(const CommonCauseProcess& common, double u) {
  double left = u * struck_on_average(common);
  std::size_t i = 0;
  while (i + 1 < common.members.size() &&
         left >= common.members[i].struck.value) {
    left -= common.members[i++].struck.value;
  }
  return i;
}

// What is left of each member's repair; negative where none goes on.
std::vector<Seconds> repairs_left(const World& world,
                                  const CommonCauseProcess& common,
                                  std::uint64_t key) {
  const std::size_t chosen = member_drawn(
      common, draw(world, key, Purpose::kOngoing, Of::kMember).value);
  const Covering repair = covering(world, common.time_to_repair, key);
  std::vector<Seconds> left;
  for (const Member& member : common.members) {
    const Seconds takes =
        draw_time(world, common.time_to_repair, mixed(key, member.key),
                  Purpose::kTimeToRepair);
    const bool goes_on = is_struck(world, member, key);
    left.push_back(goes_on ? takes - repair.age : Seconds{-1});
  }
  left[chosen] = repair.left;
  return left;
}

// A strike with k repairs still going on is found from each of the k: it is
// kept once in k times, so every strike counts once.
void strike_for_a_repair_each(World& world, std::uint32_t cause,
                              const CommonCauseProcess& common,
                              std::uint64_t key) {
  const std::vector<Seconds> left = repairs_left(world, common, key);
  double going_on = 0;
  for (const Seconds each : left) going_on += each > Seconds{0} ? 1 : 0;
  if (draw(world, key, Purpose::kOngoing, Of::kCounted).value * going_on >= 1) {
    return;
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] > Seconds{0}) {
      strike(world, cause, common.members[i], key, left[i]);
    }
  }
}

}  // namespace

void begin_ongoing_repairs(World& world, std::uint32_t index) {
  const Process& process = world.model.plan.processes[index];
  const auto n =
      number_ongoing(world, process.key, process.mean_down / process.mean_up);
  for (std::uint64_t k = 0; k < n; ++k) {
    const std::uint64_t key = mixed(process.key, k);
    world.cause = cause_of_process(world, index);
    if (world.trace) tell(world, process.name + " is under repair already");
    fail_nodes(world, process.nodes, process.severity, key, 0);
    const Seconds left = covering(world, process.time_to_repair, key).left;
    schedule_repair(world, process.nodes, world.now + left, index);
  }
}

void begin_ongoing_strikes(World& world, std::uint32_t index) {
  const Plan& plan = world.model.plan;
  const CommonCauseProcess& common = plan.common_causes[index];
  const auto cause = static_cast<std::uint32_t>(plan.processes.size()) + index;
  const double repairs = common.shared_repair ? 1 : struck_on_average(common);
  const auto n = number_ongoing(world, common.key,
                                repairs * (common.mean_down / common.mean_up));
  for (std::uint64_t k = 0; k < n; ++k) {
    const std::uint64_t key = mixed(common.key, k);
    if (common.shared_repair) {
      strike_for_one_repair(world, cause, common, key);
    } else {
      strike_for_a_repair_each(world, cause, common, key);
    }
  }
}

}  // namespace outagesim
