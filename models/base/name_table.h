// From names to numbers, in the order they were added. A large system looks its
// names up fifteen million times: one flat table, so that a look-up touches one
// line of it and the name itself (unordered_map: half the speed).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

namespace outagesim {

// Keeps views: what they see must outlive the table.
class NameTable {
 public:
  static constexpr std::uint32_t kNoName =
      std::numeric_limits<std::uint32_t>::max();

  void reserve(std::size_t names) {
    std::size_t slots = 16;
    while (slots < 2 * names) slots *= 2;
    if (slots > slots_.size()) spread_over(slots);
  }

  // The name's number, and whether it is new.
  std::pair<std::uint32_t, bool> add(std::string_view name) {
    reserve(size_ + 1);
    Slot& slot = slots_[place_of(name, hash_of(name))];
    if (slot.number != kNoName) return {slot.number, false};
    slot = {name, hash_of(name), size_};
    return {size_++, true};
  }

  // The name's number, or kNoName. O(1).
  std::uint32_t find(std::string_view name) const {
    if (slots_.empty()) return kNoName;
    return slots_[place_of(name, hash_of(name))].number;
  }

  std::uint32_t size() const { return size_; }

  // In the order added. O(names).
  std::vector<std::string_view> names() const {
    std::vector<std::string_view> all(size_);
    for (const Slot& slot : slots_) {
      if (slot.number != kNoName) all[slot.number] = slot.name;
    }
    return all;
  }

 private:
  struct Slot {
    std::string_view name;
    std::uint32_t hash = 0;
    std::uint32_t number = kNoName;
  };

  static std::uint32_t hash_of(std::string_view name) {
    const std::uint64_t hash = std::hash<std::string_view>{}(name);
    return static_cast<std::uint32_t>(hash ^ hash >> 32);
  }

  // Where the name stands, or would. At least half of the slots are free.
  std::size_t place_of(std::string_view name, std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].number != kNoName &&
           (slots_[at].hash != hash || slots_[at].name != name)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  void spread_over(std::size_t slots) {
    std::vector<Slot> old(slots);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number != kNoName) slots_[place_of(slot.name, slot.hash)] = slot;
    }
  }

  std::vector<Slot> slots_;  // a power of two of them
  std::uint32_t size_ = 0;
};

}  // namespace outagesim
