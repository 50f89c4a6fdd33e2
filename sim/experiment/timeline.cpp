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

namespace {

constexpr std::size_t kParts = 1024;

}  // namespace

Timeline::Timeline(const Model& model)
    : grid_(timeline_grid(model)),
      products_(model.products.size()),
      bands_(grid_.size() * products_),
      stretches_(products_) {
  const Seconds length = grid_.back() - grid_.front();
  parts_a_second_ = length.value > 0 ? kParts / length.value : 0;
  std::uint32_t instant = 0;
  for (std::size_t part = 0; part <= kParts; ++part) {
    const Seconds start =
        grid_.front() + length * (static_cast<double>(part) / kParts);
    while (instant + 1 < grid_.size() && grid_[instant] < start) ++instant;
    first_of_part_.push_back(instant);
  }
}

// The first instant not before t. A part of the time holds few instants, and
// rounding may put t into a neighbour.
std::size_t Timeline::first_from(double t) const {
  const double part = (t - grid_.front().value) * parts_a_second_;
  std::size_t instant = first_of_part_[static_cast<std::size_t>(
      std::clamp(part, 0.0, double{kParts}))];
  while (instant > 0 && grid_[instant - 1].value >= t) --instant;
  if (instant == grid_.size()) return instant;
  instant += grid_[instant].value < t ? 1 : 0;  // rarely more: nothing to guess
  while (instant < grid_.size() && grid_[instant].value < t) ++instant;
  return instant;
}

// Writes the instants of the product's stretch that are before t.
void Timeline::note(std::uint32_t product, double t) {
  Stretch& stretch = stretches_[product];
  for (; stretch.from < grid_.size() && grid_[stretch.from].value < t;
       ++stretch.from) {
    UnitQuantiles& band = bands_[stretch.from * products_ + product];
    band.add(stretch.served);
    band.add_ones(-1);
  }
}

void Timeline::add(const Replication& replication) {
  ++unwritten_;
  // Where all is served nothing is written, so no instant is looked for.
  for (const ServedStep& step : replication.steps) {
    Stretch& stretch = stretches_[step.product];
    if (stretch.served != 1) {
      note(step.product, step.t);
    } else {
      stretch.from = first_from(step.t);
    }
    stretch.served = std::clamp<double>(step.served, 0, 1);
  }
  for (std::uint32_t p = 0; p < products_; ++p) {
    if (stretches_[p].served != 1) note(p, kUnbounded);
    stretches_[p] = {};
  }
}

void Timeline::write_all() {
  for (UnitQuantiles& band : bands_) {
    band.add_ones(static_cast<std::int64_t>(unwritten_));
  }
  unwritten_ = 0;
}

UnitQuantiles Timeline::at(std::size_t instant, std::uint32_t product) const {
  UnitQuantiles band = bands_[instant * products_ + product];
  band.add_ones(static_cast<std::int64_t>(unwritten_));
  return band;
}

void Timeline::merge(const Timeline& other) {
  unwritten_ += other.unwritten_;
  for (std::size_t i = 0; i < bands_.size(); ++i) {
    bands_[i].merge(other.bands_[i]);
  }
}

}  // namespace outagesim
