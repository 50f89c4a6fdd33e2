// A model of two products and a database, with one fault, and replications
// written by hand: what the experiment layer is tested on without an engine.
#pragma once

#include <string>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"

namespace outagesim::testing {

inline CompiledService service_named(const std::string& name,
                                     ServiceKind kind) {
  CompiledService service;
  service.name = name;
  service.kind = kind;
  return service;
}

inline CompiledPopulation population_of(const std::string& name,
                                        std::uint32_t product, double users) {
  CompiledPopulation population;
  population.name = name;
  population.product = product;
  population.users = Users{users};
  population.visits = PerSecond{1e-4};
  population.requests_per_visit = 2;
  return population;
}

// Products chat (0) and video (1), 48 h, a population each.
inline Model small_model() {
  Model model;
  model.graph.services = {service_named("db", ServiceKind::kInfrastructure),
                          service_named("chat", ServiceKind::kProduct),
                          service_named("video", ServiceKind::kProduct)};
  model.graph.services[1].label = "Chat";
  model.products = {1, 2};
  model.product_of = {kNone, 0, 1};
  model.populations = {population_of("chatters", 0, 1e6),
                       population_of("viewers", 1, 1e5)};
  model.plan.faults.resize(1);
  model.plan.faults[0].name = "power";
  model.plan.faults[0].response = 0;
  model.plan.communication.emplace();
  model.horizon = Seconds{48 * 3600};
  return model;
}

// An outage from `onset` to `end`, noticed after 60 s, half back after half of
// it, with full service after twice its length.
inline OutageRecord outage(std::uint32_t product, double onset, double end) {
  OutageRecord record;
  record.product = product;
  record.onset = record.worst = onset;
  record.detected = onset + 60;
  record.first_word = onset + 600;
  record.substantial = onset + (end - onset) / 2;
  record.was_substantial = true;
  record.end = end;
  record.full = onset + 2 * (end - onset);
  record.lowest = 0;
  record.lost = end - onset;
  return record;
}

// A replication without any outage.
inline Replication quiet_replication(const Model& model,
                                     std::uint64_t index = 0) {
  Replication replication;
  replication.index = index;
  replication.products.resize(model.products.size());
  for (ProductRecord& product : replication.products) {
    product.served_time = (model.horizon - model.begins).value;
  }
  replication.populations.resize(model.populations.size());
  replication.fell.resize(model.graph.services.size());
  return replication;
}

}  // namespace outagesim::testing
