#include "models/compiled/compile.h"

#include <algorithm>

#include "models/base/text.h"
#include "models/compiled/compile_graph.h"
#include "models/compiled/compile_plan.h"

namespace outagesim {
namespace {

void add_products(Model& model) {
  model.product_of.assign(model.graph.services.size(), kNone);
  for (ServiceId id = 0; id < model.graph.services.size(); ++id) {
    if (model.graph.services[id].kind == ServiceKind::kProduct) {
      model.product_of[id] = static_cast<std::uint32_t>(model.products.size());
      model.products.push_back(id);
    }
  }
}

std::uint32_t product_named(const Model& model, const IdOfName& services,
                            const Reference& name) {
  const ServiceId id = services.find(name.name);
  return id == kNone ? kNone : model.product_of[id];
}

CompiledPopulation compile_population(const Population& population,
                                      std::uint32_t product,
                                      ClockBook& clocks) {
  CompiledPopulation compiled;
  compiled.name = population.name;
  compiled.key = name_hash(population.name);
  compiled.product = product;
  compiled.kind = population.kind;
  compiled.users = population.users;
  compiled.visits = population.visits;
  compiled.visit_length = population.visit_length;
  compiled.requests_per_visit = population.requests_per_visit;
  compiled.reports = population.reports;
  compiled.stakes = population.stakes;
  compiled.clock = clocks.of_profile(population.profile, population.zone);
  return compiled;
}

// The index of the value in the list, to which it is added if it is new.
template <class T>
std::uint32_t index_in(std::vector<T>& list, const T& value) {
  const auto found = std::ranges::find(list, value);
  const auto index = static_cast<std::uint32_t>(found - list.begin());
  if (found == list.end()) list.push_back(value);
  return index;
}

void sort_people(Model& model) {
  for (CompiledPopulation& people : model.populations) {
    people.class_number = index_in(model.classes, people.kind);
    const std::string& region = people.stakes.region;
    if (!region.empty()) people.region = index_in(model.regions, region);
  }
}

Seconds earliest_start(const Scenario& scenario) {
  Seconds earliest{0};
  for (const Fault& fault : scenario.faults) {
    if (const auto* time = std::get_if<AtTime>(&fault.trigger.when)) {
      earliest = std::min(earliest, time->at);
    }
  }
  return earliest;
}

}  // namespace

Model compile(const Scenario& scenario) {
  const IdOfName services(scenario.services);
  const Seconds begins = earliest_start(scenario);
  ClockBook clocks(scenario, begins);
  Model model;
  model.graph = compile_graph(scenario, services);
  model.plan =
      compile_plan(PlanSource(scenario, model.graph, services), clocks);
  model.load = compile_load(scenario, model.graph, clocks);
  model.initial = healthy(model.graph);
  add_products(model);
  for (const Population& population : scenario.populations) {
    model.populations.push_back(compile_population(
        population, product_named(model, services, population.uses), clocks));
  }
  sort_people(model);
  for (const Observed& observed : scenario.observed) {
    model.observed.push_back({product_named(model, services, observed.product),
                              observed.milestone, observed.at,
                              observed.source});
  }
  for (const Objective& objective : scenario.objectives) {
    model.objectives.push_back(
        {objective,
         objective.of ? product_named(model, services, *objective.of) : kNone});
  }
  model.plan.clocks = clocks.take();
  model.outage = scenario.outage;
  model.start = scenario.start;
  model.begins = begins;
  model.horizon = scenario.horizon;
  return model;
}

}  // namespace outagesim
