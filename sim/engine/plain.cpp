#include "sim/engine/plain.h"

#include <algorithm>

#include "sim/engine/measuring.h"
#include "sim/engine/processes.h"
#include "sim/engine/world.h"

namespace outagesim {
namespace {

constexpr std::size_t kMostTaken = 100'000;  // entries of all lists

bool is_plain_need(const CompiledNeed& need) {
  return (need.kind == NeedKind::kHard || need.kind == NeedKind::kSoft) &&
         need.share == 1;
}

bool is_plain_service(const CompiledService& service) {
  return service.cells.size() == 1 && !service.restart.takes &&
         service.startup_limit == kNone && service.to_start_services.empty();
}

bool is_plain_process(const Process& process) {
  return process.nodes.size() == 1 && !process.severity &&
         !process.start_to_start;
}

bool is_plain(const Plan& plan) {
  return plan.faults.empty() && plan.common_causes.empty() &&
         !plan.processes.empty() &&
         std::ranges::all_of(plan.processes, is_plain_process);
}

bool is_plain(const Graph& graph) {
  return graph.circles.empty() && graph.sticky.empty() &&
         graph.stateful.empty() && !graph.has_timeouts &&
         std::ranges::all_of(graph.needs, is_plain_need) &&
         std::ranges::all_of(graph.services, is_plain_service);
}

bool is_plain(const Model& model, const World& world) {
  const auto is_whole = [](double share) { return share == 1; };
  return is_plain(model.graph) && is_plain(model.plan) && !world.load &&
         model.outage.substantial.value > 0 &&
         std::ranges::all_of(model.initial.served, is_whole) &&
         std::ranges::all_of(model.initial.full, is_whole);
}

// A set of nodes, in the order in which they were found.
class Found {
 public:
  explicit Found(std::size_t nodes) : is_in_(nodes, 0) {}

  void clear() {
    for (const NodeId node : list) is_in_[node] = 0;
    list.clear();
  }
  void add(NodeId node) {
    if (is_in_[node] != 0) return;
    is_in_[node] = 1;
    list.push_back(node);
  }

  std::vector<NodeId> list;

 private:
  std::vector<std::uint8_t> is_in_;
};

// Calls `reached(owner)` for the owner of each need of the node of a kind.
template <class Reached>
void each_dependent(const Graph& graph, NodeId node, NeedKind kind,
                    Reached reached) {
  for (auto i = graph.first_dependent[node];
       i < graph.first_dependent[node + 1]; ++i) {
    const CompiledNeed& need = graph.needs[graph.dependents[i]];
    if (need.kind == kind) reached(need.owner);
  }
}

// All that serves nothing while `node` is down, and what needs one of it
// softly.
void follow_down(const Graph& graph, NodeId node, Found& down,
                 Found& degraded) {
  down.add(node);
  for (std::size_t i = 0; i < down.list.size(); ++i) {
    const NodeId at = down.list[i];
    each_dependent(graph, at, NeedKind::kHard,
                   [&](NodeId owner) { down.add(owner); });
    each_dependent(graph, at, NeedKind::kSoft,
                   [&](NodeId owner) { degraded.add(owner); });
  }
}

// And all whose answers are not full where theirs are not.
void follow_degraded(const Graph& graph, Found& degraded) {
  const auto add = [&](NodeId owner) { degraded.add(owner); };
  for (std::size_t i = 0; i < degraded.list.size(); ++i) {
    const NodeId at = degraded.list[i];
    each_dependent(graph, at, NeedKind::kHard, add);
    each_dependent(graph, at, NeedKind::kSoft, add);
  }
}

std::uint32_t size_of(const std::vector<std::uint32_t>& list) {
  return static_cast<std::uint32_t>(list.size());
}

PlainProcesses::Range append_products(const Model& model, const Found& found,
                                      std::vector<std::uint32_t>& to) {
  const std::uint32_t first = size_of(to);
  for (const NodeId node : found.list) {
    const std::uint32_t product =
        model.product_of[model.graph.nodes[node].service];
    if (product != kNone) to.push_back(product);
  }
  return {first, size_of(to)};
}

// False if it gets too large.
bool list_taken(const Model& model, PlainProcesses& plain) {
  Found down(model.graph.nodes.size()), degraded(model.graph.nodes.size());
  for (const Process& process : model.plan.processes) {
    down.clear();
    degraded.clear();
    follow_down(model.graph, process.nodes.front(), down, degraded);
    follow_degraded(model.graph, degraded);
    plain.takes_down.push_back(append_products(model, down, plain.products));
    plain.degrades.push_back(append_products(model, degraded, plain.products));
    const std::uint32_t first = size_of(plain.services);
    for (const NodeId node : down.list) {
      plain.services.push_back(model.graph.nodes[node].service);
    }
    plain.fells.push_back({first, size_of(plain.services)});
    if (plain.services.size() + plain.products.size() > kMostTaken) {
      return false;
    }
  }
  return true;
}

bool is_empty(PlainProcesses::Range range) { return range.first == range.last; }

// One process more, or one less, of those that take `share` of a product.
void count(PlainProcesses& plain, PlainProcesses::Range range, bool more,
           std::uint32_t* of, double* share) {
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const std::uint32_t product = plain.products[i];
    const std::uint32_t before = of[product];
    of[product] = more ? before + 1 : before - 1;
    if (before != (more ? 0U : 1U)) continue;
    share[plain.nodes[product]] = more ? 0 : 1;
    plain.changed.push_back(product);
  }
}

void count_down(World& world, std::uint32_t process, bool more) {
  PlainProcesses& plain = *world.plain;
  count(plain, plain.takes_down[process], more, plain.down.data(),
        world.health.served.data());
  if (plain.is_total) return;
  count(plain, plain.degrades[process], more, plain.degraded.data(),
        world.health.full.data());
}

// Takes its number in the order of all that is planned, as the queue gives it.
void plan_turn(World& world, std::uint32_t process, Seconds at) {
  Tournament& turns = world.plain->turns;
  if (at > world.end) return turns.withdraw(process);
  turns.set(process, at.value, world.queue.take_number());
}

void fail(World& world, std::uint32_t process, Seconds repair) {
  PlainProcesses::Next& next = world.plain->next[process];
  const std::uint32_t occasion = world.failures[process]++;
  world.cause = cause_of_process(world, process);
  next.is_down = true;
  count_down(world, process, true);
  plan_turn(world, process, world.now + repair);
  world.result.failed_time[process] +=
      std::min(repair, world.end - world.now).value;
  next.failure = next_failure(world, process, occasion + 1, repair);
  if (next.failure <= world.end) next.number = world.queue.take_number();
}

void come_back(World& world, std::uint32_t process) {
  PlainProcesses::Next& next = world.plain->next[process];
  world.cause = cause_of_process(world, process);
  next.is_down = false;
  count_down(world, process, false);
  if (next.failure > world.end) {
    world.plain->turns.withdraw(process);
  } else {
    world.plain->turns.set(process, next.failure.value, next.number);
  }
}

void start_processes(World& world) {
  PlainProcesses& plain = *world.plain;
  plain.turns.clear();
  std::ranges::fill(plain.next, PlainProcesses::Next{});
  std::ranges::fill(plain.down, 0U);
  std::ranges::fill(plain.degraded, 0U);
  plain.changed.clear();
  for (std::uint32_t i = 0; i < plain.next.size(); ++i) {
    const FirstFailure first = first_failure(world, i);
    if (first.is_down) {
      fail(world, i, first.wait);
    } else {
      plan_turn(world, i, first.at);
    }
  }
}

// Whether the end of an outage comes before all turns.
bool outage_is_next(const World& world) {
  if (world.queue.empty()) return false;
  const Tournament& turns = world.plain->turns;
  const Seconds at = world.queue.next_time();
  return at.value < turns.time() ||
         (at.value == turns.time() &&
          world.queue.next_number() < turns.number());
}

void end_outage(World& world) {
  const auto event = world.queue.pop();
  world.now = event.time;
  const Event& what = event.payload;
  if (world.products[what.subject].epoch == what.epoch) {
    outage_over(world, what.subject);
  }
}

void take_turn(World& world) {
  const Tournament& turns = world.plain->turns;
  const std::uint32_t process = turns.winner();
  world.now = {turns.time()};
  if (world.plain->next[process].is_down) {
    come_back(world, process);
  } else {
    const Seconds repair = time_to_repair(world, process);
    fail(world, process, repair);
  }
}

// Once all of the instant has happened: measures what has changed, mostly one
// product.
void measure_changed(World& world) {
  PlainProcesses& plain = *world.plain;
  const double next = outage_is_next(world) ? world.queue.next_time().value
                                            : plain.turns.time();
  if (!(next > world.now.value)) return;
  const std::uint32_t first = plain.changed.front();
  const bool measured =
      plain.is_total && plain.changed.size() == 1 &&
      measure_total(world, first, plain.down[first] == 0 ? 1 : 0);
  if (!measured) {
    for (const std::uint32_t product : plain.changed) {
      world.unmeasured[product] = 1;
    }
    measure_products(world);
  }
  plain.changed.clear();
}

void note_fallen(World& world) {
  const PlainProcesses& plain = *world.plain;
  for (std::uint32_t i = 0; i < plain.next.size(); ++i) {
    if (world.failures[i] == 0) continue;
    for (std::uint32_t k = plain.fells[i].first; k < plain.fells[i].last; ++k) {
      world.result.fell[plain.services[k]] = 1;
    }
  }
}

}  // namespace

PlainProcesses::PlainProcesses(const Model& model)
    : turns(model.plan.processes.size()),
      next(model.plan.processes.size()),
      down(model.products.size()),
      degraded(model.products.size()) {
  for (const ServiceId product : model.products) {
    nodes.push_back(model.graph.services[product].whole);
  }
}

std::unique_ptr<PlainProcesses> plain_processes(const World& world) {
  if (!is_plain(world.model, world)) return nullptr;
  auto plain = std::make_unique<PlainProcesses>(world.model);
  if (!list_taken(world.model, *plain)) return nullptr;
  plain->is_total = world.model.populations.empty() &&
                    std::ranges::all_of(plain->degrades, is_empty);
  return plain;
}

void run_plain(World& world) {
  constexpr std::uint64_t kLook = 1024;  // events between two looks for a stop
  start_processes(world);
  const Tournament& turns = world.plain->turns;
  for (;;) {
    if (!world.plain->changed.empty()) measure_changed(world);
    const bool outage = outage_is_next(world);
    if (!outage && turns.is_empty()) break;
    if (world.result.events++ % kLook == 0 && world.stop.stop_requested()) {
      world.result.abandoned = true;
      return;
    }
    outage ? end_outage(world) : take_turn(world);
  }
  note_fallen(world);
}

}  // namespace outagesim
