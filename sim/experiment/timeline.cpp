#include "sim/experiment/timeline.h"

#include <algorithm>

#include "sim/experiment/metrics.h"

namespace outagesim {
namespace {

// Appends n instants, evenly spread over (from, to].
void append(std::vector<Seconds>& grid, Seconds from, Seconds to, int n) {
  for (int i = 1; i <= n; ++i)
    grid.push_back(from + (to - from) * (1.0 * i / n));
}

}  // namespace

std::vector<Seconds> timeline_grid(const Model& model) {
  const Seconds horizon = model.horizon;
  std::vector<Seconds> grid{model.begins};
  if (model.begins < Seconds{0}) append(grid, model.begins, Seconds{0}, 24);
  if (horizon >= kLongRun) {
    append(grid, Seconds{0}, horizon, 240);
  } else {
    append(grid, Seconds{0}, horizon / 16, 72);
    append(grid, horizon / 16, horizon / 4, 72);
    append(grid, horizon / 4, horizon, 96);
  }
  return grid;
}

Timeline::Timeline(const Model& model)
    : grid_(timeline_grid(model)),
      products_(model.products.size()),
      bands_(grid_.size() * products_),
      served_(products_) {}

void Timeline::add(const Replication& replication) {
  std::ranges::fill(served_, 1.0);
  auto step = replication.steps.begin();
  for (std::size_t i = 0; i < grid_.size(); ++i) {
    for (; step != replication.steps.end() && step->t <= grid_[i].value;
         ++step) {
      served_[step->product] = std::clamp<double>(step->served, 0, 1);
    }
    for (std::size_t p = 0; p < products_; ++p) {
      bands_[i * products_ + p].add(served_[p]);
    }
  }
}

void Timeline::merge(const Timeline& other) {
  for (std::size_t i = 0; i < bands_.size(); ++i) {
    bands_[i].merge(other.bands_[i]);
  }
}

}  // namespace outagesim
