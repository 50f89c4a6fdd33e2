// The structural blast radius: what falls when a service falls, without
// simulation; with redundancy working, and with switch-over off. Numbers come
// from the same propagation as in a simulation, with all caches run out, so
// that it is what holds in the long run. Definitions: docs/model.md, section 4.
#pragma once

#include <optional>
#include <vector>

#include "models/analysis/circles.h"
#include "models/compiled/compile.h"

namespace outagesim {

// What is left when all cells of one service are down.
struct Fallen {
  std::vector<ServiceId> services;      // below `substantial`, without itself
  std::vector<std::uint32_t> products;  // those of them that are products,
                                        // into Model::products
  // Share of all users, summed over populations, whose requests fail; someone
  // who uses two products is two. 0 where there are no populations.
  Fraction users{0};
};

struct ServiceBlast {
  ServiceId service = 0;
  Fallen with_redundancy;  // every `any` need has turned to what serves best
  Fallen switch_over_off;  // only the first alternatives
};

struct SinglePoints {
  std::uint32_t product = 0;        // into Model::products
  std::vector<ServiceId> services;  // whose fall alone takes it below
};  // `substantial`, with redundancy working

// What is left when all that a fault may strike is down for long, that itself
// included.
struct FaultBlast {
  std::uint32_t fault = 0;  // into Plan::faults
  Fallen with_redundancy;
  Fallen switch_over_off;
};

struct BlastOptions {
  std::optional<ServiceId> service;  // absent: each of them
  // The most names of fallen services to hold, both ways counted, some 4 bytes
  // each: a chain of n services has n squared of them. Absent: no bound.
  std::optional<std::size_t> most_names;
};

struct BlastReport {
  std::vector<ServiceBlast> services;  // in the author's order
  bool complete = true;                // false: stopped at `most_names`
  // The rest only where all services were asked for, and complete.
  std::vector<SinglePoints> single_points;  // by product, without itself
  std::vector<ServiceCircle> hard_circles;
  std::vector<ServiceCircle> start_circles;
};

// O(nodes + needs) to begin with, then what each fall touches: twice its cost
// in Propagation::settle.
BlastReport structural_blast(const Model& model,
                             const BlastOptions& options = {});

// For each fault and change, in the author's order.
std::vector<FaultBlast> fault_blasts(const Model& model);

}  // namespace outagesim
