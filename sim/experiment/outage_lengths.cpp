#include "sim/experiment/outage_lengths.h"

namespace outagesim {
namespace {

constexpr double kMiddle = 0.5;

}  // namespace

OutageLengths::OutageLengths(const Model& model)
    : model_(&model),
      out_(model.products.size()),
      lasted_(model.products.size()) {}

void OutageLengths::add(const Replication& replication) {
  static const Metric& ttr = *find_metric("ttr");
  for (std::uint32_t p = 0; p < out_.size(); ++p) {
    samples_.clear();
    ttr.read(*model_, replication, {Scope::kProduct, p}, samples_);
    times_.clear();
    for (const Sample& sample : samples_) {
      times_.push_back({sample.value, sample.censored});
    }
    out_[p].add(!times_.empty());
    lasted_[p].add_cluster(times_);
  }
}

void OutageLengths::merge(const OutageLengths& other) {
  for (std::size_t p = 0; p < out_.size(); ++p) {
    out_[p].merge(other.out_[p]);
    lasted_[p].merge(other.lasted_[p]);
  }
}

Estimate OutageLengths::probability(std::uint32_t product) const {
  return out_[product].estimate();
}

Estimate OutageLengths::middle(std::uint32_t product) const {
  return lasted_[product].quantile(kMiddle);
}

}  // namespace outagesim
