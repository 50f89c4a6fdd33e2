#include "sim/experiment/reading.h"

#include <algorithm>

namespace outagesim {
namespace {

void clear(OutageSpans& spans) {
  spans.list.clear();
  spans.total = spans.longest = 0;
  spans.open = 0;
}

// Joins to the last span what touches it.
void unite(std::vector<Span>& spans, const Span& next) {
  if (spans.empty() || next.onset > spans.back().end) {
    spans.push_back(next);
  } else if (next.end > spans.back().end) {
    spans.back().end = next.end;
    spans.back().censored = next.censored;
  } else {
    spans.back().censored |= next.censored;
  }
}

Span span_of(const OutageRecord& outage) {
  return {outage.onset, outage.end, outage.censored};
}

void sum_up(OutageSpans& spans) {
  for (const Span& span : spans.list) {
    const double length = span.end - span.onset;
    spans.total += length;
    spans.longest = std::max(spans.longest, length);
    spans.open += span.censored ? 1 : 0;
  }
}

}  // namespace

const OutageSpans& ReplicationReading::of_product(std::uint32_t product) const {
  if (!has_spans_) find_spans();
  return product + 1 < products_.size() ? products_[product] : products_.back();
}

const OutageSpans& ReplicationReading::of_system() const {
  return is_of_one() ? products_.front() : system_;
}

bool ReplicationReading::is_of_one() const {
  if (!has_spans_) find_spans();
  return is_of_one_;
}

void ReplicationReading::find_spans() const {
  std::size_t products = of_->products.size();
  for (const OutageRecord& outage : of_->outages) {
    products = std::max<std::size_t>(products, outage.product + 1);
  }
  products_.resize(products + 1);
  for (OutageSpans& spans : products_) clear(spans);
  products == 1 ? find_only_spans() : find_all_spans();
  has_spans_ = true;
}

void ReplicationReading::find_all_spans() const {
  is_of_one_ = false;
  clear(system_);
  for (const OutageRecord& outage : of_->outages) {
    const Span span = span_of(outage);
    products_[outage.product].list.push_back(span);
    unite(system_.list, span);
  }
  for (OutageSpans& spans : products_) sum_up(spans);
  sum_up(system_);
}

// Where there is one product its outages are the system's, but for those that
// touch.
void ReplicationReading::find_only_spans() const {
  OutageSpans& only = products_.front();
  only.list.resize(of_->outages.size());
  bool touch = false;
  for (std::size_t i = 0; i < only.list.size(); ++i) {
    only.list[i] = span_of(of_->outages[i]);
    touch |= i > 0 && only.list[i].onset <= only.list[i - 1].end;
  }
  sum_up(only);
  is_of_one_ = !touch;
  if (is_of_one_) return;
  clear(system_);
  for (const Span& span : only.list) unite(system_.list, span);
  sum_up(system_);
}

}  // namespace outagesim
