// Retries that wait for their time. Those that are far off lie unsorted in
// buckets of equal width, so that a step costs O(log of those that are near),
// not of all: hundreds of thousands may wait at once.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/event_queue.h"

namespace outagesim {

template <class Payload>
class RetryCalendar {
 public:
  // Waits are mostly no longer than `longest`, above 0.
  explicit RetryCalendar(Seconds longest)
      : width_(std::max(longest.value, 1e-6) / double(kBuckets - 2)) {}

  bool empty() const { return near_.empty(); }
  // Precondition: `at` finite, and not before what was popped last.
  void push(Seconds at, const Payload& payload) {
    if (near_.empty()) next_ = bucket_of(at);  // nothing waits at all
    put(at, payload);
    if (near_.empty()) open();
  }
  Seconds next_time() const { return near_.next_time(); }
  // Precondition: not empty.
  Payload pop() {
    const Payload first = near_.pop().payload;
    if (near_.empty()) open();
    return first;
  }

 private:
  static constexpr std::size_t kBuckets = 256;
  struct Far {
    Seconds at{0};
    Payload payload{};
  };

  std::uint64_t bucket_of(Seconds at) const {
    constexpr double kMost = 1ULL << 62;
    return static_cast<std::uint64_t>(std::min(at.value / width_, kMost));
  }
  std::vector<Far>& lying_in(std::uint64_t bucket) {
    return buckets_[bucket % kBuckets];
  }
  // Beyond the last bucket, it is put in order when that one is opened.
  void put(Seconds at, const Payload& payload) {
    const std::uint64_t bucket = bucket_of(at);
    if (bucket < next_) return near_.push(at, 0, payload);
    const std::uint64_t last = next_ + kBuckets - 1;
    lying_in(std::min(bucket, last)).push_back({at, payload});
    ++far_;
  }
  void open() {
    while (near_.empty() && far_ > 0) {
      opened_.swap(lying_in(next_++));
      far_ -= opened_.size();
      for (const Far& one : opened_) put(one.at, one.payload);
      opened_.clear();
    }
  }

  double width_;
  std::uint64_t next_ = 0;  // the first bucket that is not in near_
  std::size_t far_ = 0;
  EventQueue<Payload> near_;
  std::array<std::vector<Far>, kBuckets> buckets_;
  std::vector<Far> opened_;
};

}  // namespace outagesim
