#include "sim/experiment/page_watch.h"

#include <utility>

namespace outagesim {

PageWatch::PageWatch(std::vector<const Model*> models)
    : models_(std::move(models)), picker_(*models_.front()) {}

PageWatch::Lane PageWatch::empty_lane() const {
  const Model& baseline = *models_.front();
  Lane lane;
  if (!baseline.objectives.empty()) lane.slo.emplace(baseline);
  if (models_.size() == 1) return lane;
  lane.summary.emplace(baseline);
  for (const Model* model : models_) lane.lengths.emplace_back(*model);
  return lane;
}

PageWatch::Lane& PageWatch::lane() {
  const std::scoped_lock lock(mutex_);
  auto& own = lanes_[std::this_thread::get_id()];
  if (!own) own = std::make_unique<Lane>(empty_lane());
  return *own;
}

void PageWatch::look(const Replication& baseline) {
  Lane& own = lane();
  picker_.look(baseline);
  if (own.slo) own.slo->add(baseline);
  if (own.summary) own.summary->add(baseline);
}

void PageWatch::look(const std::vector<const Replication*>& all) {
  look(*all.front());
  Lane& own = lane();
  for (std::size_t i = 0; i < own.lengths.size(); ++i) {
    own.lengths[i].add(*all[i]);
  }
}

bool PageWatch::has_seen(std::uint64_t finished) const {
  return picker_.has_seen(finished);
}

PageFindings PageWatch::findings() const {
  Lane total = empty_lane();
  for (const auto& [thread, own] : lanes_) {
    if (total.slo) total.slo->merge(*own->slo);
    for (std::size_t i = 0; i < total.lengths.size(); ++i) {
      total.lengths[i].merge(own->lengths[i]);
    }
  }
  return {picker_.picked(), std::move(total.slo), std::move(total.lengths)};
}

Summary PageWatch::summary() const {
  Summary total(*models_.front());
  for (const auto& [thread, own] : lanes_) total.merge(*own->summary);
  return total;
}

}  // namespace outagesim
