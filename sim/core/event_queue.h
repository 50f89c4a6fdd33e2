// Future events by (time, rank, sequence), packed into one 128-bit number,
// since bits of a double >= 0 order as it does. To take one of 20 and put it
// back is 24 ns (three comparisons: 35), in a heap with four children a node
// (two: 28). Allocates nothing once it has held its largest number of events.
#pragma once

#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "models/base/units.h"

namespace outagesim {

// At equal times the lower rank comes first, then the event pushed first.
template <class Payload>
class EventQueue {
 public:
  static_assert(std::is_trivially_copyable_v<Payload>);

  struct Event {
    Seconds time;
    std::uint8_t rank = 0;
    Payload payload{};
  };

  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  void reserve(std::size_t n) { heap_.reserve(n); }

  // Forgets all events and restarts the sequence; keeps the memory.
  void clear() {
    heap_.clear();
    sequence_ = 0;
  }

  // Precondition: 0 <= time < infinity. O(log size).
  void push(Seconds time, std::uint8_t rank, const Payload& payload) {
    assert(std::isfinite(time.value) && time.value >= 0 &&
           "an event needs a finite, non-negative time");
    assert(sequence_ >> 56 == 0 && "sequence numbers have 56 bits");
    heap_.push_back({});
    sift_up(heap_.size() - 1, {make_key(time, rank, sequence_++), payload});
  }

  // The time of the earliest event. Precondition: not empty.
  Seconds next_time() const {
    assert(!empty());
    return time_of(heap_.front().key);
  }

  // Its place among all events pushed, from 0. Precondition: not empty.
  std::uint64_t next_number() const {
    assert(!empty());
    return static_cast<std::uint64_t>(heap_.front().key) &
           ~std::uint64_t{0} >> 8;
  }

  // The place that an event pushed now would have, for one that is kept
  // elsewhere.
  std::uint64_t take_number() { return sequence_++; }

  // What the earliest event carries. Precondition: not empty.
  const Payload& next() const {
    assert(!empty());
    return heap_.front().payload;
  }

  // Removes and returns the earliest event. Precondition: not empty.
  // O(log size).
  Event pop() {
    assert(!empty());
    const Node first = heap_.front();
    const Node last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(last);
    const auto rank =
        static_cast<std::uint8_t>(static_cast<std::uint64_t>(first.key) >> 56);
    return {time_of(first.key), rank, first.payload};
  }

 private:
  __extension__ typedef unsigned __int128 Key;
  struct Node {
    Key key = 0;
    Payload payload{};
  };

  static Key make_key(Seconds time, std::uint8_t rank, std::uint64_t sequence) {
    const double t = time.value + 0.0;  // -0.0 becomes 0.0
    return Key{std::bit_cast<std::uint64_t>(t)} << 64 |
           (std::uint64_t{rank} << 56 | sequence);
  }
  static Seconds time_of(Key key) {
    return {std::bit_cast<double>(static_cast<std::uint64_t>(key >> 64))};
  }

  void sift_up(std::size_t hole, const Node& node) {
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 4;
      if (heap_[parent].key < node.key) break;
      heap_[hole] = heap_[parent];
      hole = parent;
    }
    heap_[hole] = node;
  }

  void sift_down(const Node& node) {
    std::size_t hole = 0;
    for (;;) {
      const std::size_t child = least_child(hole);
      if (child >= heap_.size() || node.key < heap_[child].key) break;
      heap_[hole] = heap_[child];
      hole = child;
    }
    heap_[hole] = node;
  }

  // Past the end when there is none.
  std::size_t least_child(std::size_t parent) const {
    const std::size_t first = 4 * parent + 1;
    const std::size_t end = first + 4 < heap_.size() ? first + 4 : heap_.size();
    std::size_t least = first;
    for (std::size_t i = first + 1; i < end; ++i) {
      if (heap_[i].key < heap_[least].key) least = i;
    }
    return least;
  }

  std::vector<Node> heap_;
  std::uint64_t sequence_ = 0;
};

}  // namespace outagesim
