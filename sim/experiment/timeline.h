// Bands of the served fraction over time: at each instant of a fixed grid, a
// histogram of each product's share of the baseline. 812 bytes an instant.
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

  void add(const Replication& replication);  // O(instants × products + steps)
  void merge(const Timeline& other);

  const std::vector<Seconds>& grid() const { return grid_; }
  const UnitQuantiles& at(std::size_t instant, std::uint32_t product) const {
    return bands_[instant * products_ + product];
  }

  template <class Archive>
  void visit(Archive& archive) {
    archive(bands_);
  }

 private:
  std::vector<Seconds> grid_;
  std::size_t products_;
  std::vector<UnitQuantiles> bands_;  // by instant, then product
  std::vector<double> served_;        // by product, as time goes on
};

}  // namespace outagesim
