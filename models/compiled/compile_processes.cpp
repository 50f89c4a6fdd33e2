#include "models/base/text.h"
#include "models/compiled/compile_plan.h"
#include "models/compiled/places.h"

namespace outagesim {
namespace {

// Means of cut laws are integrals: computed once, not in each replication.
template <class Renewals>
void set_means(const Distribution& between, Renewals& process) {
  if (!process.stationary) return;
  process.mean_up = {mean(between)};
  process.mean_down = {mean(process.time_to_repair)};
}

class ProcessCompiler {
 public:
  ProcessCompiler(const PlanSource& source, ClockBook& clocks)
      : source_(source), clocks_(clocks) {}

  std::vector<Process> run() {
    for (ServiceId id = 0; id < source_.graph.services.size(); ++id) {
      const Service& service = source_.scenario.services[id];
      for (std::size_t i = 0; i < service.fails.size(); ++i) {
        // Names key the random streams: each is unique.
        add(id, service.fails[i], i == 0 ? "" : " #" + std::to_string(i + 1));
      }
    }
    return std::move(processes_);
  }

 private:
  void add(ServiceId id, const BackgroundFailure& failure,
           const std::string& suffix) {
    const CompiledService& service = source_.graph.services[id];
    if (!failure.per_cell) {
      add_one("fails of " + service.name + suffix, service.cells, failure);
      return;
    }
    for (const NodeId cell : service.cells) {
      add_one("fails of " + node_name(source_.graph, cell) + suffix, {cell},
              failure);
    }
  }

  void add_one(std::string name, std::vector<NodeId> nodes,
               const BackgroundFailure& failure) {
    Process process;
    process.key = name_hash(name);
    process.name = std::move(name);
    process.nodes = std::move(nodes);
    process.time_to_failure = failure.time_to_failure;
    process.time_to_repair = failure.time_to_repair;
    process.severity = failure.severity;
    process.start_to_start = failure.start_to_start;
    process.stationary = failure.stationary;
    set_means(process.time_to_failure, process);
    process.clock = clocks_.of_profile(failure.profile, failure.zone);
    processes_.push_back(std::move(process));
  }

  const PlanSource& source_;
  ClockBook& clocks_;
  std::vector<Process> processes_;
};

// "api", or "db.2", or "db.2,3".
std::string member_name(const Place& place) {
  std::string name = place.service.name;
  for (std::size_t i = 0; i < place.cells.named.size(); ++i) {
    name += (i == 0 ? '.' : ',') + place.cells.named[i].name;
  }
  return name;
}

CommonCauseProcess compile_common_cause(const PlanSource& source,
                                        const CommonCause& cause,
                                        ClockBook& clocks) {
  CommonCauseProcess compiled;
  compiled.name = cause.name;
  compiled.key = name_hash(cause.name);
  compiled.time_between = cause.time_between;
  compiled.time_to_repair = cause.time_to_repair;
  compiled.shared_repair = cause.shared_repair;
  compiled.stationary = cause.stationary;
  set_means(compiled.time_between, compiled);
  compiled.severity = cause.severity;
  for (const CommonCauseMember& member : cause.members) {
    compiled.members.push_back(
        {compile_place(source.graph, source.services, member.place).nodes,
         member.struck, name_hash(member_name(member.place))});
  }
  compiled.clock = clocks.of_profile(cause.profile, cause.zone);
  return compiled;
}

}  // namespace

double struck_on_average(const CommonCauseProcess& common) {
  double sum = 0;
  for (const auto& member : common.members) sum += member.struck.value;
  return sum;
}

std::vector<Process> compile_processes(const PlanSource& source,
                                       ClockBook& clocks) {
  return ProcessCompiler(source, clocks).run();
}

std::vector<CommonCauseProcess> compile_common_causes(const PlanSource& source,
                                                      ClockBook& clocks) {
  std::vector<CommonCauseProcess> causes;
  causes.reserve(source.scenario.common_causes.size());
  for (const CommonCause& cause : source.scenario.common_causes) {
    causes.push_back(compile_common_cause(source, cause, clocks));
  }
  return causes;
}

}  // namespace outagesim
