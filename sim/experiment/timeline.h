// Bands of the served fraction over time: at each instant of a fixed grid, a
// histogram of each product's share of the baseline. 812 bytes an instant.
// Written are only the instants at which less than all is served; to touch all
// of them took a tenth of the time of a year of ten services.
#pragma once

#include <vector>

#include "models/compiled/compile.h"
#include "sim/engine/replication.h"
#include "sim/stats/quantiles.h"

namespace outagesim {

// About 240 instants from the model's beginning to its horizon: for an
// incident finer in the first quarter of it, for a long run evenly spread.
std::vector<Seconds> timeline_grid(const Model& model);

class Timeline {
 public:
  explicit Timeline(const Model& model);

  // O(steps + products + instants at which less than all is served).
  void add(const Replication& replication);
  void merge(const Timeline& other);

  const std::vector<Seconds>& grid() const { return grid_; }
  UnitQuantiles at(std::size_t instant, std::uint32_t product) const;

  template <class Archive>
  void visit(Archive& archive) {
    write_all();
    archive(bands_);
  }

 private:
  // A stretch of a product: from this instant on it serves so much.
  struct Stretch {
    std::size_t from = 0;
    double served = 1;
  };

  std::size_t first_from(double t) const;
  void note(std::uint32_t product, double t);
  void write_all();

  std::vector<Seconds> grid_;
  std::size_t products_;
  std::vector<UnitQuantiles> bands_;  // by instant, then product
  std::uint64_t unwritten_ = 0;       // replications of which every instant has
                                      // yet to get a 1
  std::vector<Stretch> stretches_;    // by product, as time goes on
  std::vector<std::uint32_t> first_of_part_;  // of equal parts of the time: the
                                              // first instant from its start on
  double parts_a_second_ = 0;
};

}  // namespace outagesim
