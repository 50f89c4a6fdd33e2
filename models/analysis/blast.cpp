#include "models/analysis/blast.h"

#include <algorithm>

#include "models/compiled/propagation.h"

namespace outagesim {
namespace {

// Alternatives settle in a few rounds; a circle of them might not.
constexpr int kMostRounds = 64;

class BlastSearch {
 public:
  explicit BlastSearch(const Model& model)
      : model_(model),
        graph_(model.graph),
        health_(model.initial),
        propagation_(model.graph) {
    for (const NeedId id : graph_.stateful) {
      health_.needs[graph_.needs[id].state].expired = 1;
      may_turn_ = may_turn_ || graph_.needs[id].kind == NeedKind::kAny;
    }
    for (const CompiledPopulation& population : model.populations) {
      all_users_ += population.users.value;
    }
  }

  // Leaves it down.
  ServiceBlast fall(ServiceId service) {
    ServiceBlast blast{
        .service = service, .with_redundancy = {}, .switch_over_off = {}};
    propagation_.clear_changed();
    set_own(graph_.services[service].cells, 0);
    blast.switch_over_off = fallen(service);
    turn_to_the_best();
    blast.with_redundancy =
        turned_.empty() ? blast.switch_over_off : fallen(service);
    return blast;
  }

  // After fall(): as if it had not been. As dear as the fall.
  void rise(ServiceId service) {
    turn_back();
    set_own(graph_.services[service].cells, 1);
  }

  FaultBlast of_fault(std::uint32_t fault) {
    FaultBlast blast{
        .fault = fault, .with_redundancy = {}, .switch_over_off = {}};
    const auto& where = model_.plan.faults[fault].where;
    propagation_.clear_changed();
    for (const PlaceChoice& place : where) set_own(place.nodes, 0);
    blast.switch_over_off = fallen(kNone);
    turn_to_the_best();
    blast.with_redundancy = fallen(kNone);
    turn_back();
    for (const PlaceChoice& place : where) set_own(place.nodes, 1);
    return blast;
  }

 private:
  void set_own(const std::vector<NodeId>& cells, double own) {
    for (const NodeId cell : cells) {
      health_.own[cell] = own;
      propagation_.mark(cell);
    }
    propagation_.settle(health_);
  }

  // Marks only: what follows settles.
  void turn_back() {
    for (const NeedId id : turned_) {
      health_.needs[graph_.needs[id].state].active = 0;
      propagation_.mark(graph_.needs[id].owner);
    }
    turned_.clear();
  }

  // Every `any` need that met a change turns to the alternative that serves
  // best, the first of equals.
  void turn_to_the_best() {
    if (!may_turn_) return;
    for (int round = 0; round < kMostRounds; ++round) {
      const std::size_t before = turned_.size();
      for (const NodeId node : propagation_.changed()) {
        turn_dependents(node);
      }
      if (turned_.size() == before) return;
      propagation_.settle(health_);
    }
  }

  void turn_dependents(NodeId node) {
    for (std::uint32_t i = graph_.first_dependent[node];
         i < graph_.first_dependent[node + 1]; ++i) {
      turn(graph_.dependents[i]);
    }
  }

  void turn(NeedId id) {
    const CompiledNeed& need = graph_.needs[id];
    if (need.kind != NeedKind::kAny) {
      return;
    }
    std::uint32_t& active = health_.needs[need.state].active;
    std::uint32_t best = active;
    for (std::uint32_t i = 0; i < need.targets; ++i) {
      if (served_of(need, i) > served_of(need, best)) {
        best = i;
      }
    }
    if (best != active) {
      active = best;
      turned_.push_back(id);
      propagation_.mark(need.owner);
    }
  }

  double served_of(const CompiledNeed& need, std::uint32_t i) const {
    return health_.served[graph_.targets[need.first_target + i]];
  }

  // Without `service` itself; kNone: all. Precondition: settled.
  Fallen fallen(ServiceId service) const {
    Fallen down;
    for (const NodeId node : propagation_.changed()) {
      const ServiceId id = graph_.nodes[node].service;
      if (whole_of(graph_, node) == node && id != service &&
          health_.served[node] < model_.outage.substantial.value) {
        down.services.push_back(id);
      }
    }
    std::ranges::sort(down.services);
    down.products = products_of(down.services, service);
    down.users = {all_users_ > 0 ? failing_users() / all_users_ : 0};
    return down;
  }

  // Of those that fell, and of the one that began it.
  std::vector<std::uint32_t> products_of(std::vector<ServiceId> services,
                                         ServiceId first) const {
    if (first != kNone) services.push_back(first);
    std::vector<std::uint32_t> products;
    for (const ServiceId id : services) {
      if (model_.product_of[id] != kNone) {
        products.push_back(model_.product_of[id]);
      }
    }
    std::ranges::sort(products);
    return products;
  }

  double failing_users() const {
    double failing = 0;
    for (const CompiledPopulation& population : model_.populations) {
      const ServiceId product = model_.products[population.product];
      failing += population.users.value *
                 (1 - health_.served[graph_.services[product].whole]);
    }
    return failing;
  }

  const Model& model_;
  const Graph& graph_;
  Health health_;
  Propagation propagation_;
  std::vector<NeedId> turned_;
  double all_users_ = 0;
  bool may_turn_ = false;  // whether there is any `any` need
};

std::size_t names_in(const ServiceBlast& blast) {
  return blast.with_redundancy.services.size() +
         blast.switch_over_off.services.size();
}

std::vector<SinglePoints> single_points(
    const Model& model, const std::vector<ServiceBlast>& blasts) {
  std::vector<SinglePoints> points(model.products.size());
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    points[i].product = i;
  }
  for (const ServiceBlast& blast : blasts) {
    for (const std::uint32_t product : blast.with_redundancy.products) {
      const bool itself = model.products[product] == blast.service;
      if (!itself) points[product].services.push_back(blast.service);
    }
  }
  return points;
}

}  // namespace

BlastReport structural_blast(const Model& model, const BlastOptions& options) {
  BlastReport report;
  BlastSearch search(model);
  if (options.service) {
    report.services.push_back(search.fall(*options.service));
    return report;
  }
  std::size_t names = 0;
  for (ServiceId id = 0; id < model.graph.services.size(); ++id) {
    report.services.push_back(search.fall(id));
    search.rise(id);
    names += names_in(report.services.back());
    if (options.most_names && names > *options.most_names) {
      report.complete = false;
      return report;
    }
  }
  report.single_points = single_points(model, report.services);
  report.hard_circles = hard_circles(model.graph);
  report.start_circles = start_circles(model.graph);
  return report;
}

std::vector<FaultBlast> fault_blasts(const Model& model) {
  std::vector<FaultBlast> blasts;
  blasts.reserve(model.plan.faults.size());
  BlastSearch search(model);
  for (std::uint32_t i = 0; i < model.plan.faults.size(); ++i) {
    blasts.push_back(search.of_fault(i));
  }
  return blasts;
}

}  // namespace outagesim
